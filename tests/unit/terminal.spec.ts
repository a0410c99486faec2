import assert from "node:assert/strict";
import { Progress, toTable, wantsColour } from "../../provider/src/cli/terminal";
import { VirtualClock } from "../support/virtual-clock";

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
