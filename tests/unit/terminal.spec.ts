import assert from "node:assert/strict";
import { toTable, wantsColour } from "../../provider/src/cli/terminal";

it("colours are wanted in a terminal, unless the environment says otherwise", () => {
  const wanted = (isTTY: boolean, env: object) => wantsColour({ isTTY }, { ...env });
  assert.ok(wanted(true, {}) && wanted(false, { FORCE_COLOR: "1" }));
  for (const env of [{ TERM: "dumb" }, { FORCE_COLOR: "0" }, { NO_COLOR: "1", FORCE_COLOR: "1" }])
    assert.ok(!wanted(true, env), JSON.stringify(env));
  assert.ok(!wanted(false, {}));
});

describe("table", () => {
  const ROWS = [
    ["a", "b"],
    ["12345678", "ABCDEFGH"],
  ];
  for (const [width, ...lines] of [
    [undefined, "a         b", "12345678  ABCDEFGH"],
    [13, "a         b", "12345678  AB…"],
    [11, "a       b", "12345…  AB…"],
  ] as const)
    it(`is cut to ${width ?? "any"} columns, the last column first`, () => {
      const cuts: [number, number][] = [
        [1, 3],
        [0, 1],
      ];
      assert.equal(toTable(ROWS, width, cuts), lines.map((line) => `${line}\n`).join(""));
    });

  it("an ideograph takes two columns, a colour none", () => {
    const rows = ["開発", "\u001b[31mab\u001b[39m"].map((text) => [text, "x"]);
    assert.equal(toTable(rows, undefined, []), "開発  x\n\u001b[31mab\u001b[39m    x\n");
  });
});
