import assert from "node:assert/strict";
import type { Difference } from "../../provider/src/invite/difference";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import type { InviteInputs, InviteState } from "../../provider/src/invite/invite";
import { markOf, type OrganizationMark } from "../../provider/src/invite/organization-mark";
import { personOf } from "../../provider/src/invite/people";
import { planLines } from "../../provider/src/invite/plan-lines";
import { ADA } from "../support/constants";

const state: InviteState = { ...ADA, renewals: 1 };
const declared: InviteInputs = { email: personOf("ada@acme.com"), teamId: "t2", resend: 1 };

interface Case {
  name: string;
  was?: Partial<InviteState>;
  is?: Partial<InviteInputs>;
  difference: Difference;
  organization?: OrganizationMark;
  line: string | undefined;
}

const REVOKED =
  "ada@acme.com: the invite was revoked and not sent again yet: `pulumi up` sends it, with a new e-mail";
const TEAM =
  "ada@acme.com moves to team t2: `pulumi up` revokes the invite (pending) and sends one there, with a new e-mail";
const RENEWAL =
  "ada@acme.com did not use the invite before it expired (2026-12-01T09:00:00.000Z): `pulumi up` sends it again, " +
  "with a new e-mail (renewal 2 of 3)";

const cases: Case[] = [
  { name: "nothing to do", difference: { kind: "none" }, line: undefined },
  { name: "only recorded", is: { resend: 0 }, difference: { kind: "record" }, line: undefined },
  {
    name: "resend raised for somebody who has signed up",
    was: { status: "accepted" },
    difference: { kind: "record" },
    line: "ada@acme.com has used the invite (accepted), so `resend` sends nothing",
  },
  {
    name: "resend that was raised before",
    was: { status: "accepted", resend: 1 },
    difference: { kind: "record" },
    line: undefined,
  },
  { name: "revoked earlier", difference: { kind: "send", reasons: ["revoked"] }, line: REVOKED },
  { name: "another team", difference: { kind: "send", reasons: ["team"] }, line: TEAM },
  {
    name: "another team, with headshots that may be deleted",
    was: { status: "completed" },
    difference: { kind: "send", reasons: ["team"] },
    line: TEAM.replace("pending", "completed"),
  },
  {
    name: "a team that is not known yet",
    is: { teamId: UNKNOWN },
    difference: { kind: "send", reasons: ["team"] },
    line: TEAM.replace("team t2", "another team"),
  },
  { name: "expired", difference: { kind: "send", reasons: ["expired"] }, line: RENEWAL },
  {
    name: "expired, with a limit of the program's",
    is: { maxRenewals: 9 },
    difference: { kind: "send", reasons: ["expired"] },
    line: RENEWAL.replace("2 of 3", "2 of 9"),
  },
  {
    name: "resend",
    difference: { kind: "send", reasons: ["resend"] },
    line: "ada@acme.com: `pulumi up` revokes the unused invite and sends it again, with a new e-mail (resend 1)",
  },
  {
    name: "a resend that is not known yet",
    is: { resend: UNKNOWN as never },
    difference: { kind: "send", reasons: ["resend"] },
    line: "ada@acme.com: `pulumi up` revokes the unused invite and sends it again, with a new e-mail, if `resend` is raised",
  },
  {
    name: "expired, with a limit that is not known yet",
    is: { maxRenewals: UNKNOWN as never },
    difference: { kind: "send", reasons: ["expired"] },
    line: RENEWAL.replace("2 of 3", "2, if `maxRenewals` allows it"),
  },
  {
    name: "all at once: a team",
    difference: { kind: "send", reasons: ["team", "expired", "resend"] },
    line: TEAM,
  },
  {
    name: "expired, and resend",
    difference: { kind: "send", reasons: ["expired", "resend"] },
    line: RENEWAL,
  },
  {
    name: "another address, which the engine shows",
    is: { email: personOf("eve@acme.com") },
    difference: { kind: "replacement", properties: ["email"] },
    line: undefined,
  },
  {
    name: "another organization",
    difference: { kind: "replacement", properties: ["__organization"] },
    organization: markOf("emea", "k"),
    line:
      'ada@acme.com moves to the organization of provider "emea": `pulumi up` invites there, with a new e-mail, and ' +
      "then revokes the invite in the organization that they leave (pending)",
  },
  {
    name: "another organization, and an address that is not known yet",
    is: { email: personOf(UNKNOWN) },
    difference: { kind: "replacement", properties: ["email", "__organization"] },
    organization: markOf("emea", "k"),
    line:
      'ada@acme.com moves to the organization of provider "emea": `pulumi up` invites another address there, with a new ' +
      "e-mail, and then revokes the invite in the organization that they leave (pending)",
  },
  {
    name: "back to the default organization, with another address",
    is: { email: personOf("eve@acme.com") },
    was: { status: "accepted" },
    difference: { kind: "replacement", properties: ["email", "__organization"] },
    organization: markOf(undefined, "k"),
    line:
      "ada@acme.com moves to the default organization: `pulumi up` invites eve@acme.com there, with a new e-mail, and " +
      "then revokes the invite in the organization that they leave (accepted)",
  },
];

describe("planLines", () => {
  for (const { name, was, is, difference, organization, line } of cases)
    it(`${name}: ${line ?? "nothing is said"}`, () =>
      assert.deepEqual(
        planLines({ ...state, ...was }, { ...declared, ...is }, difference, organization),
        line === undefined ? [] : [line],
      ));
});
