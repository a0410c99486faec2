import assert from "node:assert/strict";
import { VirtualLab } from "../support/lab";
import { assertRecordable, failureOf, type Properties, partOf } from "../support/operations";
import { CELLS, type Cell, type Expected, expectedOf } from "./fault-cells";

const email = "ada@acme.com";
/** A request is sent five times at most, and a look comes before each revoke. */
const MOST_REQUESTS = 11;
/** A flag that changes nothing here, to see that what was declared comes back. */
const flagged = { email, maxRenewals: 7 };
const declared = ({ place: { name } }: Cell) =>
  /^(move|assign)/.test(name) ? { ...flagged, teamId: "team_abc123" } : flagged;

/**
 * Every nature of a fault × every request of every operation × before and after its effect × once and always, each with
 * what must hold: what the user reads, what is recorded, who was e-mailed and what the API holds
 * (`fault-cells.ts`); and that the same command, run once more without the fault, ends at what is declared, also where
 * the first one was stopped before the engine recorded anything of an update.
 *
 * Each cell has an emulator of its own, spoken to over real HTTP, and a clock of its own that passes all waits.
 */
describe("every nature of a fault × every request", () => {
  for (const cell of CELLS) {
    const { place, nature, when, lasting } = cell;
    it(`${place.name} · ${nature} · ${when} the effect · ${lasting ? "always" : "once"}`, async () => {
      await tryOut(cell, { stopped: false });
      if (place.operation === "update" && expectedOf(cell).outcome !== "sent again")
        await tryOut(cell, { stopped: true });
    });
  }
});

/** @param stopped whether the run ended before the engine wrote down how the operation ended. */
async function tryOut(cell: Cell, { stopped }: { stopped: boolean }): Promise<void> {
  const lab = await VirtualLab.start();
  try {
    await runInto(lab, cell, await prepare(lab, cell), stopped);
  } finally {
    await lab.stop();
  }
}

/** Brings about the situation of a cell. @returns the person's state before the operation, where they have one */
async function prepare(lab: VirtualLab, { place: { name, operation } }: Cell): Promise<Properties> {
  if (name.startsWith("renewal")) return lab.createExpired(flagged);
  if (operation === "create") {
    if (name.endsWith("somebody who is there")) lab.emulator.inviteByHand({ email });
    return {};
  }
  const { outs } = await lab.provider.create(flagged);
  if (name.endsWith("the list")) lab.emulator.revokeByHand(email);
  if (name.startsWith("move"))
    lab.emulator.fault({ on: "organization", kind: { status: 403, code: "FORBIDDEN" }, times: Infinity });
  if (!name.startsWith("assign")) return outs;
  lab.emulator.setStatus(email, "completed");
  const { expiresAt, ...rest } = outs;
  return { ...rest, status: "completed" };
}

async function runInto(lab: VirtualLab, cell: Cell, known: Properties, stopped: boolean): Promise<void> {
  const { place, kind, when, lasting } = cell;
  const expected = expectedOf(cell);
  const { emulator } = lab;
  const emailsBefore = lab.emailsTo(email);
  if (place.name === "create: the look-up after a lost reply")
    emulator.fault({ on: "create", when: "after", kind: "reset" });
  if (place.name === "create: the list after a lost invite")
    emulator.fault({ on: "create", when: "before", kind: "reset" });
  const queued = emulator.fault({ on: place.on, when, kind, times: lasting ? Infinity : 1 });

  lab.nextRun();
  lab.takeRequests();
  const running = run(lab, cell, known);
  const ended = await (expected.outcome instanceof RegExp ? failed(expected, running, known) : running);
  if (!(expected.outcome instanceof RegExp)) assertOutcome(lab, cell, expected, known, ended);
  const sent = emulator.requests.filter((one) => one.email === email || one.verb === place.on).length;
  assert.ok(sent <= MOST_REQUESTS, `${sent} requests`);
  assert.equal(lab.emailsTo(email) - emailsBefore, expected.emails, "e-mails");
  assert.equal(lab.isLive(email), expected.live, "at the API");

  queued.remove();
  lab.nextRun();
  const failedWithState = expected.outcome instanceof RegExp;
  const state = stopped ? known : (ended as Properties);
  await goesOn(lab, cell, failedWithState || stopped ? () => run(lab, cell, state) : async () => ended);
}

/** @returns the state that the engine has afterwards. */
async function failed(expected: Expected, running: Promise<unknown>, known: Properties): Promise<Properties> {
  const message = expected.outcome as RegExp;
  if (!expected.inPart) {
    assert.match(await failureOf(running), message);
    return known;
  }
  const part = await partOf(running);
  assert.match(part.message, message);
  const { status, link, createdAt, maxRenewals } = part.properties;
  assert.deepEqual([part.id, status, maxRenewals], [email, "revoked", flagged.maxRenewals]);
  assert.deepEqual([link, createdAt], [undefined, undefined]);
  return part.properties;
}

/** Whatever happened: the same command again ends at what is declared, without another e-mail. */
async function goesOn(lab: VirtualLab, cell: Cell, again: () => Promise<unknown>): Promise<void> {
  const { operation, name } = cell.place;
  const last = (await again()) as Properties;
  const isGone = operation === "delete" || name === "read: the list";
  assert.equal(lab.isLive(email), !isGone);
  const isSentAgain = operation === "update" && !name.startsWith("assign");
  assert.equal(lab.emailsTo(email), isSentAgain ? 2 : 1, "e-mails in all");
  if (operation !== "create" && operation !== "update") return;
  assertRecordable(last, declared(cell));
  const { changes } = await lab.preview(last, declared(cell));
  assert.equal(changes, "none", "the next preview has nothing to do");
}

/** @returns what is recorded, or how the operation ended. */
async function run({ provider }: VirtualLab, cell: Cell, known: Properties): Promise<Properties | string> {
  switch (cell.place.operation) {
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
  { outcome }: Expected,
  known: Properties,
  ended: unknown,
): void {
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
  if (outcome === "moved") {
    const { teamId } = lab.emulator.invite(email) ?? {};
    assert.deepEqual([status, link, teamId], ["completed", known.link, "team_abc123"]);
    return;
  }
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
