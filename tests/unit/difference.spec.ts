import assert from "node:assert/strict";
import {
  carriedTeam,
  type Difference,
  differenceOf,
  marked,
  type ReplacedProperty,
  refusalToResend,
  type SendReason,
  sendReasons,
} from "../../provider/src/invite/difference";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import type { InviteInputs, InviteState } from "../../provider/src/invite/invite";
import { markOf, markText } from "../../provider/src/invite/organization-mark";
import { personOf } from "../../provider/src/invite/people";
import { ADA } from "../support/constants";

const BEFORE = new Date("2026-11-02T00:00:00Z");
const EXPIRED = new Date("2026-12-01T09:00:00Z");

const here = markOf(undefined, "key-one");
const emea = markOf("emea", "key-two");

const state: InviteState = { ...ADA, __organization: markText(here) };
const declared: InviteInputs = { email: personOf("ada@acme.com"), teamId: "t1" };

const NONE: Difference = { kind: "none" };
const RECORD: Difference = { kind: "record" };
const send = (...reasons: SendReason[]): Difference => ({ kind: "send", reasons });
const replacement = (...properties: ReplacedProperty[]): Difference => ({ kind: "replacement", properties });

interface Case {
  name: string;
  was?: Partial<InviteState>;
  is?: Partial<InviteInputs>;
  now?: Date;
  /** Where the person is declared now. */
  organization?: typeof here | undefined;
  difference: Difference;
}

const cases: Case[] = [
  { name: "the same", difference: NONE },
  { name: "another status", was: { status: "completed" }, difference: NONE },
  { name: "a team that is not declared", is: { teamId: undefined }, difference: NONE },
  { name: "no team, none declared", was: { teamId: undefined }, is: { teamId: undefined }, difference: NONE },
  { name: "adopt", is: { adopt: true }, difference: RECORD },
  { name: "adopt: false is not the same as none", is: { adopt: false }, difference: RECORD },
  { name: "forceDestroy taken back", was: { forceDestroy: true }, difference: RECORD },
  { name: "forceDestroy: false beside none", is: { forceDestroy: false }, difference: RECORD },
  { name: "maxRenewals", is: { maxRenewals: 0 }, difference: RECORD },
  { name: "an unknown flag", is: { adopt: UNKNOWN as never }, difference: RECORD },
  { name: "an expired invite", now: EXPIRED, difference: send("expired") },
  { name: "an expired invite and flags", is: { adopt: true }, now: EXPIRED, difference: send("expired") },
  { name: "expired, renewals switched off", is: { maxRenewals: 0 }, now: EXPIRED, difference: RECORD },
  { name: "expired, none left", was: { renewals: 3 }, now: EXPIRED, difference: NONE },
  { name: "expired, but accepted", was: { status: "accepted" }, now: EXPIRED, difference: NONE },
  {
    name: "expired, and another team",
    is: { teamId: "t2" },
    now: EXPIRED,
    difference: send("team", "expired"),
  },
  { name: "another team", is: { teamId: "t2" }, difference: send("team") },
  { name: "the same team by its name", is: { team: "Sales" }, difference: NONE },
  { name: "the same team by another name", was: { team: "Sales" }, is: { team: "Growth" }, difference: NONE },
  { name: "the same team, no more by its name", was: { team: "Sales" }, difference: NONE },
  {
    name: "another team, with headshots",
    was: { status: "completed" },
    is: { teamId: "t2" },
    difference: send("team"),
  },
  { name: "a team where there was none", was: { teamId: undefined }, difference: send("team") },
  { name: "a team that is not known yet", is: { teamId: UNKNOWN }, difference: send("team") },
  { name: "a flag and a team", is: { adopt: true, teamId: "t2" }, difference: send("team") },
  { name: "resend raised", is: { resend: 1 }, difference: send("resend") },
  { name: "resend raised again", was: { resend: 1 }, is: { resend: 2 }, difference: send("resend") },
  { name: "resend as it was", was: { resend: 1 }, is: { resend: 1 }, difference: NONE },
  { name: "resend: 0 beside none", is: { resend: 0 }, difference: RECORD },
  { name: "a resend that is not known yet", is: { resend: UNKNOWN as never }, difference: send("resend") },
  {
    name: "a resend that is not known yet, for somebody who has signed up",
    was: { status: "accepted" },
    is: { resend: UNKNOWN as never },
    difference: RECORD,
  },
  {
    name: "expired, with a limit that is not known yet",
    was: { renewals: 3 },
    is: { maxRenewals: UNKNOWN as never },
    now: EXPIRED,
    difference: send("expired"),
  },
  { name: "resend lowered", was: { resend: 2 }, is: { resend: 1 }, difference: RECORD },
  { name: "resend dropped", was: { resend: 2 }, difference: RECORD },
  {
    name: "resend raised for somebody who has signed up",
    was: { status: "accepted" },
    is: { resend: 1 },
    difference: RECORD,
  },
  {
    name: "resend raised for somebody with headshots",
    was: { status: "completed" },
    is: { resend: 1 },
    difference: RECORD,
  },
  {
    name: "resend raised of an expired one",
    is: { resend: 1 },
    now: EXPIRED,
    difference: send("expired", "resend"),
  },
  {
    name: "all at once",
    is: { resend: 1, teamId: "t2" },
    now: EXPIRED,
    difference: send("team", "expired", "resend"),
  },
  { name: "revoked and not sent again", was: { status: "revoked" }, difference: send("revoked") },
  { name: "deleted meanwhile", was: { status: "deleted" }, difference: send("revoked") },
  {
    name: "revoked on the way to another team: one reason is enough",
    was: { status: "revoked", teamId: "t1" },
    is: { teamId: "t2", resend: 1 },
    now: EXPIRED,
    difference: send("revoked"),
  },
  { name: "another address", is: { email: personOf("eve@acme.com") }, difference: replacement("email") },
  {
    name: "an address that is not known yet",
    is: { email: personOf(UNKNOWN) },
    difference: replacement("email"),
  },
  {
    name: "another address without team",
    is: { email: personOf("e@a.co"), teamId: undefined },
    difference: replacement("email"),
  },
  {
    name: "another address and team",
    is: { email: personOf("eve@acme.com"), teamId: "t2" },
    difference: replacement("email"),
  },
  { name: "another organization", organization: emea, difference: replacement("__organization") },
  {
    name: "another organization and address",
    is: { email: personOf("eve@acme.com") },
    organization: emea,
    difference: replacement("email", "__organization"),
  },
  {
    name: "another organization and team: one replacement",
    is: { teamId: "t2" },
    organization: emea,
    difference: replacement("__organization"),
  },
  {
    name: "revoked here, declared in another organization",
    was: { status: "revoked" },
    organization: emea,
    difference: replacement("__organization"),
  },
  {
    name: "another provider with the same key",
    organization: markOf("renamed", "key-one"),
    difference: RECORD,
  },
  {
    name: "the same provider with a rotated key",
    organization: markOf(undefined, "key-two"),
    difference: NONE,
  },
  {
    name: "a state of an earlier version, which does not say whose it is",
    was: { __organization: undefined },
    organization: emea,
    difference: NONE,
  },
  { name: "no usable configuration", organization: undefined, difference: NONE },
];

describe("differenceOf", () => {
  for (const { name, was, is, now = BEFORE, difference, ...rest } of cases) {
    const organization = "organization" in rest ? rest.organization : here;
    const expected = difference.kind === "send" ? `send (${difference.reasons})` : difference.kind;
    it(`${name}: ${expected}`, () =>
      assert.deepEqual(
        differenceOf({ ...state, ...was }, { ...declared, ...is }, now, organization),
        difference,
      ));
  }
});

describe("sendReasons", () => {
  it("carries out what was announced, and no more: the same reasons as the difference", () => {
    for (const { was, is, now = BEFORE, difference } of cases)
      if (difference.kind === "send")
        assert.deepEqual(sendReasons({ ...state, ...was }, { ...declared, ...is }, now), difference.reasons);
  });

  it("is nothing for somebody who has signed up, but for another team", () => {
    for (const status of ["accepted", "uploading", "generating", "completed", "Archived"]) {
      const known = { ...state, status };
      assert.deepEqual(sendReasons(known, { ...declared, resend: 9 }, EXPIRED), []);
      assert.deepEqual(sendReasons(known, { ...declared, resend: 9, teamId: "t2" }, EXPIRED), ["team"]);
    }
  });
});

describe("refusalToResend", () => {
  const undated = { ...state, createdAt: undefined };
  const refused =
    "ada@acme.com: it is not known when the invite was sent, so it is not clear whether `resend` was carried out " +
    "already. Run `pulumi refresh` first.";
  const table: [name: string, known: InviteState, reasons: SendReason[], refusal: string | undefined][] = [
    ["raised, and the date is known", state, ["resend"], undefined],
    ["raised, and the date is not known", undated, ["resend"], refused],
    ["raised beside another team, and the date is not known", undated, ["team", "resend"], refused],
    ["another team, and the date is not known", undated, ["team"], undefined],
    ["sent again after a revoke, of which no date is left", undated, ["revoked"], undefined],
    ["nothing to send", undated, [], undefined],
  ];
  for (const [name, known, reasons, refusal] of table)
    it(`${name}: ${refusal ? "refused" : "may"}`, () =>
      assert.equal(refusalToResend(known, reasons), refusal));
});

describe("marked", () => {
  it("is a state that compares as this organization's", () => {
    const moved = marked({ ...state, __organization: undefined }, emea);
    assert.deepEqual(differenceOf(moved, declared, BEFORE, emea), NONE);
    assert.deepEqual(differenceOf(moved, declared, BEFORE, here), replacement("__organization"));
  });

  it("keeps a longer fingerprint that says the same, so that a refresh has no news", () => {
    const mark = `${emea.provider}:${emea.key}`;
    assert.equal(marked({ ...state, __organization: mark }, emea).__organization, mark);
    assert.notEqual(marked({ ...state, __organization: mark }, here).__organization, mark);
  });
});

describe("carriedTeam", () => {
  const ada = { email: "ada@acme.com" };
  const carried: [name: string, previous: object, declared: object, team: string | undefined][] = [
    ["the state's, if none is declared", { ...ada, teamId: "t1" }, ada, "t1"],
    ["not if one is declared", { ...ada, teamId: "t1" }, { ...ada, teamId: "t2" }, undefined],
    [
      "not if one is declared that is not known yet",
      { ...ada, teamId: "t1" },
      { ...ada, teamId: UNKNOWN },
      undefined,
    ],
    ["not if a name is declared", { ...ada, teamId: "t1" }, { ...ada, team: "Sales" }, undefined],
    ["not to another person", { ...ada, teamId: "t1" }, { email: "eve@acme.com" }, undefined],
    ["not to a person who is not known yet", { email: UNKNOWN, teamId: "t1" }, { email: UNKNOWN }, undefined],
    ["not from nothing", {}, ada, undefined],
    ["not from a state without a team", ada, ada, undefined],
    ["not to a declaration that failed", { teamId: "t1" }, { email: "" }, undefined],
    ["not what is no text", { ...ada, teamId: null }, ada, undefined],
  ];
  for (const [name, previous, news, team] of carried) {
    it(name, () => assert.equal(carriedTeam({ ...previous }, { ...news }), team));
  }
});
