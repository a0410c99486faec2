import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadRoster, readRoster } from "../../provider/src/roster/load";
import { isStillToCome, meansFirstDay } from "../../provider/src/roster/starts-on";
import { type AskedColumns, problemLines } from "../../provider/src/roster/validate";

const TODAY = "2026-11-30";

const read = (text: string, columns?: AskedColumns) =>
  readRoster(Buffer.from(text), { name: "p.csv", format: "csv", today: TODAY, columns });

describe("a first day in a column that is not read", () => {
  const MEANT =
    "Start date/START_DATE/Hire date/Hiring Date/First day/First working day/Joining date/DOJ/Eintrittsdatum/" +
    "Date d'entrée/Fecha de ingreso/Data inizio/Data de admissão/入社日";
  const OTHERS = "Birthday/End date/Created at/Joint account/Vacation start/Start of parental leave";
  for (const [headers, means] of [
    [MEANT, true],
    [OTHERS, false],
  ] as const)
    for (const header of headers.split("/"))
      it(`${header} ${means ? "means" : "does not mean"} the first day`, () =>
        assert.equal(meansFirstDay(header), means));

  const LATER =
    "2026-12-01, 2026-12-01T09:00:00Z ,2026/12/01,1.12.2026,01. 12. 2026,1.12.26,12/1/2026,1/12/2026,12/31/2026 0:00";
  const NOT_LATER = "2026-11-30,30.11.2026,12.1.2026,1/2/2026,2026-02-31,31.2.2027,2027,soon,";
  for (const [cells, isLater] of [
    [LATER, true],
    [NOT_LATER, false],
  ] as const)
    for (const cell of cells.split(","))
      it(`${JSON.stringify(cell)} is ${isLater ? "still to come" : "no day to come"}`, () =>
        assert.equal(isStillToCome(cell, TODAY), isLater));

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
    ["another column holds the first day", "email,startsOn,Hire date\nada@acme.com,,2026-12-01\n"],
    ["the program asks for it", "email,Start date\nada@acme.com,2026-12-01\n", { startsOn: "Start date" }],
    ["the header says something else", "email,Due\nada@acme.com,2026-12-01\n"],
  ] as const)
    it(`is none where ${name}`, () => assert.deepEqual(read(text, columns).problems, []));

  it("is a problem of a program's roster, by the day of its time zone", () => {
    const folder = mkdtempSync(join(tmpdir(), "headshotpro-first-day-"));
    const file = join(folder, "people.csv");
    const zones = ["Pacific/Kiritimati", "Etc/GMT+12"];
    const [most = "", least = ""] = zones.map((timeZone) =>
      new Intl.DateTimeFormat("sv-SE", { timeZone }).format(),
    );
    try {
      // At the one end of the world it is always a later day than at the other.
      assert.ok(most > least);
      writeFileSync(file, `email,Start date\nada@acme.com,${most}\n`);
      assert.equal(loadRoster("people", { file, timeZone: "Pacific/Kiritimati" }).members.length, 1);
      assert.throws(
        () => loadRoster("people", { file, timeZone: "Etc/GMT+12" }),
        /^UserError: The roster "people" cannot be read: .*people\.csv:2 {2}Start date {2}the column/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
