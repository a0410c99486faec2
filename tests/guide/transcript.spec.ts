import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { TestStack } from "../support/stack";
import { asPrinted } from "./as-printed";
import { FIXED, MISTAKEN, ONE_LESS, ONE_ORGANIZATION, TWO_ORGANIZATIONS } from "./steps";

const ROOT = resolve(__dirname, "../..");
const TRANSCRIPT = join(ROOT, "docs/transcript.md");

/** The command as it is compiled stands in for the installed one. */
const NPX = 'npx() { shift; "$NODE" "$COMMAND" "$@"; }';
const PATHS = { NODE: process.execPath, COMMAND: join(ROOT, "provider/dist/cli/command.js") };

const INTRODUCTION = `# A spreadsheet's whole way

Twenty people in a spreadsheet, three mistakes, one who leaves, and a second organization; on the emulator, as it was printed (times left out, rows of the engine sorted). \`npm run check:guide\` plays it again, and \`TRANSCRIPT=write npm run check:guide\` writes this page.`;

describe("a new user's way, from a spreadsheet to a second organization", () => {
  let emulator: Emulator;
  let second: Emulator;
  let stack: TestStack;
  const page: string[] = [INTRODUCTION];

  before(async () => {
    [emulator, second] = [await startEmulator(), await startEmulator({ apiKey: "hp_second_key" })];
    stack = await TestStack.create(emulator, { program: "" });
  });
  after(async () => {
    await stack.remove();
    await Promise.all([emulator.close(), second.close()]);
  });

  const emails = () => emulator.outbox.map(({ to }) => to);
  const say = (text: string) => void page.push(text);

  function write(file: string, text: string, shown = text): void {
    writeFileSync(join(stack.project, file), text);
    const language = file.endsWith(".ts") ? "ts" : "csv";
    page.push(`\`${file}\`:\n\n\`\`\`${language}\n${shown.trim()}\n\`\`\``);
  }

  /** Runs a line as a shell would, and notes what it printed. */
  async function type(line: string): Promise<{ code: number; printed: string }> {
    const ours = stack.environment();
    const env = { ...process.env, ...ours, ...PATHS, SECOND_KEY: second.apiKey, NO_COLOR: "1" };
    const { code, printed } = await new Promise<{ code: number; printed: string }>((done) => {
      // What is talk goes where the data goes, as in a terminal.
      const shell = ["-o", "pipefail", "-c", `exec 2>&1; ${NPX}; ${line}`];
      const options = { cwd: stack.project, env, maxBuffer: 16 * 1024 * 1024 };
      execFile("bash", shell, options, (error, stdout) =>
        done({ code: typeof error?.code === "number" ? error.code : 0, printed: stdout }),
      );
    });
    const output = asPrinted(printed.replaceAll(second.url, "https://second.example/api/v2"));
    const ended = code === 0 ? "" : `\n\nIt ends with ${code}.`;
    page.push(`\`\`\`console\n$ ${line}\n${output}\n\`\`\`${ended}`);
    return { code, printed };
  }

  it("validate names the three mistakes, and nobody was asked", async () => {
    say("## Twenty people, three mistakes");
    write("people.csv", MISTAKEN);
    const { code, printed } = await type("npx pulumi-headshotpro validate people.csv");
    assert.equal(code, 1);
    assert.equal(printed.match(/^people\.csv:\d+: /gm)?.length, 3, printed);
    assert.deepEqual(emulator.requests, []);
  });

  it("fixed, the preview and its review name twenty e-mails", async () => {
    say("Corrected:");
    writeFileSync(join(stack.project, "people.csv"), FIXED);
    assert.equal((await type("npx pulumi-headshotpro validate people.csv")).code, 0);
    say("## The preview, and what a pull request would say");
    write("index.ts", ONE_ORGANIZATION);
    const preview = await type("pulumi preview");
    assert.equal(preview.code, 0, preview.printed);
    const review = await type("pulumi preview --json | npx pulumi-headshotpro review");
    assert.equal(review.code, 0, review.printed);
    assert.match(review.printed, /20 people will be e-mailed/);
    assert.deepEqual(emails(), []);
  });

  it("the up e-mails each of them once", async () => {
    const up = await type("pulumi up --yes --skip-preview");
    assert.equal(up.code, 0, up.printed);
    assert.equal(new Set(emails()).size, 20);
    assert.equal(emails().length, 20);
    assert.equal((await type("npx pulumi-headshotpro status --status pending --team team_abc123")).code, 0);
  });

  it("somebody who leaves is in the review before they are revoked", async () => {
    say("## Somebody leaves\n\nThe row of Zuse is taken out.");
    writeFileSync(join(stack.project, "people.csv"), ONE_LESS);
    const review = await type("pulumi preview --json | npx pulumi-headshotpro review");
    assert.equal(review.code, 0, review.printed);
    assert.match(review.printed, /konrad\.zuse@acme\.com/);
    const up = await type("pulumi up --yes --skip-preview");
    assert.equal(up.code, 0, up.printed);
    assert.equal(emulator.invite("konrad.zuse@acme.com")?.status, "revoked");
    assert.equal(emails().length, 20);
  });

  it("the same people into a second organization, and none of them into the wrong one", async () => {
    say("## A second organization");
    const program = TWO_ORGANIZATIONS.replace("BASE_URL", JSON.stringify(second.url));
    write("index.ts", program, TWO_ORGANIZATIONS.replace(", baseUrl: BASE_URL", ""));
    const review = await type("pulumi preview --json | npx pulumi-headshotpro review");
    assert.match(review.printed, /19 people will be e-mailed/);
    const up = await type("pulumi up --yes --skip-preview");
    assert.equal(up.code, 0, up.printed);
    assert.equal(emails().length, 20);
    assert.equal(second.outbox.length, 19);
    const again = await type("pulumi up --yes --skip-preview --expect-no-changes");
    assert.equal(again.code, 0, again.printed);
  });

  it("is kept as it was printed, in docs/transcript.md", () => {
    const printed = `${page.join("\n\n")}\n`;
    if (process.env.TRANSCRIPT === "write") writeFileSync(TRANSCRIPT, printed);
    assert.ok(existsSync(TRANSCRIPT));
    assert.equal(printed, readFileSync(TRANSCRIPT, "utf8"));
  });
});
