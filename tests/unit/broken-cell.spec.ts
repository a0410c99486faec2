import assert from "node:assert/strict";
import { brokenCell } from "../../provider/src/invite/broken-cell";
import { INPUTS, readInputs } from "../../provider/src/invite/inputs";
import { readMembers, readRoster } from "../../provider/src/roster/load";
import { problemLines } from "../../provider/src/roster/validate";

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

const NOTHING = [
  "-",
  "–",
  "—",
  "--",
  "---",
  "n/a",
  "N/A",
  "n.a.",
  "N/D",
  "none",
  "None",
  "NONE",
  "null",
  "NULL",
];
const MORE_NOTHING = [
  "nil",
  "NaN",
  "undefined",
  "(none)",
  "(blank)",
  "<NA>",
  "\\N",
  "#",
  ".",
  "?",
  "/",
  "…",
  "k. A.",
];

const TEAMS = [
  "Marketing",
  "R&D",
  "NA",
  "ND",
  "C#",
  "#1",
  "#marketing",
  "#WeDesign!",
  "Really?",
  "Err",
  "502",
];
const MORE_TEAMS = [
  "Room:502",
  "None of the above",
  "Null Island",
  "Ünal",
  "北京",
  "🎨",
  "team_xyz789",
  "Load",
  "A-B",
];

const csv = (text: string) => readRoster(Buffer.from(text), { name: "people.csv", format: "csv" });
const yaml = (text: string) => readRoster(Buffer.from(text), { name: "people.yaml", format: "yaml" });

describe("brokenCell", () => {
  for (const [program, cells] of Object.entries(ERRORS))
    it(`knows the errors of ${program}`, () => {
      for (const cell of cells.split(" "))
        assert.match(brokenCell("email", cell) ?? "", /is an error of a spreadsheet/, cell);
    });

  for (const cell of SPACED)
    it(`knows ${JSON.stringify(cell)}, which has a blank in it`, () =>
      assert.match(brokenCell("email", cell) ?? "", /is an error of a spreadsheet/));

  for (const cell of [...NOTHING, ...MORE_NOTHING])
    it(`takes ${cell} for nothing, and not for a team or its id`, () => {
      assert.match(brokenCell("team", cell) ?? "", /is a mark for nothing, not a team: leave team empty/);
      assert.match(brokenCell("teamId", cell) ?? "", /is a mark for nothing, not a team: leave teamId empty/);
      assert.equal(brokenCell("email", cell), undefined);
    });

  for (const name of [...TEAMS, ...MORE_TEAMS])
    it(`leaves ${name} alone`, () => assert.equal(brokenCell("team", name), undefined));
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
