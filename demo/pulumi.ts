import { spawn } from "node:child_process";
import type { Engine } from "pulumi-engine";

/** How one command of the CLI ended, and all that it printed. */
export interface Ended {
  code: number;
  printed: string;
}

/** The demo was told to stop while a command ran. */
export class Interrupted extends Error {}

const GRACE_MS = 15_000;
const RESOURCE =
  /^\s*([+~-]{1,2})\s+pulumi-nodejs:\S+:HeadshotInvite (\S+) (created?|deleted?|updated?|replaced?|\*\*.* failed\*\*)(?=\s|$)/;
const SECTION = /^(Diagnostics|Resources|Outputs|Duration)\b/;
const NOISE = /^(error: (update|preview) failed|)$/;

/**
 * Runs one command of the CLI to its end.
 *
 * @param signal ends the command early, as Ctrl-C does: it finishes what it is at, and says so to its plugins.
 * @throws Interrupted once an interrupted command has ended.
 */
export function runPulumi(
  engine: Engine,
  args: string[],
  { cwd, env, signal }: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<Ended> {
  if (signal.aborted) return Promise.reject(new Interrupted());
  const child = spawn(engine.pulumi, [...args, "--non-interactive", "--color", "never"], {
    cwd,
    env: { ...env, PATH: engine.path },
    stdio: ["ignore", "pipe", "pipe"],
    // Out of the terminal's group: Ctrl-C comes from here alone. A second one would stop it the hard way.
    detached: process.platform !== "win32",
  });
  let killer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    child.kill("SIGINT");
    killer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  };
  signal.addEventListener("abort", interrupt, { once: true });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => (printed += text));
  }
  return new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (signal.aborted) reject(new Interrupted());
      else resolve({ code: code ?? -1, printed });
    });
  }).finally(() => {
    clearTimeout(killer);
    signal.removeEventListener("abort", interrupt);
  });
}

/** The environment without the user's own Pulumi and HeadshotPro settings: nothing of theirs is read or touched. */
export function withoutUserSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = ([name]: [string, unknown]) => !/^(PULUMI|HEADSHOTPRO)_/i.test(name);
  return Object.fromEntries(Object.entries(env).filter(foreign));
}

/** From all that a command of the CLI printed, the lines that say what happened to whom, each once. */
export function relevantLines(printed: string): string[] {
  const resources: string[] = [];
  const messages: string[] = [];
  const counts: string[] = [];
  let section = "";
  for (const line of printed.split("\n")) {
    section = SECTION.exec(line)?.[1] ?? section;
    const [, sign, name, verb] = RESOURCE.exec(line) ?? [];
    if (verb) resources.push(`${sign} ${name} ${verb.replaceAll("**", "")}`);
    else if (!/^\s/.test(line)) continue;
    else if (section === "Diagnostics" && /^\s{4}/.test(line)) messages.push(line.trim());
    else if (section === "Resources") counts.push(line.trim().replace(/^\d+ changes\. /, ""));
  }
  const summary = counts.length > 0 ? [`Resources: ${counts.join(", ")}`] : [];
  return [...new Set([...resources, ...messages, ...summary])].filter((line) => !NOISE.test(line));
}
