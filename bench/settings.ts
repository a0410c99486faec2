import { parseArgs } from "node:util";

/** How much is measured. */
export interface Settings {
  /** Which parts, in the order in which they run. */
  parts: string[];
  /** Numbers of people. The budgets are about 1,000. */
  sizes: number[];
  /** How often the `up` of the largest size is measured, which the bounds are about; all else once. */
  rounds: number;
  quick: boolean;
  /** The sizes that the budgets are about: only then the figures go into latest.json and the documents. */
  isWhole: boolean;
}

/**
 * @throws Error if an argument is wrong, naming it.
 * @example
 * settingsOf(["--only", "up,limits", "--sizes", "10,100"], ["start", "up", "limits"]);
 */
export function settingsOf(args: string[], known: readonly string[]): Settings {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      sizes: { type: "string" },
      quick: { type: "boolean", default: false },
    },
  });
  const { quick } = values;
  const parts = values.only?.split(",") ?? [...known];
  const unknown = parts.find((part) => !known.includes(part));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there is ${known.join(", ")}`);
  const sizes = values.sizes?.split(",").map(Number) ?? (quick ? [10, 30] : [10, 100, 1000]);
  const bad = sizes.find((size) => !Number.isInteger(size) || size < 1);
  if (bad !== undefined) throw new Error(`--sizes ${values.sizes}: whole numbers of people, such as 10,100`);
  const isWhole = !quick && values.sizes === undefined;
  return { parts, sizes: sizes.sort((a, b) => a - b), rounds: quick ? 1 : 2, quick, isWhole };
}
