import assert from "node:assert/strict";
import type { ReplacedProperty } from "../../provider/src/invite/decide";
import { mayDelete, refusalToReplace, refusalToRevoke, refusalToSend } from "../../provider/src/invite/guard";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import type { InviteInputs, InviteState } from "../../provider/src/invite/invite";
import { personOf } from "../../provider/src/invite/people";

const GUARDED = ["uploading", "generating", "completed", "Archived", "", "Pending"];
const UNGUARDED = ["pending", "accepted", "revoked", "deleted"];

const state: InviteState = {
  email: personOf("ada@acme.com"),
  teamId: "t1",
  status: "completed",
  adopted: false,
  renewals: 0,
};
const declared: InviteInputs = { email: personOf("ada@acme.com"), teamId: "t1" };
const moved = { ...declared, teamId: "t2" };
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
  const known = { ...state, forceDestroy: recorded };

  describe(`${flags}: ${verdict}`, () => {
    it("mayDelete", () => assert.equal(mayDelete({ program, recorded, byDefault }), verdict === "yes"));

    it("a move to another team", () => {
      const refusal = (status: string) =>
        refusalToSend({ ...known, status }, { ...moved, forceDestroy: program }, ["team"], byDefault);
      for (const status of UNGUARDED) assert.equal(refusal(status), undefined);
      for (const status of GUARDED)
        if (verdict === "yes") assert.equal(refusal(status), undefined);
        else {
          assert.ok(
            refusal(status)?.startsWith(`ada@acme.com has headshots (${status}); a move to team t2 would`),
          );
          assert.equal(/forceDestroy is new/.test(`${refusal(status)}`), verdict === "no, it is new");
        }
    });

    for (const [change, properties, news] of replacements)
      it(`a replacement for ${change}`, () => {
        const refusal = (status: string) =>
          refusalToReplace({ ...known, status }, { ...news, forceDestroy: program }, properties, byDefault);
        for (const status of [...GUARDED, ...UNGUARDED])
          if (verdict === "no, but the state still allows it")
            assert.match(
              `${refusal(status)}`,
              /^ada@acme\.com may no longer lose headshots under this program, but/,
            );
          else if (verdict === "yes" || UNGUARDED.includes(status)) assert.equal(refusal(status), undefined);
          else {
            assert.ok(refusal(status)?.startsWith(`ada@acme.com has headshots (${status}); `));
            assert.equal(/forceDestroy is new/.test(`${refusal(status)}`), verdict === "no, it is new");
          }
      });
  });
}

describe("refusalToSend", () => {
  it("says what a move would do, and the ways out", () =>
    assert.equal(
      refusalToSend(state, moved, ["team"], false),
      "ada@acme.com has headshots (completed); a move to team t2 would delete them for good. " +
        "To delete them: set forceDestroy: true, run `pulumi up`, then make this change. " +
        "To keep them: undo the change, or leave teamId out.",
    ));

  it("a team that is not known yet is no refusal", () =>
    assert.equal(refusalToSend(state, { ...declared, teamId: UNKNOWN }, ["team"], false), undefined));

  it("what takes nothing away is none either", () => {
    assert.equal(refusalToSend(state, declared, [], false), undefined);
    assert.equal(refusalToSend({ ...state, status: "revoked" }, moved, ["revoked"], false), undefined);
  });
});

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
  for (const status of [...GUARDED, ...UNGUARDED])
    for (const allowed of [false, true]) {
      const refused = GUARDED.includes(status) && !allowed;
      it(`"${status}", ${allowed ? "" : "not "}allowed: ${refused ? "refused" : "may"}`, () => {
        for (const protectedHere of [false, true]) {
          const refusal = refusalToRevoke("ada@acme.com", status, allowed, protectedHere);
          assert.equal(refusal !== undefined, refused);
          if (refused) assert.equal(/HEADSHOTPRO_FORCE_DESTROY/.test(`${refusal}`), !protectedHere);
        }
      });
    }

  it("says what a revoke would do, and the ways out", () =>
    assert.equal(
      refusalToRevoke("ada@acme.com", "completed", false, false),
      "ada@acme.com has headshots (completed); revoking would delete them for good. To delete them: " +
        "set forceDestroy: true and run `pulumi up` before removing the resource, or run this command with " +
        "HEADSHOTPRO_FORCE_DESTROY=true. To keep them and stop managing this person: use retainOnDelete or " +
        "`pulumi state delete`.",
    ));
});
