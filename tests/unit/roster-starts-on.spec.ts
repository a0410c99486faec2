import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { loadRoster, readRoster } from "../../provider/src/roster/load";
import {
  isTimeZone,
  laterLines,
  readStartsOn,
  splitByStart,
  todayIn,
} from "../../provider/src/roster/starts-on";
import { problemLines } from "../../provider/src/roster/validate";

describe("the day on which somebody starts", () => {
  for (const [value, day] of [
    ["2026-12-01", "2026-12-01"],
    [" 2028-02-29 ", "2028-02-29"],
    ["", undefined],
    [undefined, undefined],
  ] as const)
    it(`${JSON.stringify(value)} is read`, () => assert.deepEqual(readStartsOn(value).day, day));

  for (const value of [
    "1.12.2026",
    "2026-2-1",
    "2026-02-30",
    "12/01/2026",
    "46357",
    46357,
    "2026-12-01T09:00:00Z",
  ])
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
    const csv = "E-mail,Starts on\nada@acme.com,1.12.2026\nbob@acme.com,-\ncleo@acme.com,#N/A\n";
    assert.deepEqual(read(csv, "csv"), [
      `people.csv:2  Starts on  "1.12.2026" is not a day: ${form}`,
      'people.csv:3  Starts on  "-" is a mark for nothing, not a day: leave startsOn empty to invite at once, or ' +
        "write the day as 2026-12-01 (year, month, day)",
      'people.csv:4  Starts on  "#N/A" is an error of a spreadsheet, not a value: correct the formula in this cell, ' +
        "or type the value in, and export again",
    ]);
    const yaml =
      "- email: ada@acme.com\n  startsOn: 20261201\n- { email: bob@acme.com, startsOn: [2026-12-01] }\n";
    assert.deepEqual(read(yaml, "yaml"), [
      `people.yaml:2  startsOn  20261201 is not a day: ${form}`,
      `people.yaml:3  startsOn  ["2026-12-01"] is not a day: ${form}`,
    ]);
  });

  const NIGHT = new Date("2026-11-30T23:30:00Z");
  for (const [zone, env, today] of [
    [undefined, {}, "2026-11-30"],
    ["Europe/Berlin", {}, "2026-12-01"],
    ["America/Los_Angeles", {}, "2026-11-30"],
    ["Europe/Berlin", { HEADSHOTPRO_TODAY: "" }, "2026-12-01"],
    ["Europe/Berlin", { HEADSHOTPRO_TODAY: "2027-01-01" }, "2027-01-01"],
  ] as const)
    it(`is compared with ${today} in ${zone ?? "UTC"}${"HEADSHOTPRO_TODAY" in env ? ` under HEADSHOTPRO_TODAY=${env.HEADSHOTPRO_TODAY}` : ""}`, () => {
      assert.equal(todayIn(zone, env, NIGHT), today);
    });

  it("has a zone that is known, and an environment that is a day", () => {
    assert.deepEqual(
      [isTimeZone("Europe/Berlin"), isTimeZone("Berlin"), isTimeZone(7)],
      [true, false, false],
    );
    assert.throws(
      () => todayIn("UTC", { HEADSHOTPRO_TODAY: "tomorrow" }),
      /^UserError: HEADSHOTPRO_TODAY: "tomorrow" is not a day/,
    );
  });

  it("separates those who are declared from that day on", () => {
    const people = ["2026-12-01", "2026-12-02", undefined].map((startsOn, index) => ({
      email: `p${index}@acme.com`,
      startsOn,
    }));
    const { now, later } = splitByStart(people, "2026-12-01");
    assert.deepEqual([now.length, later.map(({ email }) => email)], [2, ["p1@acme.com"]]);
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
  const write = (name: string, text: string) => writeFileSync(join(folder, "people", name), text);
  const load = (files: string) =>
    loadRoster("people", { files: `${relative(process.cwd(), folder)}/${files}` });
  before(() => {
    mkdirSync(join(folder, "people"));
    write("b.csv", "email,team\nzoe@acme.com,Sales\n");
    write("a.csv", "email,team\nada@acme.com,Design\n");
    write("notes.txt", "no roster");
    write(".hidden.csv", "no roster");
  });

  it("reads them in the order of their names", () => {
    assert.deepEqual(
      load("people/*.csv").members.map(({ email }) => email),
      ["ada@acme.com", "zoe@acme.com"],
    );
  });

  it("names both places of somebody who is in two, and each problem with its file", () => {
    write("c.csv", "email,team\nAda@acme.com,Sales\nbob(at)acme.com,Sales\n");
    assert.throws(
      () => load("people/*.csv"),
      /people\/c\.csv:2 .*ada@acme\.com is in \S*people\/a\.csv:2 already[\s\S]*people\/c\.csv:3 /,
    );
    rmSync(join(folder, "people", "c.csv"));
  });

  for (const [pattern, message] of [
    ["people/*.yaml", /files: there is no file ".*people\/\*\.yaml" in /],
    ["nobody/*.csv", /there is no folder .*nobody/],
    ["*/a.csv", /has a \* in the name of a folder/],
  ] as const)
    it(`${pattern} is refused`, () => assert.throws(() => load(pattern), message));

  it("is given instead of a file, not beside it", () => {
    assert.throws(
      () => loadRoster("people", { file: "a.csv", files: "b/*.csv" }),
      /exactly one of file, files and members/,
    );
  });
});
