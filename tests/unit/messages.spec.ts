import assert from "node:assert/strict";
import type { Decision, SendReason } from "../../provider/src/invite/decide";
import { personOf } from "../../provider/src/invite/email";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import type { InviteInputs, InviteState } from "../../provider/src/invite/invite";
import { anotherAddressText, deletedLine, previewLines } from "../../provider/src/invite/messages";
import { type Organization, toOrganization } from "../../provider/src/invite/organization";
import { ADA } from "../support/constants";

const BEFORE = new Date("2026-11-30T09:00:00Z");
const EXPIRED = new Date("2026-12-01T09:00:00Z");

const state: InviteState = { ...ADA, renewals: 1 };
const declared: InviteInputs = { email: personOf("ada@acme.com"), teamId: "t2", resend: 1 };

interface Case {
  name: string;
  was?: Partial<InviteState>;
  is?: Partial<InviteInputs>;
  decision: Decision;
  organization?: Organization;
  now?: Date;
  lines: string[];
}

const reissue = (...reasons: SendReason[]): Decision => ({ kind: "reissue", reasons });
const move = (...properties: Extract<Decision, { kind: "replace" }>["properties"]): Decision => ({
  kind: "replace",
  properties,
});
const QUIET: Decision[] = [{ kind: "nothing" }, { kind: "record" }, { kind: "adopt" }];

const MODEL = { modelId: "507f1f77bcf86cd799439011" };
const TEAM =
  "ada@acme.com moves to team t2: `pulumi up` revokes the invite (pending) and sends one there, with a new e-mail";
const ASSIGNED = "ada@acme.com moves to team t2, without an e-mail";
const RENEWAL =
  "ada@acme.com did not use the invite before it expired (2026-12-01T09:00:00.000Z): `pulumi up` sends it again, " +
  "with a new e-mail (renewal 2 of 3)";
const USED = "ada@acme.com has used the invite (accepted), so `resend` sends nothing";
const NEXT_SHOOT = "ada@acme.com has headshots (pending, with the model of an earlier shoot)";
const NOT_RENEWED =
  "ada@acme.com did not use the invite before it expired (2026-12-01T09:00:00.000Z), and has headshots " +
  "(pending, with the model of an earlier shoot): it is not sent again, because that would delete them";
const NO_LINK =
  "ada@acme.com: the link of an invite that was sent before is not known; the next `resend` records one";

const sent: Case[] = [
  {
    name: "revoked earlier",
    was: { status: "revoked" },
    decision: { kind: "send", reasons: ["missing"] },
    lines: [
      "ada@acme.com: the invite was revoked and not sent again yet: `pulumi up` sends it, with a new e-mail",
    ],
  },
  {
    name: "deleted, and resend",
    was: { status: "deleted" },
    decision: { kind: "send", reasons: ["resend"] },
    lines: [
      "ada@acme.com was deleted at HeadshotPro: `pulumi up` invites them again, with a new e-mail (resend 1)",
    ],
  },
  {
    name: "deleted, and a resend that is not known yet",
    was: { status: "deleted" },
    is: { resend: UNKNOWN as never },
    decision: { kind: "send", reasons: ["resend"] },
    lines: [
      "ada@acme.com was deleted at HeadshotPro: `pulumi up` invites them again, with a new e-mail, if `resend` is raised",
    ],
  },
  { name: "another team", decision: reissue("team"), lines: [TEAM] },
  {
    name: "another team by its name",
    is: { team: "Sales" },
    decision: reissue("team"),
    lines: [TEAM.replace("team t2", 'team "Sales" (t2)')],
  },
  {
    name: "a team that is not known yet",
    is: { teamId: UNKNOWN },
    decision: reissue("team"),
    lines: [TEAM.replace("team t2", "another team")],
  },
  { name: "expired", decision: reissue("expired"), lines: [RENEWAL] },
  {
    name: "expired, with a limit of the program's",
    is: { maxRenewals: 9 },
    decision: reissue("expired"),
    lines: [RENEWAL.replace("2 of 3", "2 of 9")],
  },
  {
    name: "expired, with a limit that is not known yet",
    is: { maxRenewals: UNKNOWN as never },
    decision: reissue("expired"),
    lines: [RENEWAL.replace("2 of 3", "2, if `maxRenewals` allows it")],
  },
  {
    name: "resend",
    decision: reissue("resend"),
    lines: [
      "ada@acme.com: `pulumi up` revokes the unused invite and sends it again, with a new e-mail (resend 1)",
    ],
  },
  {
    name: "a resend that is not known yet",
    is: { resend: UNKNOWN as never },
    decision: reissue("resend"),
    lines: [
      "ada@acme.com: `pulumi up` revokes the unused invite and sends it again, with a new e-mail, if `resend` is raised",
    ],
  },
  {
    name: "all at once: the team says it",
    now: EXPIRED,
    decision: reissue("team", "expired", "resend"),
    lines: [TEAM],
  },
  {
    name: "expired, and resend: the renewal says it",
    now: EXPIRED,
    decision: reissue("expired", "resend"),
    lines: [RENEWAL],
  },
  {
    name: "sent again with a link from now on, which is known then",
    is: { keepLink: true },
    decision: reissue("team"),
    lines: [TEAM],
  },
];

const assigned: Case[] = [
  {
    name: "somebody who has signed up",
    was: { status: "accepted" },
    is: { resend: undefined },
    decision: { kind: "assign" },
    lines: [ASSIGNED],
  },
  {
    name: "somebody with headshots",
    was: { status: "completed" },
    is: { resend: undefined, team: "Sales" },
    decision: { kind: "assign" },
    lines: [`${ASSIGNED.replace("team t2", 'team "Sales" (t2)')}; headshots stay`],
  },
  {
    name: "somebody whom HeadshotPro has invited to another shoot",
    was: MODEL,
    is: { resend: undefined },
    decision: { kind: "assign" },
    lines: [`${ASSIGNED}; headshots stay`],
  },
  {
    name: "to a team that is not known yet",
    was: { status: "accepted" },
    is: { resend: undefined, teamId: UNKNOWN },
    decision: { kind: "assign" },
    lines: ["ada@acme.com moves to another team, without an e-mail"],
  },
  {
    name: "and resend, which sends nothing",
    was: { status: "accepted" },
    decision: { kind: "assign" },
    lines: [ASSIGNED, USED],
  },
];

const MOVE =
  'ada@acme.com moves to the organization of provider "emea": `pulumi up` invites there, with a new e-mail, and ' +
  "then revokes the invite in the organization that they leave (pending)";
const emea = toOrganization("emea", "k");

const replaced: Case[] = [
  {
    name: "another address, which the engine shows",
    is: { email: personOf("eve@acme.com") },
    decision: move("email"),
    lines: [],
  },
  {
    name: "another organization",
    decision: move("__organization"),
    organization: emea,
    lines: [MOVE],
  },
  {
    name: "another organization, from a next shoot",
    was: MODEL,
    decision: move("__organization"),
    organization: emea,
    lines: [MOVE.replace("(pending)", "(pending, with the model of an earlier shoot)")],
  },
  {
    name: "another organization, and an address that is not known yet",
    is: { email: personOf(UNKNOWN) },
    decision: move("email", "__organization"),
    organization: emea,
    lines: [MOVE.replace("invites there", "invites another address there")],
  },
  {
    name: "back to the default organization, with another address",
    is: { email: personOf("eve@acme.com") },
    was: { status: "accepted" },
    decision: move("email", "__organization"),
    organization: toOrganization(undefined, "k"),
    lines: [
      "ada@acme.com moves to the default organization: `pulumi up` invites eve@acme.com there, with a new e-mail, " +
        "and then revokes the invite in the organization that they leave (accepted)",
    ],
  },
];

/** What is not done although the program or the calendar has it: the same for each decision that sends nothing. */
const quiet: Omit<Case, "decision">[] = [
  { name: "nothing is due", is: { resend: 0 }, lines: [] },
  { name: "a resend that was raised before", was: { status: "accepted", resend: 1 }, lines: [] },
  { name: "a resend that is left out", was: { status: "accepted" }, is: { resend: undefined }, lines: [] },
  { name: "a resend of somebody who has signed up", was: { status: "accepted" }, lines: [USED] },
  {
    name: "a resend of somebody with headshots",
    was: { status: "completed" },
    lines: [USED.replace("accepted", "completed")],
  },
  {
    name: "a resend before the next shoot",
    was: MODEL,
    lines: [`${NEXT_SHOOT}, so \`resend\` sends nothing`],
  },
  { name: "a resend of somebody who is deleted, carried out", was: { status: "deleted" }, lines: [] },
  { name: "a next shoot that is not expired", was: MODEL, is: { resend: 0 }, lines: [] },
  { name: "a next shoot, expired", was: MODEL, is: { resend: 0 }, now: EXPIRED, lines: [NOT_RENEWED] },
  {
    name: "a next shoot, expired, and resend: one line",
    was: MODEL,
    now: EXPIRED,
    lines: [`${NEXT_SHOOT}, so \`resend\` sends nothing`],
  },
  {
    name: "a next shoot, expired, and no renewals are left",
    was: { ...MODEL, renewals: 3 },
    is: { resend: 0 },
    now: EXPIRED,
    lines: [],
  },
  {
    name: "expired, and no renewals are left",
    was: { renewals: 3 },
    is: { resend: 0 },
    now: EXPIRED,
    lines: [],
  },
  { name: "a link that is asked for too late", is: { resend: 0, keepLink: true }, lines: [NO_LINK] },
  {
    name: "a link that was asked for before",
    was: { keepLink: true },
    is: { resend: 0, keepLink: true },
    lines: [],
  },
  {
    name: "a link that is recorded",
    was: { link: "https://link" },
    is: { resend: 0, keepLink: true },
    lines: [],
  },
  {
    name: "a link that nobody needs any more",
    was: { status: "accepted" },
    is: { resend: 0, keepLink: true },
    lines: [],
  },
  {
    name: "a link and a resend before the next shoot",
    was: MODEL,
    is: { keepLink: true },
    lines: [`${NEXT_SHOOT}, so \`resend\` sends nothing`, NO_LINK],
  },
];

describe("previewLines", () => {
  for (const { name, was, is, decision, organization, now = BEFORE, lines } of [
    ...sent,
    ...assigned,
    ...replaced,
    ...quiet.flatMap((one): Case[] => QUIET.map((decision) => ({ ...one, decision }))),
  ])
    it(`${decision.kind}, ${name}: ${lines.join(" | ") || "no line"}`, () =>
      assert.deepEqual(
        previewLines({ ...state, ...was }, { ...declared, ...is }, decision, organization, now),
        lines,
      ));
});

describe("other lines about one person", () => {
  it("a refresh says once that somebody is deleted, and the way to invite them again", () =>
    assert.equal(
      deletedLine("ada@acme.com"),
      "ada@acme.com has been deleted at HeadshotPro (retention, or by hand): they stay as they are; raise `resend` " +
        "to invite them again",
    ));

  it("an update to another address says what to do instead", () =>
    assert.equal(
      anotherAddressText("ada@acme.com", "eve@acme.com"),
      "ada@acme.com was not changed to eve@acme.com: another address is another person, who gets an invite of their " +
        "own. Invite eve@acme.com as a resource of their own, and remove ada@acme.com if they are to lose their invite.",
    ));
});
