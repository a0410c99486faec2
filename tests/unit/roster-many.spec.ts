import assert from "node:assert/strict";
import { readMembers, readRoster } from "../../provider/src/roster/load";
import { firstProblemLines, problemLines, validateCommand } from "../../provider/src/roster/validate";

const MANY = 200_000;

describe("a roster with hundreds of thousands of problems", () => {
  const text = `email\n${"x\n".repeat(MANY)}`;
  const { problems } = readRoster(Buffer.from(text), { name: "p.csv", format: "csv" });

  it("is read and told without an overflow", () => {
    assert.equal(problems.length, MANY);
    assert.equal(problemLines(problems).length, MANY);
  });

  it("shows the first 50, and how many more there are", () => {
    const lines = firstProblemLines(problems, validateCommand("people.csv"));
    assert.equal(lines.length, 51);
    assert.match(lines[0] ?? "", /^p\.csv:2 {3}email {2}/);
    assert.match(lines[49] ?? "", /^p\.csv:51 {2}email/);
    assert.equal(lines[50], "… and 199,950 more: run npx pulumi-headshotpro validate people.csv");
    assert.equal(firstProblemLines(problems).at(-1), "… and 199,950 more");
    assert.equal(firstProblemLines(problems.slice(0, 50), "people.csv").length, 50);
  });

  for (const [file, columns, command] of [
    ["people.csv", undefined, "people.csv"],
    ["C:\\equipe\\Löhne.csv", {}, "C:\\equipe\\Löhne.csv"],
    ["our people.csv", { team: "Cost centre", teamId: null }, '"our people.csv" --column "team=Cost centre"'],
  ] as const)
    it(`and the command for all of them, as ${command}`, () => {
      assert.equal(validateCommand(file, columns), `npx pulumi-headshotpro validate ${command}`);
    });

  it("or one row with as many unknown properties", () => {
    const row = Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`p${n}`, n]));
    assert.equal(readMembers([row]).problems.length, MANY + 1);
  });
});
