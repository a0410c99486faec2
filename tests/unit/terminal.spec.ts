import assert from "node:assert/strict";
import { tableText } from "../../provider/src/cli/table";
import { wantsColour } from "../../provider/src/cli/terminal";

describe("colours", () => {
  for (const [isTTY, env, wanted] of [
    [true, {}, true],
    [false, {}, false],
    [true, { TERM: "dumb" }, false],
    [false, { CI: "true" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [true, { FORCE_COLOR: "0" }, false],
    [true, { FORCE_COLOR: "false" }, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  ] as const) {
    it(`${isTTY ? "terminal" : "pipe"} ${JSON.stringify(env)}: ${wanted ? "yes" : "no"}`, () => {
      assert.equal(wantsColour({ isTTY }, env), wanted);
    });
  }
});

describe("table", () => {
  const ROWS = [
    ["a", "b"],
    ["12345678", "ABCDEFGH"],
  ];
  for (const [width, cuts, lines] of [
    [undefined, [], ["a         b", "12345678  ABCDEFGH"]],
    [18, [[0, 1]], ["a         b", "12345678  ABCDEFGH"]],
    [17, [[0, 1]], ["a        b", "123456…  ABCDEFGH"]],
    [
      13,
      [
        [1, 3],
        [0, 1],
      ],
      ["a         b", "12345678  AB…"],
    ],
    [
      11,
      [
        [1, 3],
        [0, 1],
      ],
      ["a       b", "12345…  AB…"],
    ],
    [5, [[1, 3]], ["a         b", "12345678  AB…"]],
  ] as [number | undefined, [number, number][], string[]][]) {
    it(`${width ?? "any"} columns, cuts ${JSON.stringify(cuts)}`, () => {
      assert.equal(tableText(ROWS, width, cuts), lines.map((line) => `${line}\n`).join(""));
    });
  }

  it("an ideograph takes two columns, a colour none", () => {
    assert.equal(
      tableText(
        [
          ["開発", "x"],
          ["\u001b[31mab\u001b[39m", "x"],
        ],
        undefined,
        [],
      ),
      "開発  x\n\u001b[31mab\u001b[39m    x\n",
    );
  });
});
