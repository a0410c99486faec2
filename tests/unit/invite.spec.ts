import assert from "node:assert/strict";
import { personOf } from "../../provider/src/invite/email";
import { mayHaveHeadshots } from "../../provider/src/invite/guard";
import { inputsOf } from "../../provider/src/invite/inputs";
import { dated, type InviteState, isLater, stateOf, withSeen } from "../../provider/src/invite/invite";

const SENT = "2026-11-01T09:00:00.000Z";
const EXPIRY = "2026-12-01T09:00:00.000Z";

const ada: InviteState = {
  email: personOf("ada@acme.com"),
  teamId: "t1",
  teamName: "Marketing",
  adopt: true,
  forceDestroy: false,
  maxRenewals: 1,
  resend: 2,
  status: "pending",
  createdAt: SENT,
  expiresAt: EXPIRY,
  adopted: false,
  renewals: 0,
  link: "https://link",
  keepLink: true,
  __organization: ":0123456789ab",
};

describe("withSeen", () => {
  it("keeps what GET does not tell, and the declaration", () => {
    assert.deepEqual(withSeen(ada, { status: "pending", teamId: "t1" }), {
      ...ada,
      team: undefined,
      modelId: undefined,
    });
  });

  it("takes over what the list tells", () => {
    const seen = { status: "pending", teamId: "t1", teamName: "Sales", createdAt: "2026-11-02T00:00:00Z" };
    const { teamName, createdAt, expiresAt } = withSeen(ada, seen);
    assert.deepEqual(
      [teamName, createdAt, expiresAt],
      ["Sales", "2026-11-02T00:00:00Z", "2026-12-02T00:00:00Z"],
    );
  });

  it("forgets the expiry of an invite that is not pending any more, and its date once another one is", () => {
    const accepted = withSeen(ada, { status: "accepted", teamId: "t1" });
    assert.deepEqual([accepted.createdAt, accepted.expiresAt], [SENT, undefined]);
    const anew = withSeen(
      { ...accepted, link: "https://x" },
      { status: "pending", modelId: "m1", teamId: "t1" },
    );
    assert.deepEqual([anew.createdAt, anew.expiresAt, anew.link], [undefined, undefined, undefined]);
    const unseen = withSeen({ ...accepted, status: "unknown" }, { status: "pending", teamId: "t1" });
    assert.equal(unseen.expiresAt, EXPIRY);
  });

  it("says where the person is, not where they were declared", () => {
    assert.equal(withSeen(ada, { status: "pending", teamId: "t2" }).teamId, "t2");
    assert.equal(withSeen(ada, { status: "pending" }).teamId, undefined);
  });

  it("keeps the declared name of the team that they are in, and of no other", () => {
    const named = { ...ada, team: "Marketing" };
    assert.equal(withSeen(named, { status: "pending", teamId: "t1" }).team, "Marketing");
    assert.equal(withSeen(named, { status: "pending", teamId: "t2" }).team, undefined);
  });

  it("forgets the name of a team that they left, unless the new one is told", () => {
    assert.equal(withSeen(ada, { status: "pending", teamId: "t2" }).teamName, undefined);
    assert.equal(withSeen(ada, { status: "pending" }).teamName, undefined);
    assert.equal(withSeen(ada, { status: "pending", teamId: "t2", teamName: "Sales" }).teamName, "Sales");
  });

  it("takes the model as seen: it appears with the photos and goes with them", () => {
    const uploading = withSeen(ada, { status: "uploading", modelId: "m1", teamId: "t1" });
    assert.equal(uploading.modelId, "m1");
    assert.equal(withSeen(uploading, { status: "accepted", teamId: "t1" }).modelId, undefined);
  });

  it("keeps the link of this invite, and forgets it if a later one took its place", () => {
    const links = [undefined, SENT, "2026-11-01T09:01:00.000Z", "2026-11-01T09:01:00.001Z"].map((createdAt) =>
      withSeen(ada, { status: "pending", teamId: "t1", createdAt }),
    );
    assert.deepEqual(
      links.map(({ link }) => link),
      [...Array(3).fill("https://link"), undefined],
    );
  });

  it("forgets the link if another invite is older: the recorded one is gone", () => {
    const { link } = withSeen(ada, {
      status: "completed",
      teamId: "t1",
      createdAt: "2026-10-31T09:00:00Z",
    });
    assert.equal(link, undefined);
  });

  it("forgets the link of somebody deleted: nobody signs up with it any more", () => {
    assert.equal(withSeen(ada, { status: "deleted", teamId: "t1", createdAt: SENT }).link, undefined);
    assert.equal(withSeen(ada, { status: "completed", teamId: "t1", createdAt: SENT }).link, ada.link);
  });

  it("carries an unknown status as it is", () => {
    assert.equal(withSeen(ada, { status: "Archived" }).status, "Archived");
  });

  it("claims no date if none is known", () => {
    const { createdAt, expiresAt } = withSeen(
      { email: personOf("a@b.co"), adopted: true, renewals: 0 },
      { status: "pending" },
    );
    assert.deepEqual([createdAt, expiresAt], [undefined, undefined]);
  });

  it("leaves its argument alone", () => {
    const before = structuredClone(ada);
    withSeen(ada, { status: "completed", modelId: "m1" });
    assert.deepEqual(ada, before);
  });
});

describe("dated", () => {
  for (const status of ["accepted", "uploading", "completed", "revoked", "Pending", ""]) {
    it(`"${status}" has no expiry`, () => assert.equal(dated({ ...ada, status }).expiresAt, undefined));
  }
  it("a pending invite has one", () => {
    assert.equal(dated({ ...ada, expiresAt: undefined }).expiresAt, EXPIRY);
  });
});

describe("stateOf", () => {
  it("leaves a whole state as it is", () => assert.deepEqual(stateOf(ada), ada));
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
    const named = Object.entries(inputsOf(ada)).filter(([, value]) => value !== undefined);
    assert.deepEqual(Object.fromEntries(named), {
      email,
      teamId,
      adopt,
      forceDestroy,
      maxRenewals,
      resend,
      keepLink,
    });
  });
});

describe("isLater", () => {
  const cases: [name: string, seen: string | undefined, known: string | undefined, is: boolean][] = [
    ["by more than a minute", "2026-11-01T09:01:00.001Z", SENT, true],
    ["by a minute, as clocks differ", "2026-11-01T09:01:00.000Z", SENT, false],
    ["earlier", "2026-10-01T09:00:00.000Z", SENT, false],
    ["not known", undefined, SENT, false],
    ["later than nothing known", SENT, undefined, false],
    ["no date at all", "soon", SENT, false],
  ];
  for (const [name, seen, known, is] of cases)
    it(`${name}: ${is ? "later" : "not later"}`, () => assert.equal(isLater(seen, known), is));

  it("takes a margin of its own", () => {
    assert.equal(isLater("2026-11-01T09:00:02.001Z", SENT, 2000), true);
    assert.equal(isLater("2026-11-01T09:00:02.000Z", SENT, 2000), false);
  });
});
