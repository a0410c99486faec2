import assert from "node:assert/strict";
import { VirtualLab } from "../support/lab";
import { assertRecordable, failureOf, type Properties, partOf } from "../support/operations";
import { type Cell, type Expected, expectedOf } from "./fault-cells";

const email = "ada@acme.com";
/** A flag that changes nothing here, to see that what was declared comes back. */
const flagged = { email, maxRenewals: 7 };
const declared = ({ place }: Cell) =>
  place.name.startsWith("move") ? { ...flagged, teamId: "team_abc123" } : flagged;

/**
 * Runs a cell's verb into its fault, holds what came of it against the specification, and then runs it once more.
 *
 * @param stopped whether the run ended before the engine wrote down how the verb ended.
 */
export async function tryOut(cell: Cell, { stopped }: { stopped: boolean }): Promise<void> {
  const lab = await VirtualLab.start();
  try {
    await runInto(lab, cell, await prepare(lab, cell), stopped);
  } finally {
    await lab.stop();
  }
}

/** Brings about the situation of a cell. @returns the person's state before the verb, where they have one */
async function prepare(lab: VirtualLab, { place: { name, verb } }: Cell): Promise<Properties> {
  if (name.startsWith("renewal")) return lab.createExpired(flagged);
  if (verb === "create") {
    if (name.endsWith("somebody who is there")) lab.emulator.inviteByHand({ email });
    return {};
  }
  const { outs } = await lab.provider.create(flagged);
  if (name.endsWith("the list")) lab.emulator.revokeByHand(email);
  return outs;
}

async function runInto(lab: VirtualLab, cell: Cell, known: Properties, stopped: boolean): Promise<void> {
  const { place, fault, when, lasting } = cell;
  const expected = expectedOf(cell);
  const { emulator } = lab;
  const emailsBefore = lab.emailsTo(email);
  if (place.name === "create: the look-up after a lost reply")
    emulator.fault({ on: "create", when: "after", kind: "reset" });
  if (place.name === "create: the list after a lost invite")
    emulator.fault({ on: "create", when: "before", kind: "reset" });
  const queued = emulator.fault({ on: place.on, when, ...fault.spec, times: lasting ? Infinity : 1 });

  lab.nextRun();
  lab.takeRequests();
  const verb = run(lab, cell, known);
  const ended = await (expected.outcome instanceof RegExp ? failed(expected, verb, known) : verb);
  if (!(expected.outcome instanceof RegExp)) assertOutcome(lab, cell, expected, known, ended);
  const requests = countOf(lab, cell);
  assert.ok(requests <= expected.requests, `${requests} requests, more than ${expected.requests}`);
  assert.equal(lab.emailsTo(email) - emailsBefore, expected.emails, "e-mails");
  assert.equal(lab.isLive(email), expected.live, "at the API");

  queued.remove();
  lab.nextRun();
  const failedWithState = expected.outcome instanceof RegExp;
  const state = stopped ? known : (ended as Properties);
  await goesOn(lab, cell, failedWithState || stopped ? () => run(lab, cell, state) : async () => ended);
}

/** @returns the state that the engine has afterwards. */
async function failed(expected: Expected, verb: Promise<unknown>, known: Properties): Promise<Properties> {
  const message = expected.outcome as RegExp;
  if (!expected.inPart) {
    assert.match(await failureOf(verb), message);
    return known;
  }
  const part = await partOf(verb);
  assert.match(part.message, message);
  const { status, link, createdAt, maxRenewals } = part.properties;
  assert.deepEqual([part.id, status, maxRenewals], [email, "revoked", flagged.maxRenewals]);
  assert.deepEqual([link, createdAt], [undefined, undefined]);
  return part.properties;
}

/** Whatever happened: the same command again ends at what is declared, without another e-mail. */
async function goesOn(lab: VirtualLab, cell: Cell, again: () => Promise<unknown>): Promise<void> {
  const { verb, name } = cell.place;
  const last = (await again()) as Properties;
  const isGone = verb === "delete" || name === "read: the list";
  assert.equal(lab.isLive(email), !isGone);
  assert.equal(lab.emailsTo(email), verb === "update" ? 2 : 1, "e-mails in all");
  if (verb !== "create" && verb !== "update") return;
  assertRecordable(last, declared(cell));
  const { changes } = await lab.preview(last, declared(cell));
  assert.equal(changes, "none", "the next preview has nothing to do");
}

/** @returns what is recorded, or how the verb ended. */
async function run({ provider }: VirtualLab, cell: Cell, known: Properties): Promise<Properties | string> {
  switch (cell.place.verb) {
    case "create": {
      const { id, outs } = await provider.create(declared(cell));
      assert.equal(id, email);
      return outs;
    }
    case "read":
      return (await provider.read(email, known))?.props ?? "gone";
    case "update":
      return provider.update(email, known, declared(cell));
    case "delete":
      await provider.delete(email, known);
      return "revoked";
  }
}

function assertOutcome(
  lab: VirtualLab,
  cell: Cell,
  expected: Expected,
  known: Properties,
  ended: unknown,
): void {
  const { outcome } = expected;
  if (typeof ended === "string") {
    assert.equal(ended, outcome);
    return;
  }
  if (outcome === "seen") {
    assert.deepEqual(ended, known);
    return;
  }
  const outs = ended as Properties;
  assertRecordable(outs, declared(cell));
  const { status, adopted, renewals, link, createdAt } = outs;
  const ownLink = lab.emulator.outbox.findLast((one) => one.to === email)?.link;
  const found = { status, adopted, renewals, link, dated: createdAt !== undefined };
  const pending = { status: "pending", adopted: false, renewals: 0, link: ownLink, dated: true };
  const unlinked = { ...pending, adopted: true, link: undefined };
  const recorded: Partial<Record<string, unknown>> = {
    sent: pending,
    adopted: unlinked,
    "adopted without a date": { ...unlinked, dated: false },
    // The link is known unless the reply was lost.
    "sent again": {
      ...pending,
      renewals: cell.place.name.startsWith("renewal") ? 1 : 0,
      link: link && ownLink,
    },
    recorded: { ...pending, link: undefined },
  };
  assert.deepEqual(found, recorded[String(outcome)]);
}

function countOf(lab: VirtualLab, { place }: Cell): number {
  const lists = place.on === "list" ? lab.emulator.requests.filter((one) => one.verb === "list") : [];
  return lab.requestsAbout(email).length + lists.length;
}
