import assert from "node:assert/strict";
import { VirtualLab } from "../support/lab";
import { assertRecordable, failureOf, type Properties, partOf } from "../support/operations";
import { CELLS, type Cell, expectedOf } from "./fault-cells";

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
      if (place.operation === "update" && expectedOf(cell).fails) await tryOut(cell, { stopped: true });
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
  const ended = await (expected.fails ? failed(cell, running, known) : running);
  if (!expected.fails) assertTrue(lab, cell, known, ended);
  const sent = emulator.requests.filter((one) => one.email === email || one.verb === place.on).length;
  assert.ok(sent <= MOST_REQUESTS, `${sent} requests`);
  assert.equal(lab.emailsTo(email) - emailsBefore, expected.emails, "e-mails");
  assert.equal(lab.isLive(email), expected.live, "at the API");

  queued.remove();
  lab.nextRun();
  const state = stopped ? known : (ended as Properties);
  await goesOn(lab, cell, expected.fails || stopped ? () => run(lab, cell, state) : async () => ended);
}

/** What a message begins with; its text: tests/unit/explain.spec.ts. */
const FAILURES = {
  create: /^(\S+ was not invited|It is not known whether \S+ was invited): /,
  read: /^\S+ could not be looked up: /,
  update: /^(\S+ was not (invited again|moved to .+)|It is not known whether \S+ was moved to .+): /,
  delete: /^\S+ was not revoked: /,
};

/** @returns the state that the engine has afterwards. */
async function failed({ place }: Cell, running: Promise<unknown>, known: Properties): Promise<Properties> {
  if (place.name !== "renewal: the invite") {
    assert.match(await failureOf(running), FAILURES[place.operation]);
    return known;
  }
  const { message, id, properties } = await partOf(running);
  assert.match(message, /^the invite of \S+ was revoked, but no new one was sent: /);
  const { status, link, createdAt, maxRenewals } = properties;
  assert.deepEqual([id, status, maxRenewals], [email, "revoked", flagged.maxRenewals]);
  assert.deepEqual([link, createdAt], [undefined, undefined]);
  return properties;
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

/** What is recorded is what is there: a link or a date that nobody knows is none. */
function assertTrue({ emulator }: VirtualLab, cell: Cell, known: Properties, ended: unknown): void {
  const { name, operation } = cell.place;
  if (operation === "read") assert.deepEqual(ended, name === "read: the list" ? "gone" : known);
  if (operation === "read" || operation === "delete") return;
  const outs = ended as Properties;
  assertRecordable(outs, declared(cell));
  const { status, teamId, createdAt } = emulator.invite(email) ?? {};
  assert.deepEqual([outs.status, outs.teamId ?? null], [status, teamId]);
  const ownLink = emulator.outbox.findLast((one) => one.to === email && !one.byHand)?.link;
  if (outs.link !== undefined) assert.equal(outs.link, ownLink);
  if (outs.createdAt !== undefined)
    assert.ok(Math.abs(Date.parse(String(outs.createdAt)) - Date.parse(String(createdAt))) < 1000);
}
