import assert from "node:assert/strict";
import { personOf } from "../../provider/src/invite/email";
import {
  directHeadshotsLine,
  hasSignedUp,
  isGone,
  isOver,
  mayDelete,
  mayHaveHeadshots,
  refusalToAdopt,
  refusalToReplace,
  refusalToRevoke,
} from "../../provider/src/invite/headshots-guard";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import type { InviteInputs, InviteState, ReplacedProperty } from "../../provider/src/invite/invite";

const modelId = "507f1f77bcf86cd799439011";

type Yes = "never" | "with a model" | "always";

/** What is over is gone or deleted. */
type StatusRow = [status: string, headshots: Yes, signedUp: Yes, end?: "gone" | "deleted"];

const LISTED: StatusRow[] = [
  ["pending", "with a model", "with a model"],
  ["accepted", "with a model", "always"],
  ...["uploading", "generating", "completed"].map((status): StatusRow => [status, "always", "always"]),
  ["revoked", "never", "never", "gone"],
  ["deleted", "never", "never", "deleted"],
];
/** Nobody has heard of these. */
const UNHEARD_OF = ["", " pending", "Completed", "REVOKED", "__proto__"];

describe("what a status says", () => {
  const unheardOf = UNHEARD_OF.map((status): StatusRow => [status, "always", "always"]);
  for (const [status, headshots, signedUp, end] of [...LISTED, ...unheardOf])
    it(`"${status}": headshots ${headshots}, signed up ${signedUp}, ${end ? `over, ${end}` : "live"}`, () => {
      const both = [{ status }, { status, modelId }];
      const is = (yes: Yes) => [yes === "always", yes !== "never"];
      assert.deepEqual(both.map(mayHaveHeadshots), is(headshots));
      assert.deepEqual(both.map(hasSignedUp), is(signedUp));
      assert.deepEqual([isOver(status), isGone(status)], [end !== undefined, end === "gone"]);
    });
});

interface Standing {
  status: string;
  modelId?: string;
  /** As a message has it. */
  text: string;
}

const plain = (status: string): Standing => ({ status, text: status });

const GUARDED: Standing[] = [
  ...["uploading", "generating", "completed", "Archived"].map(plain),
  { status: "pending", modelId, text: "pending, with the model of an earlier shoot" },
  { status: "accepted", modelId, text: "accepted, with the model of an earlier shoot" },
];
const UNUSED = ["pending", "accepted"].map(plain);
const OVER = [plain("revoked"), plain("deleted"), { status: "deleted", modelId, text: "deleted" }];
const UNGUARDED = [...UNUSED, ...OVER];

const declared: InviteInputs = { email: personOf("ada@acme.com"), teamId: "t1" };
const state: InviteState = { ...declared, status: "completed", adopted: false, renewals: 0 };
const renamed = { ...declared, email: personOf("eve@acme.com") };

const [YES, NO, STILL, NEW] = ["yes", "no", "no, but the state still allows it", "no, it is new"] as const;
type Verdict = typeof YES | typeof NO | typeof STILL | typeof NEW;
type Flag = boolean | undefined;

/** Every combination of the program's flag, the state's and the default: which may delete, and which only the state allows. */
const table: [program: Flag, recorded: Flag, byDefault: boolean, verdict: Verdict][] = [
  [undefined, undefined, false, NO],
  [undefined, undefined, true, YES],
  [undefined, false, false, NO],
  [undefined, false, true, NO],
  [undefined, true, false, STILL],
  [undefined, true, true, YES],
  [false, undefined, false, NO],
  [false, undefined, true, STILL],
  [false, false, false, NO],
  [false, false, true, NO],
  [false, true, false, STILL],
  [false, true, true, STILL],
  [true, undefined, false, NEW],
  [true, undefined, true, YES],
  [true, false, false, NEW],
  [true, false, true, NEW],
  [true, true, false, YES],
  [true, true, true, YES],
];

const replacements: [properties: ReplacedProperty[], news: InviteInputs][] = [
  [["email"], renamed],
  [["__organization"], declared],
];

describe("whose headshots may go", () => {
  for (const [program, recorded, byDefault, verdict] of table)
    it(`forceDestroy ${program} in the program, ${recorded} in the state, ${byDefault} by default: ${verdict}`, () => {
      assert.equal(mayDelete({ program, recorded, byDefault }), verdict === YES);
      for (const [properties, news] of replacements)
        for (const standing of [...GUARDED, ...UNGUARDED]) {
          const { status, modelId } = standing;
          const known = { ...state, status, modelId, forceDestroy: recorded };
          const text = refusalToReplace(known, { ...news, forceDestroy: program }, properties, byDefault);
          if (verdict === STILL)
            assert.match(`${text}`, /^ada@acme\.com may no longer lose headshots under this/);
          else if (verdict === YES || UNGUARDED.includes(standing)) assert.equal(text, undefined);
          else {
            assert.ok(text?.startsWith(`ada@acme.com has headshots (${standing.text}); `), text);
            assert.equal(text?.includes("forceDestroy is new"), verdict === NEW);
          }
        }
    });
});

describe("refusalToReplace", () => {
  it("says what it would do, and the ways out", () => {
    assert.equal(
      refusalToReplace(state, { ...renamed, forceDestroy: true }, ["email"], false),
      "ada@acme.com has headshots (completed); inviting another address in their place would delete them for good. " +
        "forceDestroy is new in this program: run `pulumi up` with it alone first, then make this change. To keep " +
        "them: undo the change, or declare the new address as another resource.",
    );
    assert.equal(
      refusalToReplace(state, declared, ["__organization"], false),
      "ada@acme.com has headshots (completed); a move to another organization would delete them for good. To delete " +
        "them: set forceDestroy: true, run `pulumi up`, then make this change. To keep them: undo the change, or leave " +
        "the provider as it was.",
    );
  });

  it("says what to do first if the program forbids what the state allows", () =>
    assert.equal(
      refusalToReplace({ ...state, status: "pending", forceDestroy: true }, renamed, ["email"], false),
      "ada@acme.com may no longer lose headshots under this program, but the state still allows it. Run " +
        "`pulumi up` with forceDestroy: false alone first, then make this change.",
    ));

  it("an address that is not known yet is no refusal, but another organization beside it is", () => {
    const news = { ...declared, email: personOf(UNKNOWN) };
    assert.equal(refusalToReplace(state, news, ["email"], false), undefined);
    assert.notEqual(refusalToReplace(state, news, ["email", "__organization"], false), undefined);
  });
});

describe("refusalToRevoke", () => {
  const refusal = (standing: Standing, allowed: boolean, isProtected: boolean) =>
    refusalToRevoke("ada@acme.com", standing, { allowed, isProtected, isDirect: false });

  it("there is none for whoever has no headshots, or if it is allowed", () => {
    for (const standing of UNGUARDED) assert.equal(refusal(standing, false, true), undefined);
    for (const standing of GUARDED) assert.equal(refusal(standing, true, false), undefined);
  });

  it("says what a revoke would do, and the ways out", () => {
    for (const standing of GUARDED) {
      assert.equal(
        refusal(standing, false, false),
        `ada@acme.com has headshots (${standing.text}); revoking would delete them for good. To delete them: ` +
          "set forceDestroy: true and run `pulumi up` before removing the resource, or run this command with " +
          "HEADSHOTPRO_FORCE_DESTROY=true. To keep them and stop managing this person: use retainOnDelete or " +
          "`pulumi state delete`.",
      );
      // Where the program protects them, the environment is no way out.
      assert.match(`${refusal(standing, false, true)}`, /before removing the resource\. To keep them/);
    }
  });

  it("of `pulumi do`, the way out is an option of the command", () =>
    assert.match(
      `${refusalToRevoke("ada@acme.com", state, { allowed: false, isProtected: false, isDirect: true })}`,
      /^ada@acme\.com has headshots \(completed\); .* Nothing was revoked\. .* with --headshotpro:force-destroy\.$/,
    ));
});

describe("directHeadshotsLine", () => {
  it("says what a delete would do, and nothing of somebody without headshots", () => {
    for (const one of UNGUARDED) assert.equal(directHeadshotsLine("ada@acme.com", one, true), undefined);
    for (const standing of GUARDED) {
      const [refused, allowed] = [false, true].map((may) =>
        directHeadshotsLine("ada@acme.com", standing, may),
      );
      assert.match(`${refused}`, /would be refused, unless --headshotpro:force-destroy allows it/);
      assert.match(`${allowed}`, /would delete them for good \(forceDestroy\)$/);
    }
  });
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

  for (const adopt of [undefined, true, false])
    for (const replyLost of [false, true])
      it(`adopt ${adopt}, ${replyLost ? "after a lost reply" : "found"}`, () => {
        for (const standing of [...UNUSED, ...GUARDED]) {
          const refusal = expected(GUARDED.includes(standing), adopt, replyLost);
          const text = refusalToAdopt("ada@acme.com", standing, adopt, replyLost);
          const direct = refusalToAdopt("ada@acme.com", standing, adopt, replyLost, true);
          assert.equal(text, refusal && `ada@acme.com ${refusal.replace("STANDING", standing.text)}`);
          // The same of `pulumi do`, with other ways out.
          assert.equal(direct !== undefined, refusal !== undefined);
          if (direct === undefined) continue;
          assert.match(
            direct,
            /^ada@acme\.com is already in the organization \(.*\), so nothing .* --adopt\.$/,
          );
          assert.equal(direct.includes("--resend"), !GUARDED.includes(standing));
        }
      });
});
