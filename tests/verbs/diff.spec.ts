import assert from "node:assert/strict";
import { expiryOf } from "../../provider/src/membership/expiry";
import { failureOf, labForAll } from "./support";

const sent = (daysAgo: number) => {
  const createdAt = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  return { createdAt, expiresAt: expiryOf(createdAt) };
};
const fresh = {
  email: "ada@acme.com",
  teamId: "t1",
  status: "pending",
  adopted: false,
  renewals: 0,
  ...sent(1),
};
const declared = { email: "ada@acme.com", teamId: "t1" };
const none = { changes: "none", replaces: [] as string[], deleteBeforeReplace: false };
/** The engine compares the inputs itself, so that a preview shows each property. */
const flags = { ...none, changes: "unknown" };
const renewal = { ...none, changes: "some" };
const newOneFirst = { changes: "some", replaces: ["email"], deleteBeforeReplace: false };
const oldOneFirst = { changes: "some", replaces: ["teamId"], deleteBeforeReplace: true };

describe("diff, through the SDK's process", () => {
  const it_ = labForAll();
  const diff = (olds: object, news: object) =>
    it_.lab.provider.diff("ada@acme.com", JSON.parse(JSON.stringify(olds)), { ...news });
  afterEach("made no request", () => assert.deepEqual(it_.lab.takeRequests(), []));

  const cases: [name: string, olds: object, news: object, expected: object][] = [
    ["nothing changed", fresh, declared, none],
    ["no team is declared", fresh, { email: "ada@acme.com" }, none],
    ["only outputs differ", { ...fresh, status: "completed", modelId: "m" }, declared, none],
    ["a flag is new", fresh, { ...declared, forceDestroy: true }, flags],
    ["a flag is gone", { ...fresh, adopt: true }, declared, flags],
    ["another address", fresh, { ...declared, email: "bob@acme.com" }, newOneFirst],
    ["another team", fresh, { ...declared, teamId: "t2" }, oldOneFirst],
    ["a team where there was none", { ...fresh, teamId: undefined }, declared, oldOneFirst],
    ["29 days old", { ...fresh, ...sent(29) }, declared, none],
    ["31 days old", { ...fresh, ...sent(31) }, declared, renewal],
    ["31 days old, a flag is new", { ...fresh, ...sent(31) }, { ...declared, adopt: true }, renewal],
    [
      "31 days old, never to be renewed",
      { ...fresh, ...sent(31), maxRenewals: 0 },
      { ...declared, maxRenewals: 0 },
      none,
    ],
    ["31 days old, renewed three times", { ...fresh, ...sent(31), renewals: 3 }, declared, none],
    ["31 days old, accepted", { ...fresh, ...sent(31), status: "accepted" }, declared, none],
    [
      "31 days old, in an old state that counts no renewals",
      { ...fresh, ...sent(31), renewals: undefined },
      declared,
      renewal,
    ],
    [
      "a state that holds no more than the address",
      { email: "ada@acme.com" },
      { email: "ada@acme.com" },
      none,
    ],
    [
      "has headshots, forced in the state",
      { ...fresh, status: "completed", forceDestroy: true },
      { ...declared, teamId: "t2" },
      oldOneFirst,
    ],
  ];
  for (const [name, olds, news, expected] of cases)
    it(name, async () => assert.deepEqual(await diff(olds, news), expected));

  for (const status of ["uploading", "generating", "completed", "on-the-moon"])
    for (const change of [{ email: "bob@acme.com" }, { teamId: "t2" }])
      it(`refuses to replace somebody who is ${status}: ${Object.keys(change)}`, async () => {
        const message = await failureOf(diff({ ...fresh, status }, { ...declared, ...change }));
        assert.match(
          message,
          new RegExp(`^ada@acme\\.com has headshots \\(${status}\\); .*forceDestroy: true.*To keep them`),
        );
      });

  it("says that forceDestroy in the same change comes too late", async () => {
    const olds = { ...fresh, status: "completed" };
    const message = await failureOf(diff(olds, { ...declared, teamId: "t2", forceDestroy: true }));
    assert.match(message, /forceDestroy is new in this program: run `pulumi up` with it alone first/);
  });

  it("a state whose status nobody has looked at is guarded", async () => {
    assert.match(await failureOf(diff({ email: "ada@acme.com" }, declared)), /has headshots \(unknown\)/);
  });
});

describe("diff under HEADSHOTPRO_FORCE_DESTROY", () => {
  const it_ = labForAll({ env: { HEADSHOTPRO_FORCE_DESTROY: "true" } });
  const olds = { ...fresh, status: "completed" };

  it("may replace somebody who has headshots", async () => {
    const found = await it_.lab.provider.diff("ada@acme.com", olds, { ...declared, teamId: "t2" });
    assert.deepEqual(found, oldOneFirst);
  });

  it("but not where forceDestroy: false protects her", async () => {
    const protectedOne = { ...olds, forceDestroy: false };
    await failureOf(it_.lab.provider.diff("ada@acme.com", protectedOne, { ...declared, teamId: "t2" }));
  });
});
