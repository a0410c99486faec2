import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { snippets } from "../support/snippets";
import { TestStack } from "../support/stack";

const ROOT = resolve(__dirname, "../..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

describe("README", () => {
  const programs = snippets(README, "ts");
  it("has programs to run", () => assert.equal(programs.length, 4));

  for (const [index, program] of programs.entries()) {
    const title = program
      .split("\n")
      .find((line) => /new \w+\(/.test(line))
      ?.trim();
    it(`program ${index + 1} runs as it stands: ${title}`, async () => {
      const emulator = await startEmulator();
      const env = { HEADSHOTPRO_EMEA_KEY: emulator.apiKey };
      const stack = await TestStack.create(emulator, { program: "", env });
      try {
        await writeFile(join(stack.project, "index.ts"), program);
        const up = await stack.up();
        assert.equal(up.code, 0, up.printed);
        // Each declares as many people as it has addresses; the client's only lists them.
        const addresses = new Set(program.match(/\w+@[\w.]+/g));
        assert.deepEqual(new Set(up.emails), addresses);
        assert.equal(up.emails.length, addresses.size);
      } finally {
        await stack.remove();
        await emulator.close();
      }
    });
  }

  it("names commands that exist, and the pulumi ones run as they stand", async () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const emulator = await startEmulator();
    const stack = await TestStack.create(emulator, { program: "", env: { HEADSHOTPRO_API_KEY: undefined } });
    await writeFile(join(stack.project, "index.ts"), programs[0] ?? "");
    try {
      for (const line of snippets(README, "sh").join("").split("\n")) {
        const [command = "", ...words] = line
          .replace(/\s+#.*/, "")
          .trim()
          .split(/\s+/);
        if (command === "npm" && words[0] !== "install") assert.ok(scripts[words.at(-1) ?? ""], line);
        else if (command === "npm") assert.equal(words[1], "pulumi-headshotpro");
        else if (command === "node") assert.ok(existsSync(join(ROOT, words[0] ?? "")), line);
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
