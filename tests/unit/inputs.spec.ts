import assert from "node:assert/strict";
import fc from "fast-check";
import { brokenCell, readInputs, UNKNOWN } from "../../provider/src/invite/inputs";
import { readMembers, readRoster } from "../../provider/src/roster/load";

const email = "ada@acme.com";
const wholeNumber = "expected a whole number from 0 to 100, not";

/** One property wrong, beside a good e-mail. */
const wrong: [property: string, value: unknown, reason: string][] = [
  ["email", undefined, "it is missing"],
  ["email", 5, "expected text, not 5"],
  ["email", {}, "expected text, not {}"],
  ["email", "ada(at)acme.com", '"ada(at)acme.com" is not an e-mail address: it has no @'],
  ["teamId", {}, "expected text, not {}"],
  ["team", " ", "it is empty; leave it out to invite without a team"],
  ["teamId", " \t", "it is empty; leave it out to invite without a team"],
  ["adopt", "true", 'expected true or false, not "true"'],
  ["maxRenewals", "3", 'expected a whole number, not "3"'],
  ["maxRenewals", 1.5, `${wholeNumber} 1.5`],
  ["maxRenewals", 101, `${wholeNumber} 101`],
  ["resend", true, "expected a whole number, not true"],
  ["resend", 1_000_001, "expected a whole number from 0 to 1000000, not 1000001"],
];

/** What is meant by them. */
const nearNames = { mail: "email", teem: "team", team_id: "teamId", force: "forceDestroy" };

describe("readInputs", () => {
  for (const [property, value, reason] of wrong) {
    it(`refuses ${property}: ${JSON.stringify(value)}`, () => {
      const { failures, inputs } = readInputs({ email, [property]: value });
      assert.deepEqual(failures, [{ property, reason }]);
      assert.equal(property in inputs, false);
    });
  }

  for (const [property, meant] of Object.entries(nearNames))
    it(`asks whether ${property} is ${meant}`, () =>
      assert.deepEqual(readInputs({ email, [property]: true }).failures, [
        { property, reason: `there is no property "${property}"; did you mean "${meant}"?` },
      ]));

  for (const property of ["", "role", "__proto__", "constructor"])
    it(`lists the properties there are instead of "${property}"`, () => {
      const { failures, inputs } = readInputs(JSON.parse(`{"email":"${email}","${property}":1}`));
      const there =
        "the properties are email, teamId, team, adopt, forceDestroy, maxRenewals, resend, keepLink";
      assert.deepEqual(failures, [{ property, reason: `there is no property "${property}"; ${there}` }]);
      assert.deepEqual(inputs, { email });
    });

  it("tells many unknown properties in one reason", () => {
    const other = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`Column ${n}`, "x"]));
    const [{ property, reason } = { property: "", reason: "" }, ...more] = readInputs({
      email,
      ...other,
    }).failures;
    assert.deepEqual([property, more], ["Column 0", []]);
    assert.match(reason, /^there are no properties "Column 0", .*, and 395 more; the properties are email, /);
  });

  it("canonicalises what is right", () => {
    const inputs = { email, teamId: "t1", adopt: false, forceDestroy: true, maxRenewals: 0, resend: 2 };
    const declared = { ...inputs, email: " Ada@ACME.com", teamId: " t1 " };
    assert.deepEqual(readInputs(declared), { inputs, failures: [] });
  });

  it("null is the same as leaving a property out", () => {
    const flags = { adopt: null, forceDestroy: null, maxRenewals: undefined, resend: null };
    assert.deepEqual(readInputs({ email, teamId: null, ...flags }), { inputs: { email }, failures: [] });
  });

  it("a value that is not known yet passes as it is, each", () => {
    const properties = ["email", "teamId", "team", "adopt", "forceDestroy", "maxRenewals", "resend"];
    const declared = Object.fromEntries(properties.map((property) => [property, UNKNOWN]));
    assert.deepEqual(readInputs(declared), { inputs: declared, failures: [] });
  });

  it("says all that is wrong at once, in the order of the properties, and keeps what is right", () => {
    const declared = { nickname: "A", maxRenewals: -1, adopt: 0, teamId: "t1", teem: "t" };
    const { inputs, failures } = readInputs(declared);
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["email", "adopt", "maxRenewals", "nickname", "teem"],
    );
    assert.deepEqual(inputs, { teamId: "t1" });
  });

  it("never throws, whatever a program declares", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (other, value) => {
        const { failures } = readInputs({ ...other, email: value });
        for (const { reason } of failures) assert.ok(reason.length < 300, reason);
      }),
    );
  });
});

/** By the rule of their shape. */
const ERRORS = {
  "ended by a mark": "#BEZUG! #NAME? #DIV/0! #¿NOMBRE? #スピル! #VALEUR\u00a0!",
  "nothing found": "#N/A #Н/Д #N/A\u00a0N/A",
  "still being looked up": "#GETTING_DATA #NENÍ_K_DISPOZICI",
  "as named, in any case": "#NV #YOK #n/a #Error #Deleted",
  "of LibreOffice": "Err:502 Fehler:\u00a0502 Ошибка:502",
  "not shown": "######## Loading...",
};
const NOTHING = "- — -- n/a n.a. N/D none NULL NaN (none) <NA> \\N ? … keine (leer) TBD 0 ninguna unknown x";
const TEAMS =
  "Marketing R&D NA ND C# #1 #marketing #WeDesign! Really? Room:502 北京 team_xyz789 A-B XL Ohnesorge";

const csv = (text: string) => readRoster(Buffer.from(text), { name: "people.csv", format: "csv" });
const yaml = (text: string) => readRoster(Buffer.from(text), { name: "people.yaml", format: "yaml" });

describe("brokenCell", () => {
  for (const [rule, cells] of Object.entries(ERRORS))
    it(`knows errors of a spreadsheet: ${rule}`, () => {
      for (const cell of cells.split(" "))
        assert.match(brokenCell("email", cell) ?? "", /is an error of a spreadsheet/, cell);
    });

  it("takes a mark for nothing for no team, no id, no day and no address", () => {
    for (const cell of [...NOTHING.split(" "), "k. A.", "not assigned", " - "])
      for (const [property, text] of [
        ["team", "not a team: leave team empty .* .a team that is really called this: give its teamId.$"],
        ["teamId", "not a team: leave teamId empty to invite without a team$"],
        ["email", "not an address: write the"],
        ["startsOn", "not a day: leave startsOn empty.* 2026-12-01 .year, month, day.$"],
      ] as const)
        assert.match(brokenCell(property, cell) ?? "", new RegExp(`is a mark for nothing, ${text}`), cell);
  });

  it("leaves the names of teams alone", () => {
    for (const name of [...TEAMS.split(" "), "Err 502", "None of the above"])
      assert.equal(brokenCell("team", name), undefined, name);
  });
});

describe("a broken cell", () => {
  const broken =
    '"#NV" is an error of a spreadsheet, not a value: correct the formula in this cell, or type the value in, and ' +
    "export again";
  const really = " (a team that is really called this: give its teamId)";

  for (const property of ["email", "team", "resend"])
    it(`is a problem as ${property} in every format, with its line`, () => {
      const reason = property === "team" ? broken + really : broken;
      const row = { email: "ada@acme.com", [property]: "#NV" };
      const told = ({ problems }: ReturnType<typeof csv>) =>
        problems.map(({ where, value, reason }) => [where, value, reason]);
      const table = csv(`${Object.keys(row)}\n${Object.values(row)}\n`);
      assert.deepEqual([told(table), table.members], [[["people.csv:2", "#NV", reason]], []]);
      assert.deepEqual(told(yaml(JSON.stringify([row]))), [["people.yaml:1", "#NV", reason]]);
      assert.deepEqual(readMembers([row]).problems[0]?.reason, reason);
      assert.deepEqual(readInputs(row).failures, [{ property, reason }]);
    });

  it("is one in YAML although # begins a comment there", () => {
    const { members, problems } = yaml(
      "- email: ada@acme.com\n  team: #N/A\n- email: zoe@acme.com\n  team: # none\n",
    );
    assert.deepEqual(
      [problems.map(({ where, column }) => [where, column]), members.map(({ email }) => email)],
      [[["people.yaml:2", "team"]], ["zoe@acme.com"]],
    );
  });
});
