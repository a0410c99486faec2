import assert from "node:assert/strict";
import * as fc from "fast-check";
import { rosterText } from "../../provider/src/cli/export";
import { brokenCell } from "../../provider/src/invite/inputs";
import { ROSTER_FORMATS } from "../../provider/src/roster/format";
import { readRoster } from "../../provider/src/roster/load";
import { SEED } from "../support/setup";

type Format = (typeof ROSTER_FORMATS)[number];
type Exported = { email: string; teamId?: string; status: string };

describe("roster text", () => {
  /** Addresses that people have, and those that a spreadsheet would run. */
  const email = fc
    .tuple(
      fc.constantFrom("", "+", "-", "="),
      fc.stringMatching(/^[a-z0-9][a-z0-9']{0,7}$/),
      fc.stringMatching(/^[a-z]{1,8}$/),
    )
    .map(([sign, name, domain]) => `${sign}${name}@${domain}.example`);
  const teamId = fc
    .tuple(
      fc.constantFrom("", "'", "''", "'+", "''=", "＝", "'＠", "\uFFFD"),
      fc.string({ unit: "grapheme", minLength: 1 }),
    )
    .map((parts) => parts.join(""))
    .filter((text) => text.trim() === text && !/[\p{C}\u2028\u2029]/u.test(text))
    .filter((text) => brokenCell("teamId", text) === undefined);
  const team = fc.option(teamId, { nil: undefined });

  function assertReadsBack(exported: Exported[], format: Format): void {
    const read = readRoster(Buffer.from(rosterText(exported, format)), { name: "r", format });
    // An address that begins with a sign is refused to those only who are not in the state.
    assert.deepEqual(
      read.problems.filter(({ person = "" }) => !/^[-+=]/.test(person)),
      [],
    );
    assert.deepEqual(
      read.members.map(({ email, teamId }) => ({ email, teamId })),
      exported.map(({ email, teamId }) => ({ email, teamId })),
    );
  }

  for (const format of ROSTER_FORMATS) {
    it(`${format}: what is exported reads as the same people in the same teams`, () => {
      const people = fc.uniqueArray(fc.record({ email, teamId: team, status: fc.constant("pending") }), {
        selector: (person) => person.email,
        minLength: 1,
      });
      fc.assert(
        fc.property(people, (exported) => assertReadsBack(exported, format)),
        { seed: SEED },
      );
    });

    it(`${format}: what begins with apostrophes and a sign comes back as it is`, () => {
      for (const teamId of ["\uFFFD", "'+!", "''=a", "＝a", "'a"])
        assertReadsBack([{ email: "-ada@acme.com", teamId, status: "pending" }], format);
    });
  }

  it("csv: nothing in it is a formula to a spreadsheet", () => {
    const text = rosterText([{ email: "+a@acme.com", status: "pending", teamId: "=HYPERLINK(1)" }], "csv");
    assert.equal(text, "email,teamId\n'+a@acme.com,'=HYPERLINK(1)\n");
  });

  describe("with the names of teams", () => {
    const people = [
      { email: "ada@acme.com", status: "pending", teamId: "t1", teamName: "Marketing" },
      { email: "bob@acme.com", status: "pending", teamId: "t2", teamName: " Sales" },
      { email: "eve@acme.com", status: "pending", teamId: "t3", teamName: "sales" },
      { email: "may@acme.com", status: "pending", teamId: "t4" },
      { email: "zoe@acme.com", status: "pending" },
    ];
    it("csv: a name that means one team, else the id", () =>
      assert.equal(
        rosterText(people, "csv", { teamNames: true }),
        "email,team\nada@acme.com,Marketing\nbob@acme.com,t2\neve@acme.com,t3\nmay@acme.com,t4\nzoe@acme.com,\n",
      ));
  });
});
