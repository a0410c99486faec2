import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { commands, snippets } from "../support/reader";
import { TestStack } from "../support/stack";

const ROOT = resolve(__dirname, "../..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const COMMAND = join(ROOT, "provider/dist/cli/command.js");

/** What a reader does: write a file that the text names just before its content, or run commands. */
type Step = { file: string; text: string } | { command: string[] };

/** The steps of a part of the page, in order. A block that shows what is printed is none. */
function stepsIn(part: string): Step[] {
  const blocks = [...part.matchAll(/([^\n]*)\n\n```(\w+)\n([\s\S]*?)^```/gm)];
  return blocks.flatMap(([, before = "", fence = "", text = ""]): Step[] => {
    if (fence === "sh") return commands(`\`\`\`sh\n${text}\`\`\`\n`).map((command) => ({ command }));
    const file = [...before.matchAll(/`([\w.]+\.\w+)`/g)].at(-1)?.[1];
    return file === undefined ? [] : [{ file, text }];
  });
}

const partOf = (from: string, to: string) => README.slice(README.indexOf(from), README.indexOf(to));

describe("README", () => {
  /** Stands where a reader's own settings may lead to. Nobody is to be asked there. */
  let vendor: Emulator;
  let emulator: Emulator;
  let stack: TestStack;
  beforeEach(async () => {
    [vendor, emulator] = await Promise.all([startEmulator(), startEmulator()]);
    stack = await TestStack.create(vendor, { host: "yaml" }, true);
  });
  afterEach(async () => {
    await stack.remove();
    await Promise.all([vendor.close(), emulator.close()]);
  });

  /** Follows the page, and returns what was printed by each command of Pulumi's. */
  async function follow(steps: Step[]): Promise<string[]> {
    const printed: string[] = [];
    for (const step of steps) {
      if ("file" in step) await writeFile(join(stack.project, step.file), step.text);
      else printed.push(...(await run(step.command)));
    }
    return printed;
  }

  async function run([command = "", ...words]: string[]): Promise<string[]> {
    const line = [command, ...words].join(" ");
    if (command === "export") {
      const given = words.map((word) =>
        word.replace("127.0.0.1:8787", new URL(emulator.url).host).split("="),
      );
      stack.env = { ...stack.env, ...Object.fromEntries(given) };
    } else if (command === "npm") {
      // That the packages can be installed is tested in tests/package; npm does not install an optional peer by itself.
      assert.deepEqual(words, ["install", "pulumi-headshotpro", "@pulumi/pulumi", "typescript@5"]);
      await writeFile(join(stack.project, "package.json"), "{}");
    } else if (command === "npx") {
      const rest = words[1] === "emulator" ? ["--help"] : words.slice(2);
      execFileSync(process.execPath, [COMMAND, words[1] ?? "", ...rest], {
        cwd: stack.project,
        stdio: "pipe",
      });
    } else {
      assert.equal(command, "pulumi", line);
      const yes = ["up", "refresh"].includes(words[0] ?? "") ? ["--yes"] : [];
      return [(await stack.must(...words, ...yes)).printed];
    }
    return [];
  }

  const emailed = () => emulator.outbox.map(({ to }) => to);
  const FIRST = stepsIn(partOf("## The first stack", "Or without code"));
  const ROSTER = stepsIn(partOf("## A roster", "## A review"));

  it("followed word by word from an empty folder, it e-mails nobody but the emulator's people", async () => {
    assert.deepEqual(
      FIRST.flatMap((step) => ("file" in step ? [step.file] : [])),
      ["Pulumi.yaml", "index.ts"],
    );
    await follow(FIRST);
    assert.deepEqual(emailed(), ["ada@acme.com"]);

    const [preview = ""] = await follow(ROSTER);
    assert.match(preview, /^ +2 people will be e-mailed$/m);
    // What becomes of Ada stands in the first preview, and the next one has nothing to add.
    assert.match(
      preview,
      /ada@acme\.com moves to team team_xyz789: `pulumi up` revokes the invite \(pending\)/,
    );
    assert.deepEqual(emailed().sort(), ["ada@acme.com", "ada@acme.com", "grace@acme.com"]);
    assert.equal(emulator.invite("ada@acme.com")?.teamId, "team_xyz789");
    await stack.expectSettled();
    assert.deepEqual(vendor.requests, []);
  });

  it("the project in YAML runs as it stands, and the review begins as it is shown", async () => {
    const setUp = FIRST.filter((step) => "command" in step && step.command[0] !== "pulumi");
    await follow([...setUp, ...stepsIn(partOf("Or without code", "**For real**"))]);
    await stack.must("up", "--yes");
    assert.deepEqual(emailed(), ["ada@acme.com"]);
    await stack.must("destroy", "--yes");
    await follow([...FIRST, ...ROSTER].filter((step) => "file" in step));
    const { printed } = await stack.preview("--json");
    const review = execFileSync(process.execPath, [COMMAND, "review"], { input: printed, encoding: "utf8" });
    assert.equal(review.split("\n")[0], snippets(README, "text")[0]?.trim());
  });
});
