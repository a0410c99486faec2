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
  ["by a name that is not known yet", { is: { team: UNKNOWN } }, ["team"], TEAM],
  ["that is not known yet", { is: { teamId: UNKNOWN } }, ["team"], TEAM.replace("team t2", "another team")],
  ["expired", {}, ["expired"], RENEWAL],
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
];

const others: [name: string, own: Own, decision: Decision, ...lines: string[]][] = [
  ["revoked earlier", { was: { status: "revoked" } }, { kind: "send", reasons: ["missing"] }, MISSING],
  ["deleted, and resend", { was: { status: "deleted" } }, { kind: "send", reasons: ["resend"] }, AGAIN],
  ["who has signed up", { was: SIGNED_UP, is: { resend: undefined } }, { kind: "assign" }, ASSIGNED],
  [
    "with headshots",
    { was: { status: "completed" }, is: { resend: undefined, team: "Sales" } },
    { kind: "assign" },
    `${ASSIGNED.replace("team t2", 'team "Sales" (t2)')}; headshots stay`,
  ],
  ["and resend, which sends nothing", { was: SIGNED_UP }, { kind: "assign" }, ASSIGNED, USED],
  ["another address, which the engine shows", { is: { email: eve } }, replaced("email")],
  ["another organization", { organization: emea }, replaced("__organization"), MOVE],
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
/** What is not done although the program or the calendar has it. */
const quiet: [name: string, own: Own, ...lines: string[]][] = [
  ["nothing is due", { is: none }],
  ["a resend that is left out", { was: SIGNED_UP, is: { resend: undefined } }],
  ["a resend of somebody who has signed up", { was: SIGNED_UP }, USED],
  ["a resend before the next shoot", { was: MODEL }, NEXT_SHOOT],
  ["of somebody with headshots", { was: { status: "completed" } }, USED.replace("accepted", "completed")],
  ["a next shoot that is not expired", { was: MODEL, is: none }],
  ["a next shoot, expired", { was: MODEL, is: none, now: EXPIRED }, NOT_RENEWED],
  ["expired, and no next shoot: the renewal is no quiet line", { is: none, now: EXPIRED }],
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
    ...quiet.map(([name, own, ...lines]): (typeof others)[0] => [name, own, { kind: "record" }, ...lines]),
  ];
  for (const [name, { was, is, now = BEFORE, organization }, decision, ...lines] of cases)
    it(`${decision.kind}, ${name}: ${lines.join(" | ") || "no line"}`, () =>
      assert.deepEqual(
        previewLines({ ...state, ...was }, { ...declared, ...is }, decision, organization, now),
        lines,
      ));
});

describe("the same of `pulumi do`", () => {
  it("the command itself does it", () => {
    const decision: Decision = { kind: "reissue", reasons: ["team"] };
    const lines = previewLines(state, declared, decision, undefined, BEFORE, true);
    assert.deepEqual(lines, [TEAM.replace("`pulumi up`", "this command")]);
  });
});

describe("other lines about one person", () => {
  it("say of whom they are, and the way on", () => {
    assert.match(
      deletedLine("ada@acme.com"),
      /^ada@acme\.com has been deleted at HeadshotPro .* raise `resend` to invite/,
    );
    assert.match(
      anotherAddressText("ada@acme.com", "eve@acme.com"),
      /^ada@acme\.com was not changed to eve@acme\.com: another address is another person.* `create` invites eve@acme\.com/,
    );
  });
});
