import assert from "node:assert/strict";
import fc from "fast-check";
import { personOf } from "../../provider/src/invite/email";
import {
  hasSignedUp,
  isGone,
  isOver,
  mayDelete,
  mayHaveHeadshots,
  refusalToAdopt,
  refusalToReplace,
  refusalToRevoke,
} from "../../provider/src/invite/guard";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import type { InviteInputs, InviteState, ReplacedProperty } from "../../provider/src/invite/invite";

const modelId = "507f1f77bcf86cd799439011";

type Yes = "never" | "with a model" | "always";

interface StatusRow {
  status: string;
  headshots: Yes;
  signedUp: Yes;
  /** Over is `gone` or `deleted`. */
  end?: "gone" | "deleted";
}

const LISTED: StatusRow[] = [
  { status: "pending", headshots: "with a model", signedUp: "with a model" },
  { status: "accepted", headshots: "with a model", signedUp: "always" },
  { status: "uploading", headshots: "always", signedUp: "always" },
  { status: "generating", headshots: "always", signedUp: "always" },
  { status: "completed", headshots: "always", signedUp: "always" },
  { status: "revoked", headshots: "never", signedUp: "never", end: "gone" },
  { status: "deleted", headshots: "never", signedUp: "never", end: "deleted" },
];

/** Nobody has heard of these. */
const UNHEARD_OF = [
  "",
  "archived",
  "Completed",
  "Pending",
  "REVOKED",
  " pending",
  "__proto__",
  "constructor",
];

const rows: StatusRow[] = [
  ...LISTED,
  ...UNHEARD_OF.map((status): StatusRow => ({ status, headshots: "always", signedUp: "always" })),
];

describe("what a status says", () => {
  for (const { status, headshots, signedUp, end } of rows) {
    const without = { status };
    const withModel = { status, modelId };

    it(`"${status}": headshots ${headshots}`, () =>
      assert.deepEqual(
        [mayHaveHeadshots(without), mayHaveHeadshots(withModel)],
        [headshots === "always", headshots !== "never"],
      ));

    it(`"${status}": has signed up ${signedUp}`, () =>
      assert.deepEqual(
        [hasSignedUp(without), hasSignedUp(withModel)],
        [signedUp === "always", signedUp !== "never"],
      ));

    it(`"${status}": ${end === undefined ? "live" : `over, ${end}`}`, () =>
      assert.deepEqual([isOver(status), isGone(status)], [end !== undefined, end === "gone"]));
  }

  it("whatever is not on the vendor's list is guarded and live", () =>
    fc.assert(
      fc.property(fc.string(), (status) => {
        fc.pre(!LISTED.some((row) => row.status === status));
        assert.deepEqual(
          [mayHaveHeadshots({ status }), hasSignedUp({ status }), isOver(status), isGone(status)],
          [true, true, false, false],
        );
      }),
    ));
});

interface Standing {
  status: string;
  modelId?: string;
  /** As a message has it. */
  text: string;
}

const plain = (status: string): Standing => ({ status, text: status });

const GUARDED: Standing[] = [
  ...["uploading", "generating", "completed", "Archived", "", "Pending"].map(plain),
  { status: "completed", modelId, text: "completed" },
  { status: "pending", modelId, text: "pending, with the model of an earlier shoot" },
  { status: "accepted", modelId, text: "accepted, with the model of an earlier shoot" },
];
const UNUSED = ["pending", "accepted"].map(plain);
const OVER = [plain("revoked"), plain("deleted"), { status: "deleted", modelId, text: "deleted" }];
const UNGUARDED = [...UNUSED, ...OVER];

const state: InviteState = {
  email: personOf("ada@acme.com"),
  teamId: "t1",
  status: "completed",
  adopted: false,
  renewals: 0,
};
const declared: InviteInputs = { email: personOf("ada@acme.com"), teamId: "t1" };
const renamed = { ...declared, email: personOf("eve@acme.com") };

/** Every combination of the program's flag, the state's and the default: which may delete, and which only the state allows. */
const table: [
  program: boolean | undefined,
  recorded: boolean | undefined,
  byDefault: boolean,
  verdict: Verdict,
][] = [
  [undefined, undefined, false, "no"],
  [undefined, undefined, true, "yes"],
  [undefined, false, false, "no"],
  [undefined, false, true, "no"],
  [undefined, true, false, "no, but the state still allows it"],
  [undefined, true, true, "yes"],
  [false, undefined, false, "no"],
  [false, undefined, true, "no, but the state still allows it"],
  [false, false, false, "no"],
  [false, false, true, "no"],
  [false, true, false, "no, but the state still allows it"],
  [false, true, true, "no, but the state still allows it"],
  [true, undefined, false, "no, it is new"],
  [true, undefined, true, "yes"],
  [true, false, false, "no, it is new"],
  [true, false, true, "no, it is new"],
  [true, true, false, "yes"],
  [true, true, true, "yes"],
];
type Verdict = "yes" | "no" | "no, but the state still allows it" | "no, it is new";

const replacements: [change: string, properties: ReplacedProperty[], news: InviteInputs][] = [
  ["another address", ["email"], renamed],
  ["another organization", ["__organization"], declared],
  ["both", ["email", "__organization"], renamed],
];

for (const [program, recorded, byDefault, verdict] of table) {
  const flags = `forceDestroy ${program} in the program, ${recorded} in the state, ${byDefault} by default`;

  describe(`${flags}: ${verdict}`, () => {
    it("mayDelete", () => assert.equal(mayDelete({ program, recorded, byDefault }), verdict === "yes"));

    for (const [change, properties, news] of replacements) {
      const refusal = ({ status, modelId }: Standing) => {
        const known = { ...state, status, modelId, forceDestroy: recorded };
        return refusalToReplace(known, { ...news, forceDestroy: program }, properties, byDefault);
      };

      if (verdict === "no, but the state still allows it")
        it(`a replacement for ${change} is refused, whatever the status`, () => {
          for (const standing of [...GUARDED, ...UNGUARDED])
            assert.match(`${refusal(standing)}`, /^ada@acme\.com may no longer lose headshots under this/);
        });
      else {
        it(`a replacement for ${change} may be, without headshots`, () =>
          assert.deepEqual(UNGUARDED.map(refusal), Array(UNGUARDED.length).fill(undefined)));

        it(`a replacement for ${change}, with headshots: ${verdict}`, () => {
          for (const standing of GUARDED) {
            const text = refusal(standing);
            assert.equal(text === undefined, verdict === "yes");
            if (text === undefined) continue;
            assert.ok(text.startsWith(`ada@acme.com has headshots (${standing.text}); `), text);
            assert.equal(text.includes("forceDestroy is new"), verdict === "no, it is new");
          }
        });
      }
    }
  });
}

describe("refusalToReplace", () => {
  const WAY_OUT = "To delete them: set forceDestroy: true, run `pulumi up`, then make this change. ";
  const NEW =
    "forceDestroy is new in this program: run `pulumi up` with it alone first, then make this change. ";
  const texts: [name: string, news: InviteInputs, properties: ReplacedProperty[], text: string][] = [
    [
      "another address, with a forceDestroy that comes too late",
      { ...renamed, forceDestroy: true },
      ["email"],
      `inviting another address in their place would delete them for good. ${NEW}` +
        "To keep them: undo the change, or declare the new address as another resource.",
    ],
    [
      "another organization",
      declared,
      ["__organization"],
      `a move to another organization would delete them for good. ${WAY_OUT}` +
        "To keep them: undo the change, or leave the provider as it was.",
    ],
  ];
  for (const [name, news, properties, text] of texts)
    it(`says what it would do, and the ways out: ${name}`, () =>
      assert.equal(
        refusalToReplace(state, news, properties, false),
        `ada@acme.com has headshots (completed); ${text}`,
      ));

  it("says what to do first if the program forbids what the state allows", () =>
    assert.equal(
      refusalToReplace({ ...state, status: "pending", forceDestroy: true }, renamed, ["email"], false),
      "ada@acme.com may no longer lose headshots under this program, but the state still allows it. Run " +
        "`pulumi up` with forceDestroy: false alone first, then make this change.",
    ));

  it("an address that is not known yet is no refusal", () =>
    assert.equal(
      refusalToReplace(state, { ...declared, email: personOf(UNKNOWN) }, ["email"], false),
      undefined,
    ));

  it("but another organization beside it is", () => {
    const news = { ...declared, email: personOf(UNKNOWN) };
    assert.notEqual(refusalToReplace(state, news, ["email", "__organization"], false), undefined);
  });
});

describe("refusalToRevoke", () => {
  for (const standing of UNGUARDED)
    it(`"${standing.text}": may be revoked`, () =>
      assert.equal(refusalToRevoke("ada@acme.com", standing, false, true), undefined));

  for (const standing of GUARDED) {
    it(`"${standing.text}", allowed: may be revoked`, () =>
      assert.equal(refusalToRevoke("ada@acme.com", standing, true, false), undefined));

    it(`"${standing.text}", not allowed: says what a revoke would do, and the ways out`, () =>
      assert.equal(
        refusalToRevoke("ada@acme.com", standing, false, false),
        `ada@acme.com has headshots (${standing.text}); revoking would delete them for good. To delete them: ` +
          "set forceDestroy: true and run `pulumi up` before removing the resource, or run this command with " +
          "HEADSHOTPRO_FORCE_DESTROY=true. To keep them and stop managing this person: use retainOnDelete or " +
          "`pulumi state delete`.",
      ));

    it(`"${standing.text}", protected here: the environment is no way out`, () =>
      assert.match(
        `${refusalToRevoke("ada@acme.com", standing, false, true)}`,
        /before removing the resource\. To keep them/,
      ));
  }
});

describe("refusalToAdopt", () => {
  const ALREADY_THERE =
    "is already in the organization and has headshots (STANDING), so this stack does not adopt them: " +
    "a later destroy would concern real headshots. To manage this person: set adopt: true. " +
    "To leave the person alone: remove the resource from the program.";
  const FORBIDDEN =
    "is already invited (STANDING), and adopt: false does not allow this stack to adopt them. " +
    "To manage this person: leave adopt out. To send a new invite: revoke the old one first.";

  /** The whole table; `undefined` is adopted. */
  function expected(guarded: boolean, adopt: boolean | undefined, replyLost: boolean): string | undefined {
    if (guarded) return adopt === true ? undefined : ALREADY_THERE;
    return adopt === false && !replyLost ? FORBIDDEN : undefined;
  }

  for (const standing of [...UNUSED, ...GUARDED])
    for (const adopt of [undefined, true, false])
      for (const replyLost of [false, true]) {
        const refusal = expected(GUARDED.includes(standing), adopt, replyLost);
        const how = replyLost ? "after a lost reply" : "found";
        it(`"${standing.text}" ${how}, adopt ${adopt}: ${refusal ? "left alone" : "adopted"}`, () =>
          assert.equal(
            refusalToAdopt("ada@acme.com", standing, adopt, replyLost),
            refusal && `ada@acme.com ${refusal.replace("STANDING", standing.text)}`,
          ));
      }
});
