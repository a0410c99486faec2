import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Engine } from "pulumi-engine";
import { environment } from "../stack";
import { type CommandOptions, run } from "../tools";

/** A command that runs until it is stopped. */
export interface Service {
  /** Waits until this is printed, and returns its first group. */
  printed(pattern: RegExp): Promise<string>;
  stop(): void;
}

export function startService(file: string, args: string[], { cwd, env }: CommandOptions): Service {
  // A group of its own: npx starts the command that is meant.
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, detached: true });
  let text = "";
  const stop = () => {
    process.off("exit", stop);
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  };
  process.once("exit", stop);
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (text += data));
  return {
    stop,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text);
          if (match) resolve(match[1] ?? "");
        };
        child.stdout.on("data", look);
        child.on("error", reject);
        child.on("close", () => reject(new Error(`${file} ended before it printed ${pattern}:\n${text}`)));
        look();
      }),
  };
}

/** An empty folder with a stack, in which somebody follows instructions by typing them into a shell. */
export class Place {
  private constructor(
    readonly project: string,
    /** What the shell has in its environment. */
    readonly env: Record<string, string>,
  ) {}

  /**
   * @param folder for the project, the state and the CLI's own folder.
   * @param files the project's, by name, `Pulumi.yaml` among them.
   */
  static async make(
    folder: string,
    engine: Engine,
    files: Record<string, string>,
    env: Record<string, string>,
  ): Promise<Place> {
    const project = join(folder, "project");
    for (const name of [project, join(folder, "state")]) await mkdir(name, { recursive: true });
    // Nobody is asked who runs `up` without a terminal.
    const place = new Place(project, {
      ...environment(folder, engine),
      PULUMI_SKIP_CONFIRMATIONS: "true",
      ...env,
    });
    await place.write(files);
    await place.type("pulumi stack init test");
    return place;
  }

  async write(files: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const file = join(this.project, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }

  /**
   * Runs a line as it stands and returns what it printed on stdout.
   *
   * @throws Error with the line and everything that it printed, if it does not end 0.
   */
  type(line: string): Promise<string> {
    return run("sh", ["-c", line], { cwd: this.project, env: this.env });
  }
}

/** The emulator that the installed package brings, as its command says where it is. */
export class InstalledEmulator {
  private constructor(
    private readonly service: Service,
    /** With the path of the API, as HEADSHOTPRO_BASE_URL has it. */
    readonly url: string,
  ) {}

  /** @param line the command that starts it, as the README has it. Its port is left to the system. */
  static async start(line: string, cwd: string, env: Record<string, string>): Promise<InstalledEmulator> {
    const service = startService("sh", ["-c", `${line} --port 0`], { cwd, env });
    return new InstalledEmulator(service, await service.printed(/export HEADSHOTPRO_BASE_URL=(\S+)/));
  }

  /** Whom it has sent e-mails, in order. */
  async emails(): Promise<string[]> {
    const reply = await fetch(new URL("/_emulator/outbox", this.url));
    const outbox = (await reply.json()) as { to: string }[];
    return outbox.map(({ to }) => to);
  }

  close(): void {
    this.service.stop();
  }
}
