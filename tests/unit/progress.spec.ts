import assert from "node:assert/strict";
import { Progress } from "../../provider/src/cli/progress";
import { VirtualClock } from "../support/virtual-clock";

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
  await clock.through(
    progress.during(
      new Promise<void>((resolve) => {
        clock.after(ms, () => {
          progress.say("the rate limit is reached");
          resolve();
        });
      }),
    ),
  );
  progress.say("2 people");
  return written;
}

describe("progress", () => {
  for (const [what, ms, isTTY, written] of [
    ["says nothing of a short wait", 999, true, "the rate limit is reached\n2 people\n"],
    [
      "is shown from a second on, below what is said, and wiped away",
      1_001,
      true,
      `Waiting …${WIPE}the rate limit is reached\nWaiting …${WIPE}2 people\n`,
    ],
    ["is not shown if nobody looks", 60_000, false, "the rate limit is reached\n2 people\n"],
  ] as const)
    it(what, async () => {
      assert.equal(await writtenDuring(ms, { isTTY }), written);
    });
});
