import assert from "node:assert/strict";
import { settingsOf } from "../../bench/settings";

const PARTS = ["start", "up", "limits"];

describe("the bench's settings", () => {
  for (const { args, expected } of [
    { args: [], expected: { parts: PARTS, sizes: [10, 100, 1000], rounds: 2, quick: false, isWhole: true } },
    { args: ["--only", "up,limits"], expected: { parts: ["up", "limits"], isWhole: true } },
    { args: ["--sizes", "100,10"], expected: { sizes: [10, 100], isWhole: false } },
    { args: ["--quick"], expected: { sizes: [10, 30], rounds: 1, quick: true, isWhole: false } },
  ])
    it(args.join(" ") || "nothing given", () => {
      const settings = settingsOf(args, PARTS);
      assert.deepEqual({ ...settings, ...expected }, settings);
    });

  for (const { args, message } of [
    { args: ["--only", "down"], message: /--only down: there is start, up, limits/ },
    { args: ["--sizes", "10,many"], message: /--sizes 10,many: whole numbers/ },
    { args: ["--sizes", "0"], message: /--sizes 0: whole numbers/ },
    { args: ["--fast"], message: /--fast/ },
  ])
    it(`${args.join(" ")} is refused`, () => assert.throws(() => settingsOf(args, PARTS), message));
});
