import fc from "fast-check";
import { done } from "./checked-command";
import { run } from "./interpreter";
import { scriptText } from "./script";
import { scripts, styles } from "./scripts";

const SECONDS = Number(process.env.MODEL_SECONDS ?? 10);

describe("the laws, for random programs, people, faults, crashes and clocks", () => {
  it("hold after every step of every script", async () => {
    const started = Date.now();
    let red = false;
    const property = fc.asyncProperty(scripts, styles, async (script, style) => {
      // Once the time is over nothing new is tried; what is red is made smaller all the same.
      if (!red && Date.now() - started > SECONDS * 1000) return;
      await run(script, style).catch((error) => {
        red = true;
        throw error;
      });
    });
    const result = await fc.check(property, {
      numRuns: Number(process.env.MODEL_SCRIPTS ?? 1500),
      interruptAfterTimeLimit: (SECONDS + 60) * 1000,
      ...(process.env.MODEL_SEED && { seed: Number(process.env.MODEL_SEED) }),
    });
    if (result.failed && result.counterexample) {
      const [script, style] = result.counterexample;
      const told = `seed ${result.seed}, after ${result.numShrinks} shrinks:\n${scriptText(script, style)}\n`;
      throw new Error(`${told}${(result.errorInstance as Error).message}`, { cause: result.errorInstance });
    }
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(
      `      ${done.scripts} scripts, ${done.lines} lines, ${done.commands} commands, ${done.requests} requests in ${seconds} s (seed ${result.seed})`,
    );
  });
});
