import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Emulator } from "headshotpro-emulator";

const COMMAND = require.resolve("../emulator/dist/command.js");

/** The emulator in a process of its own, so that it shares no event loop with what is measured. */
export interface EmulatorProcess {
  /** What a stack asks of an emulator: where it is. */
  emulator: Emulator;
  /** How many requests have come in so far. */
  countRequests(): Promise<number>;
  /** Has somebody who was invited sign up. */
  accept(email: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one with a rate limit that nobody reaches, told in each reply, and without latency, with credits for so many people. */
export async function startEmulatorProcess(people: number): Promise<EmulatorProcess> {
  const switches = {
    "--port": 0,
    "--rate-limit": 1_000_000,
    "--credits": people,
    "--api-key": "hp_bench_key",
  };
  const child = spawn(process.execPath, [COMMAND, ...Object.entries(switches).flat().map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const [first] = await Promise.race([once(lines, "line"), once(child, "exit")]);
  const url = /http:\S+/.exec(String(first))?.[0];
  if (!url) throw new Error(`The emulator did not start: ${first}`);
  lines.close();
  child.stdout.resume();
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const located: Pick<Emulator, "url" | "apiKey" | "requests" | "outbox"> = {
    url,
    apiKey: "hp_bench_key",
    requests: [],
    outbox: [],
  };
  return {
    emulator: located as Emulator,
    countRequests: async () => {
      const reply = await fetch(new URL("/_emulator/requests", url));
      return ((await reply.json()) as unknown[]).length;
    },
    accept: async (email) => {
      const path = `/_emulator/people/${encodeURIComponent(email)}/accept`;
      const { ok, status } = await fetch(new URL(path, url), { method: "POST" });
      if (!ok) throw new Error(`the emulator answers ${status} to ${path}`);
    },
    stop: async () => {
      process.off("exit", kill);
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
