import { type Environment, type Key, VARIABLES } from "../settings";
import { type About, aboutOf } from "./doctor/machine";
import type { StackConfig, StackValue } from "./doctor/settings";
import { Ending, EXIT } from "./exit";
import { pulumi } from "./pulumi";

/** What the CLI says of itself and of the project in this folder; "missing": there is none. @throws Ending on Ctrl-C */
export async function probeAbout(): Promise<About | "missing" | undefined> {
  try {
    return aboutOf(JSON.parse((await pulumi(["about", "--json", "--non-interactive"], "probe")).stdout));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    if (error instanceof Ending && error.code === EXIT.failed) return "missing";
    throw error;
  }
}

const NAMESPACE = "headshotpro:";

/**
 * Our part of a stack's configuration, with the secrets that count: what the environment has is not decrypted.
 *
 * @param stack `--stack` and its name, or nothing for the selected one.
 * @returns undefined if there is no stack, or none that can be read.
 * @throws Ending on Ctrl-C
 */
export async function probeConfig(stack: string[], env: Environment): Promise<StackConfig | undefined> {
  const { stdout, code } = await pulumi(["config", "--json", "--non-interactive", ...stack], "probe");
  if (code !== 0) return undefined;
  const all = JSON.parse(stdout) as Record<string, { value?: string; secret: boolean }>;
  const config: Record<string, StackValue> = {};
  for (const [name, { value, secret }] of Object.entries(all)) {
    if (!name.startsWith(NAMESPACE)) continue;
    const key = name.slice(NAMESPACE.length);
    const isOverruled = env[VARIABLES[key as Key]]?.trim();
    const text = secret && !isOverruled ? await decrypted(name, stack) : value;
    config[key] = { isSecret: secret, text };
  }
  return config;
}

async function decrypted(name: string, stack: string[]): Promise<string | undefined> {
  const { stdout, code } = await pulumi(["config", "get", name, "--non-interactive", ...stack], "probe");
  return code === 0 ? stdout.replace(/\r?\n$/, "") : undefined;
}
