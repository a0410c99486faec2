import { cp, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { Emulator } from "headshotpro-emulator";
import type { Backend } from "../tests/support/backends";
import { CHECKPOINTS_OFF } from "../tests/support/constants";
import { TestStack } from "../tests/support/stack";
import { installEarlier } from "./earlier";

/** Whoever runs the race: a program that declares `BENCH_PEOPLE` people, or everybody in people.csv. */
const CONTENDERS = {
  ours: "programs/ours.js",
  "our roster": "programs/our-roster.js",
  /** The plugin's face. */
  "our YAML roster": "programs/our-roster.yaml",
  /** Ours, as it was in 85defa9. */
  earlier: "programs/ours.js",
  /** The SDK's own way with a provider that does nothing: what design.md's budgets are against. */
  floor: "programs/floor.js",
  /** A provider that does nothing, with a text as short as ours. */
  bare: "programs/bare.js",
  tutorial: "peers/tutorial.js",
  roster: "prototypes/whole-roster.js",
} as const;

export type Contender = keyof typeof CONTENDERS;

/** A contender at a size. */
export interface Start {
  contender: Contender;
  people: number;
  checkpoints: boolean;
}

/** A stack with a contender's program in it. */
export async function stackOf(
  emulator: Emulator,
  { contender, people, checkpoints }: Start,
  backend?: Backend,
): Promise<TestStack> {
  const env = { BENCH_PEOPLE: String(people), ...(checkpoints ? {} : CHECKPOINTS_OFF) };
  const program = resolve(__dirname, CONTENDERS[contender]);
  const isYaml = extname(program) === ".yaml";
  const stack = isYaml
    ? await TestStack.create(emulator, {
        backend,
        env,
        language: "yaml",
        face: "plugin",
        program: await readFile(program, "utf8"),
      })
    : await TestStack.create(emulator, { backend, env });
  if (!isYaml) {
    await cp(dirname(program), stack.project, { recursive: true });
    await writeFile(join(stack.project, "package.json"), JSON.stringify({ main: basename(program) }));
  }
  if (contender === "earlier") await installEarlier(stack.project);
  const addresses = Array.from({ length: people }, (_, n) => `person${n + 1}@acme.com`);
  await writeFile(join(stack.project, "people.csv"), ["email", ...addresses, ""].join("\n"));
  return stack;
}
