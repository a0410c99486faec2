import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import type { TestStack } from "../support/stack";

const ROOT = resolve(__dirname, "../..");

/** The command as it is compiled stands in for the installed one. */
const NPX = 'npx() { shift; "$NODE" "$COMMAND" "$@"; }';
const PATHS = { NODE: process.execPath, COMMAND: join(ROOT, "provider/dist/cli/command.js") };

/** A page of the guide that is written while somebody types at a terminal, in a stack's project. */
export class Transcript {
  private readonly page: string[];

  /**
   * @param env what the terminal has beside what the stack's has.
   * @param shown how something printed is to be shown.
   */
  constructor(
    introduction: string,
    private readonly stack: TestStack,
    private readonly env: Record<string, string> = {},
    private readonly shown = (printed: string) => printed,
  ) {
    this.page = [introduction];
  }

  say(text: string): void {
    this.page.push(text);
  }

  /** Writes a file of the project; the page has it in full, or as `shown`. */
  write(file: string, text: string, shown = text): void {
    writeFileSync(join(this.stack.project, file), text);
    this.say(`\`${file}\`:\n\n\`\`\`${extname(file).slice(1)}\n${shown.trim()}\n\`\`\``);
  }

  /** As `write`, where the page says in words what is in the file. */
  writeUnseen(file: string, text: string): void {
    writeFileSync(join(this.stack.project, file), text);
  }

  /** Runs a line as a shell would, and notes what it printed. */
  async type(line: string): Promise<{ code: number; printed: string }> {
    const env = { ...process.env, ...this.stack.environment(), ...PATHS, ...this.env, NO_COLOR: "1" };
    const { code, printed } = await new Promise<{ code: number; printed: string }>((done) => {
      // What is talk goes where the data goes, as in a terminal.
      const shell = ["-o", "pipefail", "-c", `exec 2>&1; ${NPX}; ${line}`];
      const options = { cwd: this.stack.project, env, maxBuffer: 16 * 1024 * 1024 };
      execFile("bash", shell, options, (error, stdout) =>
        done({ code: typeof error?.code === "number" ? error.code : 0, printed: stdout }),
      );
    });
    const ended = code === 0 ? "" : `\n\nIt ends with ${code}.`;
    this.say(`\`\`\`console\n$ ${line}\n${asPrinted(this.shown(printed))}\n\`\`\`${ended}`);
    return { code, printed };
  }

  /** As `type`, for what has to succeed. */
  async must(line: string): Promise<string> {
    const { code, printed } = await this.type(line);
    assert.equal(code, 0, printed);
    return printed;
  }

  /** Compares the page with the one in `docs/`, or writes it if `TRANSCRIPT=write` says so. */
  compare(name: string): void {
    const file = join(ROOT, "docs", name);
    const written = `${this.page.join("\n\n")}\n`;
    if (process.env.TRANSCRIPT === "write") writeFileSync(file, written);
    assert.equal(written, readFileSync(file, "utf8"));
  }
}

/** A row of the engine that goes on so after the resource's name. */
function row(rest: string): RegExp {
  return new RegExp(`(^ [+~ -]{1,2} +\\w[\\w-]*:\\S+:\\S+ \\S+)${rest}`, "gm");
}

/** What differs from run to run and tells a reader nothing. */
const CHANGING: readonly [RegExp, string][] = [
  [/ \([\d.]+m?s\)/g, ""],
  [/^@ (previewing update|updating|refreshing|destroying)\.+/gm, ""],
  [row(" (creating|deleting|updating|replacing|refreshing|running)( .*)?$"), ""],
  // It is in the diagnostics as well, and in a row as soon or as late as it happens to come.
  [/^ .*:HeadshotRoster \S+ .*(\.csv: |will be e-mailed).*$/gm, ""],
  // What stays as it is has a row or none.
  [row(" *$"), ""],
  [row("  \\S.*$"), ""],
  [row("( \\w+(?: \\[diff: [^\\]]*\\])?)(?:; | \\d+ error| error: ).*$"), "$1$2"],
  [/^Duration: .*$/gm, ""],
  [/http:\/\/127\.0\.0\.1:\d+/g, "http://127.0.0.1:8787"],
  [/[ \t]+$/gm, ""],
  [/\n{2,}/g, "\n\n"],
];

/** The engine works on many people at once, so the order of its rows and of its diagnostics is chance. */
const ROWS = /(^ [+~ -]{1,2} +\w[\w-]*:\S+:\S+ .*\n+)+/gm;
const DIAGNOSTICS = /(^ {2}\S+:\S+:\S+ \(.*\):\n(^ {4}.*\n)+\n*)+/gm;

/** Every run is on this day. */
const DAY = Date.parse("2026-11-23");

/** The output of a command as a reader of the guide is to see it: without times, in a stable order. */
function asPrinted(text: string): string {
  return CHANGING.reduce((printed, [changing, instead]) => printed.replace(changing, instead), text)
    .replace(/\d{4}-\d\d-\d\d/g, onThatDay)
    .replace(ROWS, (rows) => `${[...new Set(rows.split(/\n+/))].sort().join("\n")}\n\n`)
    .replace(DIAGNOSTICS, (blocks) =>
      blocks
        .split(/^(?= {2}\S)/m)
        .sort()
        .join(""),
    )
    .replace(/\n{2,}/g, "\n\n")
    .trim();
}

function onThatDay(date: string): string {
  const since = Date.parse(date) - Date.parse(new Date().toISOString().slice(0, 10));
  return new Date(DAY + since).toISOString().slice(0, 10);
}
