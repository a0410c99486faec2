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

type Replacement = Extract<Decision, { kind: "replace" }>;
/** What differs from the state and the declaration above; when, and in which organization. */
interface Own {
  was?: Partial<InviteState>;
  is?: Partial<InviteInputs>;
  now?: Date;
  organization?: Organization;
}

const MODEL = { modelId: "507f1f77bcf86cd799439011" };
const SIGNED_UP = { status: "accepted" };
const LATER = UNKNOWN as never;
const emea = toOrganization("emea", "k");
const eve = personOf("eve@acme.com");

const TEAM =
  "ada@acme.com moves to team t2: `pulumi up` revokes the invite (pending) and sends one there, with a new e-mail";
const ASSIGNED = "ada@acme.com moves to team t2, without an e-mail";
const RENEWAL =
  "ada@acme.com did not use the invite before it expired (2026-12-01T09:00:00.000Z): `pulumi up` sends it again, " +
  "with a new e-mail (renewal 2 of 3)";
const RESEND =
  "ada@acme.com: `pulumi up` revokes the unused invite and sends it again, with a new e-mail (resend 1)";
const AGAIN =
  "ada@acme.com was deleted at HeadshotPro: `pulumi up` invites them again, with a new e-mail (resend 1)";
const MISSING =
  "ada@acme.com: the invite was revoked and not sent again yet: `pulumi up` sends it, with a new e-mail";
const USED = "ada@acme.com has used the invite (accepted), so `resend` sends nothing";
const NEXT_SHOOT =
  "ada@acme.com has headshots (pending, with the model of an earlier shoot), so `resend` sends nothing";
const NOT_RENEWED =
  "ada@acme.com did not use the invite before it expired (2026-12-01T09:00:00.000Z), and has headshots " +
  "(pending, with the model of an earlier shoot): it is not sent again, because that would delete them";
const NO_LINK =
  "ada@acme.com: the link of an invite that was sent before is not known; the next `resend` records one";
const MOVE =
  'ada@acme.com moves to the organization of provider "emea": `pulumi up` invites there, with a new e-mail, and ' +
  "then revokes the invite in the organization that they leave (pending)";
const MOVE_BACK =
  "ada@acme.com moves to the default organization: `pulumi up` invites eve@acme.com there, with a new e-mail, " +
  "and then revokes the invite in the organization that they leave (accepted)";

const sent: [name: string, own: Own, reasons: SendReason[], line: string][] = [
  ["another team", {}, ["team"], TEAM],
  ["by its name", { is: { team: "Sales" } }, ["team"], TEAM.replace("team t2", 'team "Sales" (t2)')],
  ["that is not known yet", { is: { teamId: UNKNOWN } }, ["team"], TEAM.replace("team t2", "another team")],
  ["expired", {}, ["expired"], RENEWAL],
  ["with a limit of the program's", { is: { maxRenewals: 9 } }, ["expired"], RENEWAL.replace("of 3", "of 9")],
  [
    "with a limit that is not known yet",
    { is: { maxRenewals: LATER } },
    ["expired"],
    RENEWAL.replace("2 of 3", "2, if `maxRenewals` allows it"),
  ],
  ["resend", {}, ["resend"], RESEND],
  [
    "a resend that is not known yet",
    { is: { resend: LATER } },
    ["resend"],
    RESEND.replace(" (resend 1)", ", if `resend` is raised"),
  ],
  ["all at once: the team says it", { now: EXPIRED }, ["team", "expired", "resend"], TEAM],
  ["expired, and resend: the renewal says it", { now: EXPIRED }, ["expired", "resend"], RENEWAL],
  ["with a link from now on, which is known then", { is: { keepLink: true } }, ["team"], TEAM],
];

const others: [name: string, own: Own, decision: Decision, ...lines: string[]][] = [
  ["revoked earlier", { was: { status: "revoked" } }, { kind: "send", reasons: ["missing"] }, MISSING],
  ["deleted, and resend", { was: { status: "deleted" } }, { kind: "send", reasons: ["resend"] }, AGAIN],
  [
    "deleted, and a resend that is not known yet",
    { was: { status: "deleted" }, is: { resend: LATER } },
    { kind: "send", reasons: ["resend"] },
    AGAIN.replace(" (resend 1)", ", if `resend` is raised"),
  ],
  ["who has signed up", { was: SIGNED_UP, is: { resend: undefined } }, { kind: "assign" }, ASSIGNED],
  [
    "with headshots",
    { was: { status: "completed" }, is: { resend: undefined, team: "Sales" } },
    { kind: "assign" },
    `${ASSIGNED.replace("team t2", 'team "Sales" (t2)')}; headshots stay`,
  ],
  ["a shoot", { was: MODEL, is: { resend: undefined } }, { kind: "assign" }, `${ASSIGNED}; headshots stay`],
  [
    "to a team that is not known yet",
    { was: SIGNED_UP, is: { resend: undefined, teamId: UNKNOWN } },
    { kind: "assign" },
    "ada@acme.com moves to another team, without an e-mail",
  ],
  ["and resend, which sends nothing", { was: SIGNED_UP }, { kind: "assign" }, ASSIGNED, USED],
  ["another address, which the engine shows", { is: { email: eve } }, replaced("email")],
  ["another organization", { organization: emea }, replaced("__organization"), MOVE],
  [
    "another organization, from a next shoot",
    { was: MODEL, organization: emea },
    replaced("__organization"),
    MOVE.replace("(pending)", "(pending, with the model of an earlier shoot)"),
  ],
  [
    "another organization, and an address that is not known yet",
    { is: { email: personOf(UNKNOWN) }, organization: emea },
    replaced("email", "__organization"),
    MOVE.replace("invites there", "invites another address there"),
  ],
  [
    "back to the default organization, with another address",
    { is: { email: eve }, was: SIGNED_UP, organization: toOrganization(undefined, "k") },
    replaced("email", "__organization"),
    MOVE_BACK,
  ],
];

const none = { resend: 0 };
/** What is not done although the program or the calendar has it: the same for each decision that sends nothing. */
const quiet: [name: string, own: Own, ...lines: string[]][] = [
  ["nothing is due", { is: none }],
  ["a resend that was raised before", { was: { ...SIGNED_UP, resend: 1 } }],
  ["a resend that is left out", { was: SIGNED_UP, is: { resend: undefined } }],
  ["a resend of somebody who has signed up", { was: SIGNED_UP }, USED],
  ["of somebody with headshots", { was: { status: "completed" } }, USED.replace("accepted", "completed")],
  ["a resend before the next shoot", { was: MODEL }, NEXT_SHOOT],
  ["a resend of somebody who is deleted, carried out", { was: { status: "deleted" } }],
  ["a next shoot that is not expired", { was: MODEL, is: none }],
  ["a next shoot, expired", { was: MODEL, is: none, now: EXPIRED }, NOT_RENEWED],
  ["a next shoot, expired, and resend: one line", { was: MODEL, now: EXPIRED }, NEXT_SHOOT],
  ["a next shoot without renewals", { was: { ...MODEL, renewals: 3 }, is: none, now: EXPIRED }],
  ["expired, and no renewals are left", { was: { renewals: 3 }, is: none, now: EXPIRED }],
  ["a link that is asked for too late", { is: { resend: 0, keepLink: true } }, NO_LINK],
  ["a link that was asked for before", { was: { keepLink: true }, is: { resend: 0, keepLink: true } }],
  ["a link that is recorded", { was: { link: "https://link" }, is: { resend: 0, keepLink: true } }],
  ["a link that nobody needs any more", { was: SIGNED_UP, is: { resend: 0, keepLink: true } }],
  ["a link and a resend before the next shoot", { was: MODEL, is: { keepLink: true } }, NEXT_SHOOT, NO_LINK],
];

function replaced(...properties: Replacement["properties"]): Decision {
  return { kind: "replace", properties };
}

describe("previewLines", () => {
  const cases: typeof others = [
    ...sent.map((one): (typeof others)[0] => [one[0], one[1], { kind: "reissue", reasons: one[2] }, one[3]]),
    ...others,
    ...(["nothing", "record", "adopt"] as const).flatMap((kind) =>
      quiet.map(([name, own, ...lines]): (typeof others)[0] => [name, own, { kind }, ...lines]),
    ),
  ];
  for (const [name, { was, is, now = BEFORE, organization }, decision, ...lines] of cases)
    it(`${decision.kind}, ${name}: ${lines.join(" | ") || "no line"}`, () =>
      assert.deepEqual(
        previewLines({ ...state, ...was }, { ...declared, ...is }, decision, organization, now),
        lines,
      ));
});

describe("the same of `pulumi do`", () => {
  const said = [
    ["reissue", ["team"], {}, TEAM],
    ["reissue", ["expired"], {}, RENEWAL],
    ["reissue", ["resend"], {}, RESEND],
    ["send", ["resend"], { status: "deleted" }, AGAIN],
    ["send", ["missing"], { status: "revoked" }, MISSING],
  ] as const;
  for (const [kind, [reason], was, line] of said)
    it(`${kind} (${reason}): the command itself does it`, () =>
      assert.deepEqual(
        previewLines({ ...state, ...was }, declared, { kind, reasons: [reason] }, undefined, BEFORE, true),
        [line.replace("`pulumi up`", "this command")],
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
        "own. `create` invites eve@acme.com, and `delete` takes the invite of ada@acme.com away.",
    ));
});
