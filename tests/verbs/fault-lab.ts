import assert from "node:assert/strict";
import type { Properties } from "../support/provider-process";
import { type Cell, type Expected, expectedOf } from "./fault-cells";
import { assertRecordable, failureOf, type Lab } from "./support";

/** A flag that changes nothing here, to see that what was declared comes back. */
const declared = (email: string) => ({ email, maxRenewals: 7 });

/** A cell and the person whom it is tried on. */
export interface Trial {
  cell: Cell;
  email: string;
  /** Her state before the verb, where she has one. */
  known: Properties;
}

/** Brings about the situation of a cell: done for all cells of a lab, before any fault. */
export async function prepare(lab: Lab, cell: Cell, email: string): Promise<Trial> {
  const { name, verb } = cell.place;
  if (verb === "update") return { cell, email, known: await lab.createExpired(declared(email)) };
  if (verb === "create") {
    if (name.endsWith("somebody who is there")) lab.emulator.inviteByHand({ email });
    return { cell, email, known: {} };
  }
  const { outs } = await lab.provider.create(declared(email));
  if (name.endsWith("the list")) lab.emulator.revokeByHand(email);
  return { cell, email, known: outs };
}

/** Runs the verb into the fault, holds what came of it against the specification, and then runs it once more. */
export async function tryOut(lab: Lab, { cell, email, known }: Trial): Promise<void> {
  const { place, fault, when, lasting } = cell;
  const expected = expectedOf(cell);
  const { emulator } = lab;
  const whom = place.on === "list" ? {} : { email };
  const before = { emails: lab.emailsTo(email), requests: requestsOf(lab, cell, email) };

  if (place.name === "create: the look-up after a lost reply")
    emulator.fault({ on: "create", when: "after", kind: "reset", email });
  if (place.name === "create: the list after a lost invite")
    emulator.fault({ on: "create", when: "before", kind: "reset", email });
  const times = lasting ? Infinity : 1;
  const queued = emulator.fault({ on: place.on, when, ...whom, ...fault.spec, times });

  const verb = run(lab, cell, email, known);
  const fails = expected.outcome instanceof RegExp;
  const outs = fails ? undefined : await verb;
  if (fails) assert.match(await failureOf(verb), expected.outcome as RegExp);
  else assertOutcome(lab, expected, email, known, outs);
  const requests = requestsOf(lab, cell, email) - before.requests;
  assert.ok(requests <= expected.requests, `${requests} requests, more than ${expected.requests}`);
  assert.equal(lab.emailsTo(email) - before.emails, expected.emails, "e-mails");
  assert.equal(lab.isLive(email), expected.live, "at the API");

  queued.remove();
  // The details of others are not asked for again within a minute of the process's own time.
  if (expected.outcome === "adopted without a date") await new Promise((resolve) => setTimeout(resolve, 650));
  await goesOn(lab, cell, email, known, outs);
}

/** Whatever happened: the same command again ends at what is declared, without another e-mail. */
async function goesOn(lab: Lab, cell: Cell, email: string, known: Properties, outs: unknown): Promise<void> {
  const { verb, name } = cell.place;
  const last = outs ?? (await run(lab, cell, email, known));
  const isGone = verb === "delete" || name === "read: the list";
  assert.equal(lab.isLive(email), !isGone);
  assert.equal(lab.emailsTo(email), verb === "update" ? 2 : 1, "e-mails in all");
  if (verb !== "create" && verb !== "update") return;
  assertRecordable(last as Properties, declared(email));
  const { changes } = await lab.provider.diff(email, last as Properties, declared(email));
  assert.equal(changes, "none", "the next preview has nothing to do");
}

/** @returns what is recorded, or how the verb ended. */
async function run(lab: Lab, cell: Cell, email: string, known: Properties): Promise<Properties | string> {
  const { provider } = lab;
  switch (cell.place.verb) {
    case "create": {
      const { id, outs } = await provider.create(declared(email));
      assert.equal(id, email);
      return outs;
    }
    case "read":
      return (await provider.read(email, known))?.props ?? "gone";
    case "update":
      return provider.update(email, known, declared(email));
    case "delete":
      await provider.delete(email, known);
      return "revoked";
  }
}

function assertOutcome(lab: Lab, expected: Expected, email: string, known: Properties, outs: unknown): void {
  const { outcome } = expected;
  assert.ok(!(outcome instanceof RegExp));
  if (typeof outs === "string") {
    assert.equal(outs, outcome);
    return;
  }
  assertRecordable(outs as Properties, declared(email));
  const { status, adopted, renewals, link, createdAt } = outs as Properties;
  const ownLink = lab.emulator.outbox.findLast((one) => one.to === email)?.link;
  const found = { status, adopted, renewals, link, dated: createdAt !== undefined };
  const pending = { status: "pending", adopted: false, renewals: 0, link: ownLink, dated: true };
  const unlinked = { ...pending, adopted: true, link: undefined };
  const recorded: Record<Exclude<Expected["outcome"], RegExp>, unknown> = {
    sent: pending,
    adopted: unlinked,
    "adopted without a date": { ...unlinked, dated: false },
    // The link is known unless the reply was lost.
    renewed: { ...pending, renewals: 1, link: link && ownLink },
    recorded: { ...pending, link: undefined },
    seen: undefined,
    gone: undefined,
    revoked: undefined,
  };
  assert.deepEqual(outcome === "seen" ? outs : found, outcome === "seen" ? known : recorded[outcome]);
}

function requestsOf(lab: Lab, cell: Cell, email: string): number {
  const lists = cell.place.on === "list" ? lab.emulator.requests.filter((one) => one.verb === "list") : [];
  return lab.requestsAbout(email).length + lists.length;
}
