import assert from "node:assert/strict";
import { expiryOf } from "../../provider/src/invite/invite";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { failsWith, failureOf, MARK, type Properties } from "../support/operations";

const sent = (daysAgo: number) => {
  const createdAt = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  return { createdAt, expiresAt: expiryOf(createdAt) };
};
const email = "ada@acme.com";
const declared = { email, teamId: "team_xyz789" };
const fresh = { ...declared, status: "pending", adopted: false, renewals: 0, ...sent(1), ...MARK };
const none = { changes: "none", replaces: [] as string[], deleteBeforeReplace: false };
/** The engine compares the inputs itself, so that a preview shows each property. */
const inputs = { ...none, changes: "unknown" };
/** The inputs are the same, so the engine would find nothing. */
const hidden = { ...none, changes: "some" };
const replaced = (by: string) => ({ changes: "some", replaces: [by], deleteBeforeReplace: false });

/** Without what is undefined, as the state has it. */
const stored = (state: object): Properties => JSON.parse(JSON.stringify(state));

throughEachFace("diff", (labForAll) => {
  const lab = labForAll();
  // A team that is new to somebody is looked up by `check`, and credits are asked for before a reissue.
  afterEach("asked nothing about a person", () => {
    const asked = lab.takeRequests().filter((verb) => verb !== "credits");
    assert.deepEqual(asked, []);
  });

  // Every rule: tests/unit/decide.spec.ts. This is how its decisions reach the engine.
  const cases: [name: string, olds: object, news: object, expected: object][] = [
    ["nothing changed", fresh, declared, none],
    ["no team is declared", fresh, { email }, none],
    ["a flag is new", fresh, { ...declared, forceDestroy: true }, inputs],
    ["another address", fresh, { ...declared, email: "bob@acme.com" }, replaced("email")],
    ["another team", fresh, { ...declared, teamId: "team_abc123" }, inputs],
    ["31 days old", { ...fresh, ...sent(31) }, declared, hidden],
    ["of an earlier version, without whose it is", { ...fresh, __organization: undefined }, declared, none],
  ];
  for (const [name, olds, news, expected] of cases)
    it(name, async () => assert.deepEqual(await lab.preview(stored(olds), { ...news }), expected));
});

describe("diff of somebody with headshots", () => {
  const lab = virtualLabForAll();

  /** Somebody who is there as the state says. */
  function there(status: string, state: object = {}): Properties {
    const email = lab.invitedByHand({ status });
    return { ...fresh, email, status, ...state };
  }

  for (const status of ["completed", "on-the-moon"])
    it(`is refused for somebody who is ${status}: another address`, async () => {
      const state = there(status);
      await failsWith(
        lab.preview(state, { ...declared, email: "bob@acme.com" }),
        /has headshots .*To keep them/,
      );
      assert.deepEqual(lab.takeRequests(), ["get"]);
    });

  it("is refused into another organization, of which this key tells nothing", async () => {
    const state = there("completed", { __organization: "emea:000000000000" });
    await failsWith(
      lab.preview(state, { email: state.email }),
      /has headshots \(completed\); a move to another organization would delete them/,
    );
    assert.deepEqual(lab.takeRequests(), []);
  });

  it("says that forceDestroy in the same change comes too late", async () => {
    const state = there("completed");
    const news = { email: `new-${state.email}`, forceDestroy: true };
    await failsWith(
      lab.preview(state, news),
      /forceDestroy is new in this program: run `pulumi up` with it alone first/,
    );
  });

  it("does not refuse for ever on account of headshots that are gone, though somebody is invited anew", async () => {
    const state = there("completed");
    lab.emulator.revokeByHand(String(state.email));
    lab.emulator.inviteByHand({ email: String(state.email) });
    assert.deepEqual(await lab.preview(state, { email: `new-${state.email}` }), replaced("email"));
  });

  it("is refused by what is known if nobody can be looked up", async () => {
    const state = there("completed");
    lab.emulator.fault({ on: "get", kind: { status: 403, code: "FORBIDDEN" } });
    await failureOf(lab.preview(state, { email: `new-${state.email}` }));
  });
});

/** The engine runs it whenever it likes, the checks and diffs of others in between (tests/unit/person-tracker.spec.ts). */
describe("the diff of a refresh, after no check", () => {
  const lab = virtualLabForAll();

  it("is neither refused nor announced: it shows what an up would change", async () => {
    const { provider } = lab;
    const moved = { ...declared, teamId: "team_abc123" };
    const found = await provider.diff(email, { ...fresh, status: "completed" }, moved);
    assert.equal(found.changes, "some");
    assert.deepEqual(provider.printed, []);
  });
});
