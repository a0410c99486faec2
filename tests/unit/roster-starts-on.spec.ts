import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { loadRoster, readRoster } from "../../provider/src/roster/load";
import {
  isStillToCome,
  isTimeZone,
  laterLines,
  meansFirstDay,
  readStartsOn,
  todayIn,
} from "../../provider/src/roster/starts-on";
import { type AskedColumns, problemLines } from "../../provider/src/roster/validate";

describe("the day on which somebody starts", () => {
  it("is read with blanks around it, and may be empty", () => {
    const days = [" 2028-02-29 ", "", undefined].map((value) => readStartsOn(value).day);
    assert.deepEqual(days, ["2028-02-29", undefined, undefined]);
  });

  for (const value of ["1.12.2026", "2026-2-1", "2026-02-30", "2026-12-01T09:00:00Z", 46357])
    it(`${JSON.stringify(value)} is refused, with the form`, () => {
      assert.match(
        readStartsOn(value).reason ?? "",
        /is not a day: write it as 2026-12-01 \(year, month, day\)$/,
      );
    });

  it("is told with its cell where it is wrong", () => {
    const read = (text: string, format: "csv" | "yaml") =>
      problemLines(readRoster(Buffer.from(text), { name: `people.${format}`, format }).problems);
    const form = "write it as 2026-12-01 (year, month, day)";
    assert.deepEqual(read("E-mail,Starts on\nada@acme.com,1.12.2026\nbob@acme.com,-\n", "csv"), [
      `people.csv:2  Starts on  "1.12.2026" is not a day: ${form}`,
      'people.csv:3  Starts on  "-" is a mark for nothing, not a day: leave startsOn empty to invite at once, or ' +
        "write the day as 2026-12-01 (year, month, day)",
    ]);
    const yaml = "- email: ada@acme.com\n  startsOn: 20261201\n";
    assert.deepEqual(read(yaml, "yaml"), [`people.yaml:2  startsOn  20261201 is not a day: ${form}`]);
  });

  it("is compared with the day of a zone, or of the environment", () => {
    const night = new Date("2026-11-30T23:30:00Z");
    const today = (zone?: string, HEADSHOTPRO_TODAY = "") => todayIn(zone, { HEADSHOTPRO_TODAY }, night);
    assert.deepEqual([today(), today("Europe/Berlin")], ["2026-11-30", "2026-12-01"]);
    assert.equal(today("Europe/Berlin", "2027-01-01"), "2027-01-01");
    assert.throws(() => today("UTC", "tomorrow"), /^UserError: HEADSHOTPRO_TODAY: "tomorrow" is not a day/);
    assert.deepEqual(["Europe/Berlin", "Berlin", 7].map(isTimeZone), [true, false, false]);
  });

  it("separates those who are declared from that day on", () => {
    const days = ["2000-01-01", todayIn("UTC", process.env), "9999-12-31", undefined];
    const all = days.map((startsOn, index) => ({ email: `p${index}@acme.com`, startsOn }));
    const { members } = loadRoster("people", { members: all });
    assert.deepEqual(
      members.map(({ isLater = false }) => isLater),
      [false, false, true, false],
    );
    const later = [{ email: "p1@acme.com", startsOn: "2026-12-02" }];
    assert.deepEqual(laterLines(later, new Set()), ["1 person starts later: p1@acme.com (2026-12-02)"]);
    assert.deepEqual(laterLines(later, new Set(["p1@acme.com"])), [
      "1 person invited already, though they start later: p1@acme.com (2026-12-02). They stay invited",
    ]);
    assert.deepEqual(laterLines([], new Set()), []);
  });
});

describe("a roster in several files", () => {
  const folder = mkdtempSync(join(tmpdir(), "headshotpro-files-"));
  after(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const load = (files: string) =>
    loadRoster("people", { files: `${relative(process.cwd(), folder)}/${files}` });
  before(() => {
    write("b.csv", "email,team\nzoe@acme.com,Sales\n");
    write("a.csv", "email,team\nada@acme.com,Design\n");
    write(".hidden.csv", "no roster");
    mkdirSync(join(folder, "d.csv"));
  });

  it("reads them in the order of their names, but no folders, and tells who is in two", () => {
    const people = load("*.csv").members.map(({ email }) => email);
    assert.deepEqual(people, ["ada@acme.com", "zoe@acme.com"]);
    write("c.csv", "email,team\nAda@acme.com,Sales\nbob(at)acme.com,Sales\n");
    const told = /\/c\.csv:2 .*ada@acme\.com is in \S*\/a\.csv:2 already[\s\S]*\/c\.csv:3 /;
    assert.throws(() => load("*.csv"), told);
  });

  it("refuses one without people, as it refuses a roster without any", () => {
    write("c.csv", "");
    assert.throws(() => load("*.csv"), /cannot be read: \S*\/c\.csv {2}nobody is in it, and everyone/);
  });

  for (const [pattern, message] of [
    ["*.yaml", /files: there is no file ".*\*\.yaml" in /],
    ["nobody/*.csv", /there is no folder .*nobody/],
    ["*/a.csv", /has a \* in the name of a folder/],
  ] as const)
    it(`${pattern} is refused`, () => assert.throws(() => load(pattern), message));
});

const TODAY = "2026-11-30";

const read = (text: string, columns?: AskedColumns) =>
  readRoster(Buffer.from(text), { name: "p.csv", format: "csv", today: TODAY, columns });

describe("a first day in a column that is not read", () => {
  const MEANT = "Start date/START_DATE/Hiring Date/First working day/DOJ/Eintrittsdatum/Date d'entrée/入社日";
  const OTHERS = "Birthday/End date/Created at/Joint account/Vacation start/Start of parental leave";
  const LATER =
    "2026-12-01, 2026-12-01T09:00:00Z ,2026/12/01,1.12.2026,01. 12. 2026,1.12.26,12/1/2026,1/12/2026,12/31/2026 0:00," +
    "1-Dec-26,Tuesday 1 December 2026 09:00,20261201";
  const NOT_LATER =
    "2026-11-30,30.11.2026,12.1.2026,1/2/2026,2026-02-31,31.2.2027,2027,soon,30-Nov-26 9:00,20261130,Marketing 2027,";
  it("is known by what its header says, and by days that are still to come", () => {
    assert.deepEqual(MEANT.split("/").filter(meansFirstDay), MEANT.split("/"));
    assert.deepEqual(OTHERS.split("/").filter(meansFirstDay), []);
    for (const cell of LATER.split(",")) assert.ok(isStillToCome(cell, TODAY), cell);
    for (const cell of NOT_LATER.split(",")) assert.ok(!isStillToCome(cell, TODAY), cell);
  });

  it("is a problem of the first row in which it is still to come", () => {
    const { members, problems } = read(
      "email,Name,Start date\nada@acme.com,Ada,2020-01-01\ngrace@acme.com,Grace,1.12.2026\nlinus@acme.com,,2027-01-01\n",
    );
    assert.deepEqual(problemLines(problems), [
      'p.csv:3  Start date  the column "Start date" has a day that is still to come, and nobody waits for it: write days as 2026-12-01 and say columns: { startsOn: "Start date" }, or rename the column',
    ]);
    assert.equal(problems[0]?.value, "1.12.2026");
    assert.equal(members.length, 2);
  });

  for (const [name, text, columns] of [
    ["people work there already", "email,Hire date\nada@acme.com,2026-11-30\n"],
    ["the program asks for it", "email,Start date\nada@acme.com,2026-12-01\n", { startsOn: "Start date" }],
  ] as const)
    it(`is none where ${name}`, () => assert.deepEqual(read(text, columns).problems, []));

  it("is compared with the day in the time zone of a program's roster", () => {
    const folder = mkdtempSync(join(tmpdir(), "headshotpro-first-day-"));
    const file = join(folder, "people.csv");
    const day = (timeZone: string) => new Intl.DateTimeFormat("sv-SE", { timeZone }).format();
    try {
      // At the one end of the world it is always a later day than at the other.
      writeFileSync(file, `email,Start date\nada@acme.com,${day("Pacific/Kiritimati")}\n`);
      assert.equal(loadRoster("people", { file, timeZone: "Pacific/Kiritimati" }).members.length, 1);
      assert.throws(
        () => loadRoster("people", { file, timeZone: "Etc/GMT+12" }),
        /:2 {2}Start date {2}the column/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
