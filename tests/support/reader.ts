import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import type { Language } from "pulumi-engine";
import { type Outcome, TestStack } from "./stack";

/** The fenced blocks of a language in a Markdown page, in order. */
export function snippets(page: string, language: string): string[] {
  const blocks = page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"));
  return [...blocks].map(([, text]) => text ?? "");
}

/** The commands in shell blocks, as words: each part of a pipe by itself, without comments and variables set. */
export function commands(page: string): string[][] {
  return snippets(page, "sh")
    .flatMap((block) => block.split("\n"))
    .flatMap((line) => line.replace(/\s+#.*/, "").split(" | "))
    .map((command) =>
      command
        .trim()
        .split(/\s+/)
        .filter((word, _, words) => words[0] === "export" || !/^[A-Z_]+=/.test(word)),
    )
    .filter(([program]) => program);
}

const EXAMPLES = resolve(__dirname, "../../examples");

/** Somebody who follows an example's README, command by command, with the emulator in place of the API. */
export class Reader {
  private constructor(
    readonly emulator: Emulator,
    readonly stack: TestStack,
    private readonly commands: string[][],
  ) {}

  /** @param host the host that the example's language needs beside Node's. */
  static async of(example: string, host?: Language): Promise<Reader> {
    const emulator = await startEmulator();
    // Without a key in the environment: the one that the README stores has to do.
    const env = { HEADSHOTPRO_API_KEY: undefined, HEADSHOTPRO_FORCE_DESTROY: undefined };
    const stack = await TestStack.create(emulator, { project: resolve(EXAMPLES, example), host, env });
    const readme = readFileSync(resolve(EXAMPLES, example, "README.md"), "utf8");
    const typed = commands(readme.replaceAll("'", "")).filter(([program]) => program === "pulumi");
    return new Reader(emulator, stack, typed);
  }

  /** Runs the README's commands up to and including the next one that starts so. */
  async follow(until: string): Promise<Outcome> {
    for (;;) {
      const [, ...words] =
        this.commands.shift() ?? assert.fail(`the README has no further "pulumi ${until}"`);
      const outcome = await this.stack.must(...words, ...this.answersTo(words));
      if (words.join(" ").startsWith(until)) return outcome;
    }
  }

  /** What a reader types when the command asks. */
  private answersTo([verb = "", ...rest]: string[]): string[] {
    if (["up", "refresh", "destroy"].includes(verb)) return ["--yes", "--skip-preview"];
    if (verb === "state") return ["--yes"];
    return rest.includes("--secret") ? [this.emulator.apiKey] : [];
  }

  statuses(): Record<string, string> {
    return Object.fromEntries(this.emulator.invites().map(({ email, status }) => [email, status]));
  }

  async end(): Promise<void> {
    assert.deepEqual((await this.stack.export()).resources, []);
    assert.deepEqual(this.commands, [], "the README has commands that were not tried");
  }

  async close(): Promise<void> {
    await this.stack.remove();
    await this.emulator.close();
  }
}
