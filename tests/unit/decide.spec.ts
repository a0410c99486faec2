import assert from "node:assert/strict";
import {
  carriedTeam,
  type Decision,
  type Declaration,
  decide,
  type SendReason,
} from "../../provider/src/invite/decide";
import { personOf } from "../../provider/src/invite/email";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import type {
  InviteInputs,
  InviteState,
  ReplacedProperty,
  SeenInvite,
} from "../../provider/src/invite/invite";
import { formatOrganization, toOrganization } from "../../provider/src/invite/organization";

const NOW = new Date("2026-11-20T09:00:00Z");
const YOUNG = "2026-11-10T09:00:00Z";
const SECOND_BEFORE = "2026-11-10T08:59:59Z";
const OLD = "2026-10-01T09:00:00Z";
const email = personOf("ada@acme.com");

/*
 * The specification: what becomes of somebody, for each combination of what is seen and what is declared. The
 * combinations are generated; each rule claims some of them, and exactly one rule may claim each.
 */
const FUTURE = "a status of the future";
const LIVE = ["pending", "accepted", "uploading", "generating", "completed", FUTURE] as const;
const STATUSES = [...LIVE, "revoked", "deleted"] as const;

/** What the program, the state and the default say of `forceDestroy` and `adopt`. */
const CONSENTS = { none: {}, program: { program: true }, both: { program: true, recorded: true } } as const;

interface Combination {
  status: (typeof STATUSES)[number];
  model: boolean;
  team: "as declared" | "another" | "undeclared";
  expired: boolean;
  resend: "raised" | "as it was";
  consent: keyof typeof CONSENTS;
  person: "known" | "new" | "renamed";
}

const COMBINATIONS: Combination[] = product({
  status: STATUSES,
  model: [false, true],
  team: ["as declared", "another", "undeclared"],
  expired: [false, true],
  resend: ["as it was", "raised"],
  consent: Object.keys(CONSENTS) as Combination["consent"][],
  person: ["known", "new", "renamed"],
});

const isOver = ({ status }: Combination) => status === "revoked" || status === "deleted";
const hasHeadshots = ({ status, model, ...rest }: Combination) =>
  !isOver({ status, model, ...rest }) && (model || !["pending", "accepted"].includes(status));
const isUnused = (one: Combination) => one.status === "pending" && !one.model;
const isLive = (one: Combination) => !isOver(one);
const reasonsOf = (one: Combination): SendReason[] => [
  ...(one.team === "another" ? (["team"] as const) : []),
  ...(one.expired ? (["expired"] as const) : []),
  ...(one.resend === "raised" ? (["resend"] as const) : []),
];

/** Rules of design.md, "The heart": whom each is about, and what becomes of them. */
const RULES: { rule: string; about(one: Combination): boolean; outcome(one: Combination): Outcome }[] = [
  {
    rule: "somebody known whom nobody has invited is invited",
    about: (one) => one.person === "known" && one.status === "revoked",
    outcome: () => ({ kind: "send", reasons: ["missing"] }),
  },
  {
    rule: "somebody deleted had their turn, and gets nothing",
    about: (one) => one.person === "known" && one.status === "deleted" && one.resend === "as it was",
    outcome: (one) => quiet(one),
  },
  {
    rule: "a raised resend invites somebody deleted again",
    about: (one) => one.person === "known" && one.status === "deleted" && one.resend === "raised",
    outcome: () => ({ kind: "send", reasons: ["resend"] }),
  },
  {
    rule: "an unused invite is reissued for another team, its age, or a raised resend",
    about: (one) => one.person === "known" && isUnused(one) && reasonsOf(one).length > 0,
    outcome: (one) => ({ kind: "reissue", reasons: reasonsOf(one) }),
  },
  {
    rule: "an unused invite with nothing to do is left alone",
    about: (one) => one.person === "known" && isUnused(one) && reasonsOf(one).length === 0,
    outcome: (one) => quiet(one),
  },
  {
    rule: "whoever has signed up, or may have headshots, is moved by HeadshotPro and never revoked",
    about: (one) => one.person === "known" && isLive(one) && !isUnused(one) && one.team === "another",
    outcome: () => ({ kind: "assign" }),
  },
  {
    rule: "whoever has signed up, or may have headshots, is else only recorded, whatever their age and resend",
    about: (one) => one.person === "known" && isLive(one) && !isUnused(one) && one.team !== "another",
    outcome: (one) => quiet(one),
  },
  {
    rule: "somebody new whom nobody has invited, or whose turn is over, is invited",
    about: (one) => one.person === "new" && isOver(one),
    outcome: () => ({ kind: "send", reasons: ["missing"] }),
  },
  {
    rule: "somebody new with a live invite is adopted",
    about: (one) => one.person === "new" && isLive(one) && (!hasHeadshots(one) || one.consent !== "none"),
    outcome: () => ({ kind: "adopt" }),
  },
  {
    rule: "somebody new with headshots is not adopted without adopt: true",
    about: (one) => one.person === "new" && hasHeadshots(one) && one.consent === "none",
    outcome: () => ({ kind: "refuse" }),
  },
  {
    rule: "another address replaces an invite that cost nobody headshots, or that may",
    about: (one) => one.person === "renamed" && (!hasHeadshots(one) || one.consent === "both"),
    outcome: () => ({ kind: "replace", properties: ["email"] }),
  },
  {
    rule: "another address never replaces headshots without the consent of program and state",
    about: (one) => one.person === "renamed" && hasHeadshots(one) && one.consent !== "both",
    outcome: () => ({ kind: "refuse" }),
  },
];

/** A decision without the words of a refusal. */
type Outcome = Exclude<Decision, { kind: "refuse" }> | { kind: "refuse" };

/** Nothing is sent: what the program says anew is recorded. */
function quiet(one: Combination): Outcome {
  return { kind: one.resend === "raised" || one.consent === "program" ? "record" : "nothing" };
}

describe("decide", () => {
  it(`has exactly one rule for each of ${COMBINATIONS.length} combinations`, () => {
    const claims = COMBINATIONS.map((one) => RULES.filter(({ about }) => about(one)).length);
    assert.deepEqual([...new Set(claims)], [1]);
  });

  for (const { rule, about, outcome } of RULES)
    it(rule, () => {
      const claimed = COMBINATIONS.filter(about);
      assert.ok(claimed.length > 0);
      for (const one of claimed)
        assert.deepEqual(withoutWords(decide(...situationOf(one), NOW)), outcome(one), JSON.stringify(one));
    });

  it("decides from a fresh look as from the state, whatever the state said of the status before", () => {
    for (const one of COMBINATIONS) {
      if (one.person !== "known" || one.status === "deleted") continue;
      const [known, ...rest] = situationOf(one);
      const stale = { ...(known as InviteState), status: "accepted", modelId: undefined, teamId: "t9" };
      assert.deepEqual(decide(stale, ...rest, NOW), decide(known, ...rest, NOW), JSON.stringify(one));
    }
  });

  describe("of a resend", () => {
    const raised: InviteInputs = { email, teamId: "t1", resend: 1 };
    const invite: SeenInvite = { status: "pending", teamId: "t1", createdAt: YOUNG };
    const cases: [name: string, known: Partial<InviteState>, seen: SeenInvite, Outcome][] = [
      ["that an earlier run has sent and not recorded", { createdAt: OLD }, invite, { kind: "record" }],
      ["that was sent in the known second", { createdAt: SECOND_BEFORE }, invite, again("resend")],
      ["for somebody deleted, who is invited by now", { status: "deleted" }, invite, { kind: "record" }],
      ["for somebody revoked, who is invited by now", { status: "revoked" }, invite, { kind: "record" }],
      ["of an invite without a date in the state", { createdAt: undefined }, invite, { kind: "refuse" }],
      ["of an invite without a date", {}, { ...invite, createdAt: undefined }, { kind: "refuse" }],
      ["for somebody pending who is deleted by now", {}, { status: "deleted" }, sent("resend")],
    ];
    for (const [name, known, seen, expected] of cases)
      it(`${name}: ${expected.kind}`, () =>
        assert.deepEqual(withoutWords(decide({ ...ADA, ...known }, declare(raised), seen, NOW)), expected));
  });

  describe("of a renewal", () => {
    const cases: [string, Partial<InviteState>, Partial<InviteInputs>, createdAt: string, Outcome][] = [
      ["the day before", {}, {}, "2026-10-21T09:00:01Z", { kind: "nothing" }],
      ["at the moment", {}, {}, "2026-10-21T09:00:00Z", again("expired")],
      ["none left of three", { renewals: 3 }, {}, OLD, { kind: "nothing" }],
      ["none left of one", { renewals: 1, maxRenewals: 1 }, { maxRenewals: 1 }, OLD, { kind: "nothing" }],
      ["switched off", {}, { maxRenewals: 0 }, OLD, { kind: "record" }],
      ["of a number known later", { renewals: 9 }, { maxRenewals: UNKNOWN as never }, OLD, again("expired")],
      ["of an invite without a date", {}, {}, "soon", { kind: "nothing" }],
    ];
    for (const [name, known, inputs, createdAt, expected] of cases)
      it(`${name}: ${expected.kind}`, () => {
        const seen = { status: "pending", teamId: "t1", createdAt };
        const decision = decide({ ...ADA, createdAt, ...known }, declare({ email, ...inputs }), seen, NOW);
        assert.deepEqual(withoutWords(decision), expected);
      });
  });

  describe("of what is declared", () => {
    const cases: [name: string, known: Partial<InviteState>, inputs: Partial<InviteInputs>, Outcome][] = [
      ["a team that is not known yet", {}, { teamId: UNKNOWN }, again("team")],
      ["the same of who has signed up", { status: "accepted" }, { teamId: UNKNOWN }, { kind: "assign" }],
      ["a team where there was none", { teamId: undefined }, { teamId: "t1" }, again("team")],
      ["the same team by its name", {}, { team: "Sales", teamId: "t1" }, { kind: "nothing" }],
      ["a resend that is not known yet", {}, { resend: UNKNOWN as never }, again("resend")],
      ["resend: 0 beside none", {}, { resend: 0 }, { kind: "record" }],
      ["adopt: false beside none", {}, { adopt: false }, { kind: "record" }],
      ["forceDestroy taken back", { forceDestroy: true }, {}, { kind: "record" }],
      ["forceDestroy: false beside none", {}, { forceDestroy: false }, { kind: "record" }],
      ["a flag that is not known yet", {}, { adopt: UNKNOWN as never }, { kind: "record" }],
      ["keepLink", {}, { keepLink: true }, { kind: "record" }],
      ["an address that is not known yet", {}, { email: UNKNOWN as never }, replaced("email")],
    ];
    for (const [name, known, inputs, expected] of cases)
      it(`${name}: ${expected.kind}`, () => {
        const state = { ...ADA, ...known };
        assert.deepEqual(withoutWords(decide(state, declare({ email, ...inputs }), state, NOW)), expected);
      });
  });

  describe("of an organization", () => {
    const ANOTHER = "__organization";
    const HERE = { ...toOrganization(undefined, "key-one"), uid: "11111111" };
    const there = (provider: string | undefined, key: string, uid?: string) => ({
      ...toOrganization(provider, key),
      uid,
    });
    const cases: [name: string, organization: Declaration["organization"], Outcome][] = [
      ["the same key", HERE, { kind: "nothing" }],
      ["another key of the same organization", there(undefined, "key-two", "11111111"), { kind: "nothing" }],
      ["another provider with the same key", there("emea", "key-one"), { kind: "record" }],
      ["another provider with another key of it", there("emea", "key-two", "11111111"), { kind: "record" }],
      ["another one under another provider", there("emea", "key-two", "22222222"), replaced(ANOTHER)],
      ["another one under the same provider", there(undefined, "key-two", "22222222"), { kind: "refuse" }],
      ["another key that may not tell whose", there(undefined, "key-two"), { kind: "nothing" }],
      ["another provider whose key may not tell whose", there("emea", "key-two"), replaced(ANOTHER)],
      ["a configuration that cannot be used", undefined, { kind: "nothing" }],
    ];
    for (const [name, organization, expected] of cases)
      it(`${name}: ${expected.kind}`, () => {
        const state = { ...ADA, __organization: formatOrganization(HERE) };
        const decision = decide(state, { ...declare({ email }), organization }, state, NOW);
        assert.deepEqual(withoutWords(decision), expected);
      });

    it("moves nobody with headshots to another one", () => {
      const state = { ...ADA, status: "completed", __organization: formatOrganization(HERE) };
      const declaration = { ...declare({ email }), organization: there("emea", "key-two", "22222222") };
      assert.equal(decide(state, declaration, state, NOW).kind, "refuse");
    });
  });

  it("takes over an unused invite that is most likely the one whose reply was lost, under adopt: false too", () => {
    const seen = { status: "pending", teamId: "t1" };
    const declaration = { ...declare({ email, adopt: false }), replyLost: true };
    assert.equal(decide(undefined, declaration, seen, NOW).kind, "adopt");
    assert.equal(decide(undefined, declare({ email, adopt: false }), seen, NOW).kind, "refuse");
  });
});

describe("carriedTeam", () => {
  const cases: [name: string, previous: object, declared: object, string | undefined][] = [
    ["no team is named", { email, teamId: "t1" }, { email }, "t1"],
    ["there was none", { email }, { email }, undefined],
    ["a team is named by its id", { email, teamId: "t1" }, { email, teamId: "t2" }, undefined],
    ["a team is named by its name", { email, teamId: "t1" }, { email, team: "Sales" }, undefined],
    ["another person is declared", { email, teamId: "t1" }, { email: personOf("bob@acme.com") }, undefined],
    ["the person is not known yet", { email: UNKNOWN, teamId: "t1" }, { email: UNKNOWN }, undefined],
  ];
  for (const [name, previous, declared, team] of cases)
    it(`${name}: ${team}`, () => assert.equal(carriedTeam({ ...previous }, { ...declared }), team));
});

const ADA: InviteState = {
  email,
  status: "pending",
  teamId: "t1",
  createdAt: YOUNG,
  adopted: false,
  renewals: 0,
};

function declare(inputs: InviteInputs): Declaration {
  return { inputs, byDefault: { forceDestroy: false } };
}

function again(...reasons: SendReason[]): Outcome {
  return { kind: "reissue", reasons };
}

function sent(...reasons: SendReason[]): Outcome {
  return { kind: "send", reasons };
}

function replaced(...properties: ReplacedProperty[]): Outcome {
  return { kind: "replace", properties };
}

function withoutWords(decision: Decision): Outcome {
  return decision.kind === "refuse" ? { kind: "refuse" } : decision;
}

function situationOf(one: Combination): [InviteState | undefined, Declaration, SeenInvite] {
  const { program, recorded }: { program?: true; recorded?: true } = CONSENTS[one.consent];
  const seen: SeenInvite = {
    status: one.status,
    modelId: one.model ? "507f1f77bcf86cd799439011" : undefined,
    teamId: "t1",
    createdAt: one.expired ? OLD : YOUNG,
  };
  const known = { ...ADA, ...seen, status: one.status, forceDestroy: recorded };
  const inputs: InviteInputs = {
    email: one.person === "renamed" ? personOf("bob@acme.com") : email,
    teamId: { "as declared": "t1", another: "t2", undeclared: undefined }[one.team],
    resend: one.resend === "raised" ? 1 : undefined,
    forceDestroy: program,
    ...(one.person === "new" && { adopt: program }),
  };
  return [one.person === "new" ? undefined : known, declare(inputs), seen];
}

function product<T extends object>(choices: { [Name in keyof T]: readonly T[Name][] }): T[] {
  return Object.entries(choices).reduce<object[]>(
    (sofar, [name, values]) =>
      sofar.flatMap((one) => (values as unknown[]).map((value) => ({ ...one, [name]: value }))),
    [{}],
  ) as T[];
}

it("a resend of which nobody knows whether it was carried out is refused, with the way to know", () => {
  const known = { email: personOf("ada@acme.com"), status: "pending", adopted: false, renewals: 0 };
  const inputs = { email: known.email, resend: 1 };
  const declaration = { inputs, byDefault: { forceDestroy: false } };
  const decision = decide(known, declaration, { status: "pending" }, new Date());
  assert.match(
    decision.kind === "refuse" ? decision.why : "",
    /^ada@acme\.com: it is not known .* `pulumi refresh` first/,
  );
});
