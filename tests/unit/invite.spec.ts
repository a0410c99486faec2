import assert from "node:assert/strict";
import { personOf } from "../../provider/src/invite/email";
import { mayHaveHeadshots } from "../../provider/src/invite/headshots-guard";
import { inputsOf } from "../../provider/src/invite/inputs";
import { expiryOf, type InviteState, isLater, stateOf, withSeen } from "../../provider/src/invite/invite";

const SENT = "2026-11-01T09:00:00.000Z";
const EXPIRY = "2026-12-01T09:00:00.000Z";

const ada: InviteState = {
  ...{ email: personOf("ada@acme.com"), teamId: "t1", adopt: true, forceDestroy: false },
  ...{ maxRenewals: 1, resend: 2 },
  ...{ keepLink: true, status: "pending", createdAt: SENT, expiresAt: EXPIRY, adopted: false, renewals: 0 },
  ...{ teamName: "Marketing", link: "https://link", __organization: ":0123456789ab" },
};

describe("withSeen", () => {
  it("keeps what GET does not tell, and the declaration", () => {
    const state = withSeen(ada, { status: "pending", teamId: "t1" });
    assert.deepEqual(state, { ...ada, team: undefined, modelId: undefined });
  });

  it("forgets the expiry of an invite that is not pending any more, and its date once another one is", () => {
    const accepted = withSeen(ada, { status: "accepted", teamId: "t1" });
    assert.deepEqual([accepted.createdAt, accepted.expiresAt], [SENT, undefined]);
    const seen = { status: "pending", modelId: "m1", teamId: "t1" };
    const anew = withSeen({ ...accepted, link: "https://x" }, seen);
    assert.deepEqual([anew.createdAt, anew.expiresAt, anew.link], [undefined, undefined, undefined]);
    const unseen = withSeen({ ...accepted, status: "unknown" }, { status: "pending", teamId: "t1" });
    assert.equal(unseen.expiresAt, EXPIRY);
  });

  const teams: [name: string, seen: object, expected: Partial<InviteState>][] = [
    ["where the person is, not where they were declared", { teamId: "t2" }, { teamId: "t2" }],
    ["no team", {}, { teamId: undefined, teamName: undefined }],
    ["the new one's name, if it is told", { teamId: "t2", teamName: "Sales" }, { teamName: "Sales" }],
  ];
  for (const [name, seen, expected] of teams)
    it(`says ${name}`, () => {
      const state = withSeen({ ...ada, team: "Marketing" }, { status: "pending", ...seen });
      assert.deepEqual({ ...state, ...expected }, state);
    });

  it("takes the model as seen: it appears with the photos and goes with them", () => {
    const uploading = withSeen(ada, { status: "uploading", modelId: "m1", teamId: "t1" });
    assert.equal(uploading.modelId, "m1");
    assert.equal(withSeen(uploading, { status: "accepted", teamId: "t1" }).modelId, undefined);
  });

  for (const [name, createdAt, kept] of [
    ["of a minute later, as clocks differ", "2026-11-01T09:01:00.000Z", true],
    ["but not of a later one", "2026-11-01T09:01:00.001Z", false],
    ["nor of an older one: the recorded one is gone", "2026-10-31T09:00:00Z", false],
  ] as const)
    it(`keeps the link ${name}`, () =>
      assert.equal(
        withSeen(ada, { status: "pending", teamId: "t1", createdAt }).link,
        kept ? "https://link" : undefined,
      ));

  it("forgets the link of somebody deleted: nobody signs up with it any more", () => {
    assert.equal(withSeen(ada, { status: "deleted", teamId: "t1", createdAt: SENT }).link, undefined);
    assert.equal(withSeen(ada, { status: "completed", teamId: "t1", createdAt: SENT }).link, ada.link);
  });

  it("claims no date if none is known", () => {
    const found = { email: personOf("a@b.co"), adopted: true, renewals: 0 };
    const { createdAt, expiresAt } = withSeen(found, { status: "pending" });
    assert.deepEqual([createdAt, expiresAt], [undefined, undefined]);
  });
});

describe("stateOf", () => {
  it("takes a person of whom nothing is known for one who was found, and guards them", () => {
    const state = stateOf({ email: "a@b.co" });
    assert.deepEqual(state, { email: "a@b.co", status: "unknown", adopted: true, renewals: 0 });
    assert.equal(mayHaveHeadshots(state), true);
  });
  it("canonicalises the address, which would count as another person's otherwise", () => {
    assert.equal(stateOf({ ...ada, email: " Ada@Acme.com" }).email, "ada@acme.com");
  });
  it("takes null for missing", () => {
    const nulls = { status: null, adopted: null, renewals: null, createdAt: null };
    assert.deepEqual(stateOf({ email: "a@b.co", ...nulls } as never), stateOf({ email: "a@b.co" }));
  });
});

describe("inputsOf", () => {
  it("is the program's part and nothing else", () => {
    const { email, teamId, adopt, forceDestroy, maxRenewals, resend, keepLink } = ada;
    const named = Object.fromEntries(
      Object.entries(inputsOf(ada)).filter(([, value]) => value !== undefined),
    );
    assert.deepEqual(named, { email, teamId, adopt, forceDestroy, maxRenewals, resend, keepLink });
  });
});

describe("isLater", () => {
  it("is so by more than a minute, since clocks differ, and by dates that are known", () =>
    assert.deepEqual(
      ["2026-11-01T09:01:00.001Z", "2026-11-01T09:01:00.000Z", undefined, "soon"].map((seen) =>
        isLater(seen, SENT),
      ),
      [true, false, false, false],
    ));
});

const cases: [name: string, createdAt: string | undefined, expiry: string | undefined][] = [
  ["30 days later", "2026-11-01T09:00:00.000Z", "2026-12-01T09:00:00.000Z"],
  ["days of 24 hours, whatever the clocks do", "2026-03-28T02:30:00+01:00", "2026-04-27T01:30:00Z"],
  ["a day is one in UTC", "2026-11-01", "2026-12-01T00:00:00.000Z"],
  ["a date that was not told", undefined, undefined],
  ["what is no date", "2026-13-45T09:00:00Z", undefined],
  ["a time without a zone", "2026-11-01T09:00:00", undefined],
];

describe("expiryOf", () => {
  for (const [name, createdAt, expiry] of cases)
    it(`${name}: ${createdAt}`, () => assert.equal(expiryOf(createdAt), expiry));
});
