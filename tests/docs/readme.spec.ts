import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { commands, snippets } from "../support/reader";
import { TestStack } from "../support/stack";

const ROOT = resolve(__dirname, "../..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

const [PEOPLE = ""] = snippets(README, "csv");
const COMMAND = join(ROOT, "provider/dist/cli/command.js");

describe("README", () => {
  const programs = snippets(README, "ts");
  it("has programs to run", () => assert.equal(programs.length, 2));

  /** Runs a program, and sees that it invites whom it declares. */
  async function runs(program: string, file: string, language: "typescript" | "yaml"): Promise<void> {
    const emulator = await startEmulator();
    const stack = await TestStack.create(emulator, { language, program: "" });
    try {
      await writeFile(join(stack.project, file), program);
      await writeFile(join(stack.project, "people.csv"), PEOPLE);
      const up = await stack.up();
      assert.equal(up.code, 0, up.printed);
      // Each declares as many people as it, or its roster, has addresses.
      const declared = program.includes("people.csv") ? PEOPLE : program;
      const addresses = new Set(declared.match(/\w+@[\w.]+/g));
      assert.deepEqual(new Set(up.emails), addresses);
      assert.equal(up.emails.length, addresses.size);
    } finally {
      await stack.remove();
      await emulator.close();
    }
  }

  for (const [index, program] of programs.entries()) {
    const title = program
      .split("\n")
      .find((line) => /new \w+\(/.test(line))
      ?.trim();
    it(`program ${index + 1} runs as it stands: ${title}`, () => runs(program, "index.ts", "typescript"));
  }

  it("the project in YAML runs as it stands", () => {
    const [project = "", ...others] = snippets(README, "yaml");
    assert.deepEqual(others, []);
    return runs(project, "Pulumi.yaml", "yaml");
  });

  it("shows how the review of its roster begins", async () => {
    const emulator = await startEmulator();
    const stack = await TestStack.create(emulator, { program: "" });
    try {
      await writeFile(join(stack.project, "index.ts"), programs[1] ?? "");
      await writeFile(join(stack.project, "people.csv"), PEOPLE);
      const { printed } = await stack.preview("--json");
      const review = execFileSync(process.execPath, [COMMAND, "review"], {
        input: printed,
        encoding: "utf8",
      });
      assert.equal(review.split("\n")[0], snippets(README, "text")[0]?.trim());
    } finally {
      await stack.remove();
      await emulator.close();
    }
  });

  it("names commands that exist, and the pulumi ones run as they stand", async () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const emulator = await startEmulator();
    const stack = await TestStack.create(emulator, { program: "", env: { HEADSHOTPRO_API_KEY: undefined } });
    await writeFile(join(stack.project, "index.ts"), programs[0] ?? "");
    try {
      for (const [command = "", ...words] of commands(README)) {
        const line = [command, ...words].join(" ");
        if (command === "npm" && words[0] !== "install") assert.ok(scripts[words.at(-1) ?? ""], line);
        else if (command === "npm") assert.equal(words[1], "pulumi-headshotpro");
        // What it prints is shown in docs/transcript.md.
        else if (command === "npx") execFileSync(process.execPath, [COMMAND, words[1] ?? "", "--help"]);
        else if (command === "export") assert.ok(words[1]?.endsWith(`=${emulator.apiKey}`), line);
        else if (words[0] === "config") await stack.must(...words, emulator.apiKey);
        else if (command === "pulumi")
          await stack.must(...words, ...(words[0] === "preview" ? [] : ["--yes"]));
        else assert.equal(command, "", `${line}: a command that this test does not know`);
      }
      assert.deepEqual(
        emulator.outbox.map(({ to }) => to),
        ["ada@acme.com"],
      );
    } finally {
      await stack.remove();
      await emulator.close();
    }
  });
});
