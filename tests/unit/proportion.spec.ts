import { strict as assert } from "node:assert";
import { readErrorBody } from "../../provider/src/client/classify";
import { readEmail } from "../../provider/src/invite/email";

const TRIES = 3;
const TIMES = 8;

/**
 * Milliseconds of the processor for a short input and for an eight times as long one, the best of some tries: by the
 * clock on the wall, what else this machine does would be in them.
 */
async function timesOf<Input>(inputs: [Input, Input], run: (input: Input) => unknown) {
  await run(inputs[0]);
  const best = [Infinity, Infinity] as [number, number];
  for (let one = 0; one < TRIES; one++)
    for (const which of [0, 1] as const) {
      const before = process.cpuUsage();
      await run(inputs[which]);
      const { user, system } = process.cpuUsage(before);
      best[which] = Math.min(best[which], (user + system) / 1000);
    }
  return { short: best[0], long: best[1] };
}

/** Linear, with some room; `noise`: the milliseconds below which measuring counts more than the work. */
function assertInProportion({ short, long }: { short: number; long: number }, noise: number): void {
  const bound = noise + short * TIMES * 4;
  assert.ok(long <= bound, `${short} ms, and ${long} ms for ${TIMES} times as much`);
}

describe("eight times as long an e-mail address takes no more than in proportion", () => {
  for (const letter of ["a", ".", "@", "-", "\u0301", "。", "ß", " ", "x.", "xn--"])
    it(`of ${JSON.stringify(letter)}`, async () => {
      const of = (size: number) => `ada@${letter.repeat(size)}.com`;
      assertInProportion(await timesOf([of(25_000), of(25_000 * TIMES)], readEmail), 0.5);
    });
});

describe("eight times as long an error body takes no more than in proportion", () => {
  const worst: [string, (size: number) => string][] = [
    ["<", (size) => "<".repeat(size)],
    ["<title", (size) => "<title".repeat(size / 6)],
    ["spaces", (size) => " ".repeat(size)],
    ["control characters", (size) => "\u0001".repeat(size)],
    ["letters", (size) => "a".repeat(size)],
    ["half surrogate pairs", (size) => "\ud83d".repeat(size)],
  ];
  for (const [name, text] of worst)
    it(`of ${name}`, async () => {
      const [short, long] = [text(1_250_000), text(1_250_000 * TIMES)];
      const json = (one: string) => ({ message: one, errors: [{ message: one, path: one }], error: [one] });
      assertInProportion(await timesOf([short, long], readErrorBody), 0.2);
      assertInProportion(await timesOf([json(short), json(long)], readErrorBody), 0.2);
    });
});
