import assert from "node:assert/strict";
import fc from "fast-check";
import { brokenCell } from "../../provider/src/invite/broken-cell";
import { INPUTS, readInputs, UNKNOWN } from "../../provider/src/invite/inputs";
import { readMembers, readRoster } from "../../provider/src/roster/load";
import { problemLines } from "../../provider/src/roster/validate";

const email = "ada@acme.com";
const wholeNumber = "expected a whole number from 0 to 100, not";

/** One property wrong, beside a good e-mail. */
const wrong: [property: string, value: unknown, reason: string][] = [
  ["email", undefined, "it is missing"],
  ["email", null, "it is missing"],
  ["email", 5, "expected text, not 5"],
  ["email", true, "expected text, not true"],
  ["email", ["a@b.co"], 'expected text, not ["a@b.co"]'],
  ["email", {}, "expected text, not {}"],
  ["email", "", '"" is not an e-mail address: it is empty'],
  ["email", "ada(at)acme.com", '"ada(at)acme.com" is not an e-mail address: it has no @'],
  ["teamId", 7, "expected text, not 7"],
  ["teamId", false, "expected text, not false"],
  ["teamId", {}, "expected text, not {}"],
  ["teamId", "", "it is empty; leave it out to invite without a team"],
  ["team", 7, "expected text, not 7"],
  ["team", " ", "it is empty; leave it out to invite without a team"],
  ["teamId", " \t", "it is empty; leave it out to invite without a team"],
  ["adopt", "true", 'expected true or false, not "true"'],
  ["adopt", 1, "expected true or false, not 1"],
  ["forceDestroy", "no", 'expected true or false, not "no"'],
  ["forceDestroy", [], "expected true or false, not []"],
  ["maxRenewals", "3", 'expected a whole number, not "3"'],
  ["maxRenewals", true, "expected a whole number, not true"],
  ["maxRenewals", Number.NaN, "expected a whole number, not null"],
  ["maxRenewals", -1, `${wholeNumber} -1`],
  ["maxRenewals", 1.5, `${wholeNumber} 1.5`],
  ["maxRenewals", 101, `${wholeNumber} 101`],
  ["resend", "1", 'expected a whole number, not "1"'],
  ["resend", true, "expected a whole number, not true"],
  ["resend", -1, "expected a whole number from 0 to 1000000, not -1"],
  ["resend", 0.5, "expected a whole number from 0 to 1000000, not 0.5"],
  ["resend", 1_000_001, "expected a whole number from 0 to 1000000, not 1000001"],
];

const nearNames: [property: string, meant: string][] = [
  ["Email", "email"],
  ["mail", "email"],
  ["e-mail", "email"],
  ["teem", "team"],
  ["teamID", "teamId"],
  ["team_id", "teamId"],
  ["forcedestroy", "forceDestroy"],
  ["force", "forceDestroy"],
  ["adopted", "adopt"],
  ["maxRenewal", "maxRenewals"],
  ["resent", "resend"],
];

const farNames = [
  "role",
  "firstName",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  "protect",
];

describe("readInputs", () => {
  for (const [property, value, reason] of wrong) {
    it(`refuses ${property}: ${JSON.stringify(value)}`, () => {
      const { failures, inputs } = readInputs({ email, [property]: value });
      assert.deepEqual(failures, [{ property, reason }]);
      assert.equal(property in inputs, false);
    });
  }

  for (const [property, meant] of nearNames) {
    it(`asks whether ${property} is ${meant}`, () =>
      assert.deepEqual(readInputs({ email, [property]: true }).failures, [
        { property, reason: `there is no property "${property}"; did you mean "${meant}"?` },
      ]));
  }

  for (const property of farNames) {
    it(`lists the properties there are instead of "${property}"`, () => {
      const declared = JSON.parse(`{"email":"${email}","${property}":1}`);
      const { failures, inputs } = readInputs(declared);
      const there =
        "the properties are email, teamId, team, adopt, forceDestroy, maxRenewals, resend, keepLink";
      assert.deepEqual(failures, [{ property, reason: `there is no property "${property}"; ${there}` }]);
      assert.deepEqual(inputs, { email });
    });
  }

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

  it("an unknown property is refused although its value is not known yet", () => {
    assert.equal(readInputs({ email, teem: UNKNOWN }).failures.length, 1);
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

  it("tells many unknown properties in one reason", () => {
    const other = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`Column ${n}`, "x"]));
    const { failures } = readInputs({ email, ...other });
    assert.deepEqual([failures.length, failures[0]?.property], [1, "Column 0"]);
    assert.match(
      failures[0]?.reason ?? "",
      /^there are no properties "Column 0", .*, and 395 more; the prop/,
    );
  });

  it("cuts a long value, never through a character", () => {
    const [failure] = readInputs({ email, adopt: "🙂".repeat(1000) }).failures;
    assert.match(failure?.reason ?? "", /^expected true or false, not "(🙂)+…$/u);
    assert.ok((failure?.reason.length ?? 0) < 250);
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

/** By the program that writes them, and the languages that it has. */
const ERRORS = {
  "Excel, English":
    "#N/A #REF! #NAME? #VALUE! #DIV/0! #NUM! #NULL! #SPILL! #CALC! #FIELD! #GETTING_DATA #BLOCKED!",
  "Excel, newer": "#CONNECT! #UNKNOWN! #BUSY! #PYTHON! #EXTERNAL! #TIMEOUT!",
  "Excel, German":
    "#NV #BEZUG! #NAME? #WERT! #ZAHL! #NULL! #ÜBERLAUF! #KALK! #FELD! #DATEN_ABRUFEN #BLOCKIERT!",
  "Excel, French": "#NOM? #VALEUR! #NOMBRE! #NUL! #DIEZE! #PROPAGATION! #CALCUL! #CHAMP!",
  "Excel, Spanish": "#N/D #¡REF! #¡VALOR! #¿NOMBRE? #¡NUM! #¡NULO! #¡DIV/0! #¡DESBORDAMIENTO! #¡CALC!",
  "Excel, Italian": "#RIF! #VALORE! #NOME? #NULLO! #ESPANSIONE!",
  "Excel, Dutch": "#N/B #VERW! #WAARDE! #NAAM? #DEEL/0! #GETAL! #LEEG! #OVERLOOP!",
  "Excel, Portuguese": "#VALOR! #NOME? #NÚM! #NULO! #DESPEJAR! #OBTENDO_DADOS",
  "Excel, Polish": "#ADR! #ARG! #NAZWA? #DZIEL/0! #LICZBA! #ZERO! #ROZLANIE!",
  "Excel, Swedish": "#SAKNAS! #REFERENS! #VÄRDEFEL! #NAMN? #DIVISION/0! #OGILTIGT! #SKÄRNING!",
  "Excel, Danish and Norwegian": "#I/T #REFERENCE! #VÆRDI! #NAVN? #NUL! #VERDI! #OVERFLYT!",
  "Excel, Finnish": "#PUUTTUU! #VIITTAUS! #ARVO! #NIMI? #JAKO/0! #LUKU! #TYHJÄ!",
  "Excel, Turkish": "#YOK #BAŞV! #DEĞER! #AD? #SAYI/0! #SAYI! #BOŞ! #TAŞMA!",
  "Excel, Russian": "#Н/Д #ССЫЛКА! #ЗНАЧ! #ИМЯ? #ДЕЛ/0! #ЧИСЛО! #ПУСТО! #ПЕРЕНОС!",
  "Excel, Czech and Hungarian":
    "#NENÍ_K_DISPOZICI #ODKAZ! #HODNOTA! #NÁZEV? #DĚLENÍ_NULOU! #HIÁNYZIK #ÉRTÉK! #HIV!",
  "Excel, Japanese": "#スピル!",
  LibreOffice: "Err:502 Err:508 Fehler:502 Erreur:522 Erro:511 Ошибка:502 err:504",
  "Google Sheets": "#ERROR! #¡ERROR! #FEHLER! Loading...",
  Access: "#Error #Name? #Deleted #Num! #Div/0! #Type!",
  "in lower case": "#n/a #ref! #value!",
  "too narrow a column": "########",
};

/** With blanks in them. */
const SPACED = ["#VALEUR !", "#NOM\u00a0?", "#N/A N/A", "#N/A Requesting Data...", " #REF! ", "Fehler: 502"];
const NOTHING =
  "- – — -- --- n/a N/A n.a. N/D none None NONE null NULL nil NaN undefined (none) (blank) <NA> \\N # . ? / … " +
  "keine (leer) TBD 0 unassigned ninguno ninguna aucun aucune nessuno nenhum geen ohne unknown unbekannt x";
const TEAMS =
  "Marketing R&D NA ND C# #1 #marketing #WeDesign! Really? Err 502 Room:502 Ünal 北京 🎨 team_xyz789 Load A-B XL Ohnesorge";

const csv = (text: string) => readRoster(Buffer.from(text), { name: "people.csv", format: "csv" });
const yaml = (text: string) => readRoster(Buffer.from(text), { name: "people.yaml", format: "yaml" });

describe("brokenCell", () => {
  const isError = /is an error of a spreadsheet/;
  for (const [program, cells] of Object.entries(ERRORS))
    it(`knows the errors of ${program}`, () => {
      for (const cell of cells.split(" ")) assert.match(brokenCell("email", cell) ?? "", isError, cell);
    });
  it("knows those with a blank in them", () => {
    for (const cell of SPACED) assert.match(brokenCell("email", cell) ?? "", isError, cell);
  });

  it("takes a mark for nothing for no team, no id and no address", () => {
    for (const cell of [...NOTHING.split(" "), "k. A.", "[object Object]", "not assigned", "No team"]) {
      assert.match(
        brokenCell("team", cell) ?? "",
        /is a mark for nothing, not a team: leave team empty/,
        cell,
      );
      assert.match(brokenCell("teamId", cell) ?? "", /is a mark for nothing, not a team: leave teamId empty/);
      assert.match(brokenCell("email", cell) ?? "", /is a mark for nothing, not an address: write the/);
      assert.match(
        brokenCell("startsOn", cell) ?? "",
        /is a mark for nothing, not a day: leave startsOn empty/,
      );
    }
  });

  it("leaves the names of teams alone", () => {
    for (const name of [...TEAMS.split(" "), "None of the above", "Null Island"])
      assert.equal(brokenCell("team", name), undefined, name);
  });
});

describe("a broken cell", () => {
  const broken =
    '"#NV" is an error of a spreadsheet, not a value: correct the formula in this cell, or type the value in, and ' +
    "export again";
  const really = " (a team that is really called this: give its teamId)";

  for (const property of INPUTS)
    it(`is a problem as ${property} in every format, with its line`, () => {
      const reason = property === "team" ? broken + really : broken;
      const email = property === "email" ? "" : "email,";
      const ada = property === "email" ? "" : "ada@acme.com,";
      const inTable = csv(`${email}${property}\n${ada}#NV\n`);
      assert.deepEqual(
        inTable.problems.map(({ where, value, reason }) => [where, value, reason]),
        [["people.csv:2", "#NV", reason]],
      );
      assert.deepEqual(inTable.members, []);
      const row = { email: "ada@acme.com", [property]: "#NV" };
      assert.deepEqual(readMembers([row]).problems, [
        { where: "members[0]", column: property, value: "#NV", reason },
      ]);
      const inYaml = yaml(JSON.stringify([row], undefined, 1)).problems;
      assert.deepEqual(
        inYaml.map(({ column, reason }) => [column, reason]),
        [[property, reason]],
      );
      assert.deepEqual(readInputs(row).failures, [{ property, reason }]);
    });

  it("is one in YAML although # begins a comment there", () => {
    const text =
      "- email: ada@acme.com\n  team: #N/A\n- {email: bob@acme.com, teamId: #REF!\n  }\n- email: zoe@acme.com\n  team: # none yet\n";
    const { members, problems } = yaml(text);
    assert.deepEqual(
      problems.map(({ where, column, reason }) => [where, column, reason.split(",")[0]]),
      [
        ["people.yaml:2", "team", '"#N/A" is an error of a spreadsheet'],
        ["people.yaml:3", "teamId", '"#REF!" is an error of a spreadsheet'],
      ],
    );
    assert.deepEqual(
      members.map(({ email }) => email),
      ["zoe@acme.com"],
    );
  });

  it("is told for each row, and the rows beside it stand", () => {
    const { members, problems } = csv(
      "email,team\nada@acme.com,#N/A\ngrace@acme.com,Design\nzoe@acme.com,-\n",
    );
    assert.deepEqual(
      members.map(({ email }) => email),
      ["grace@acme.com"],
    );
    assert.deepEqual(problemLines(problems), [
      'people.csv:2  team  "#N/A" is an error of a spreadsheet, not a value: correct the formula in this cell, or ' +
        `type the value in, and export again${really}`,
      'people.csv:4  team  "-" is a mark for nothing, not a team: leave team empty to invite without a ' +
        `team${really}`,
    ]);
  });
});
