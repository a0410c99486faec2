import assert from "node:assert/strict";
import { Progress, toTable, wantsColour } from "../../provider/src/cli/terminal";
import { VirtualClock } from "../support/virtual-clock";

describe("colours", () => {
  for (const [isTTY, env, wanted] of [
    [true, {}, true],
    [false, {}, false],
    [true, { TERM: "dumb" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [true, { FORCE_COLOR: "0" }, false],
    [true, { NO_COLOR: "1" }, false],
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
  const BOTH: [number, number][] = [
    [1, 3],
    [0, 1],
  ];
  const cases: [width: number | undefined, cuts: [number, number][], ...lines: string[]][] = [
    [undefined, [], "a         b", "12345678  ABCDEFGH"],
    [17, [[0, 1]], "a        b", "123456…  ABCDEFGH"],
    [13, BOTH, "a         b", "12345678  AB…"],
    [11, BOTH, "a       b", "12345…  AB…"],
    [5, [[1, 3]], "a         b", "12345678  AB…"],
  ];
  for (const [width, cuts, ...lines] of cases)
    it(`${width ?? "any"} columns, cuts ${JSON.stringify(cuts)}`, () =>
      assert.equal(toTable(ROWS, width, cuts), lines.map((line) => `${line}\n`).join("")));

  it("an ideograph takes two columns, a colour none", () => {
    const rows = ["開発", "\u001b[31mab\u001b[39m"].map((text) => [text, "x"]);
    assert.equal(toTable(rows, undefined, []), "開発  x\n\u001b[31mab\u001b[39m    x\n");
  });
});

const WIPE = "\r\u001b[K";

/** What is written while work takes so long, and a line comes at the end of it. */
async function writtenDuring(ms: number, { isTTY }: { isTTY: boolean }): Promise<string> {
  const clock = new VirtualClock();
  let written = "";
  const write = (text: string) => {
    written += text;
    return true;
  };
  const progress = new Progress("Waiting …", { isTTY, write } as NodeJS.WriteStream, clock);
  const end = (resolve: () => void) => {
    progress.log("the rate limit is reached");
    resolve();
  };
  const work = new Promise<void>((resolve) => void clock.after(ms, () => end(resolve)));
  await clock.through(progress.during(work));
  progress.log("2 people");
  return written;
}

describe("progress", () => {
  it("is shown from a second on, below what is said, and wiped away", async () => {
    const written = await writtenDuring(1_001, { isTTY: true });
    assert.equal(written, `Waiting …${WIPE}the rate limit is reached\nWaiting …${WIPE}2 people\n`);
  });

  it("is not shown of a short wait, nor if nobody looks", async () => {
    for (const [ms, isTTY] of [
      [999, true],
      [60_000, false],
    ] as const)
      assert.equal(await writtenDuring(ms, { isTTY }), "the rate limit is reached\n2 people\n");
  });
});
