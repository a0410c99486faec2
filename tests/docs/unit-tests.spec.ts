import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { snippets } from "../support/reader";
import { TestStack } from "../support/stack";

const PAGE = readFileSync(resolve(__dirname, "../../docs/unit-tests.md"), "utf8");

describe("docs/unit-tests.md", () => {
  let emulator: Emulator;
  let stack: TestStack;
  before(async () => {
    emulator = await startEmulator();
    stack = await TestStack.create(emulator, { program: "" });
    await writeFile(join(stack.project, "index.ts"), snippets(PAGE, "ts")[0] ?? "");
    await writeFile(join(stack.project, "tsconfig.json"), '{ "compilerOptions": { "strict": true } }');
  });
  after(async () => {
    await stack.remove();
    await emulator.close();
  });

  /** Types are checked as well, as a user's ts-node does. */
  async function run(spec: string): Promise<string> {
    await writeFile(join(stack.project, "people.spec.ts"), spec);
    const args = ["--no-config", "--timeout", "120000", "--require", "ts-node/register", "people.spec.ts"];
    return new Promise((done) => {
      execFile(
        join(stack.project, "node_modules/.bin/mocha"),
        args,
        { cwd: stack.project, env: { ...process.env, ...stack.environment() } },
        (error, stdout, stderr) => done(`${error ? `exit code ${error.code}\n` : ""}${stdout}${stderr}`),
      );
    });
  }

  const [mocks = "", emulated = "", ...others] = snippets(PAGE, "typescript");

  it("has two tests", () =>
    assert.deepEqual([mocks !== "", emulated !== "", others.length], [true, true, 0]));

  it("the test with mocks passes as it stands, and asks nobody", async () => {
    const printed = await run(mocks);
    assert.match(printed, /2 passing/, printed);
    assert.deepEqual(emulator.requests, []);
  });

  it("the test with mocks can fail", async () => {
    const printed = await run(mocks.replace('["grace@acme.com"]', '["zoe@acme.com"]'));
    for (const part of ["exit code 1", "1 passing", "1 failing"]) assert.ok(printed.includes(part), printed);
  });

  it("the test with the emulator passes as it stands, on the real engine, and leaves nobody behind", async () => {
    const printed = await run(emulated);
    assert.match(printed, /1 passing/, printed);
    assert.deepEqual(
      emulator.outbox.map(({ to }) => to),
      ["ada@acme.com"],
    );
    const pages = await fetch(new URL("/_emulator/invites", emulator.url));
    assert.deepEqual(
      ((await pages.json()) as { status: string }[]).map(({ status }) => status),
      ["revoked"],
    );
  });

  it("what people do, as the page names it, is what the emulator does, in this order", async () => {
    const [, path = "", first = "", rest = ""] = /`POST (\S+\/)(\w+)`, then (.+?)\. From/.exec(PAGE) ?? [];
    const deeds = [first, ...[...rest.matchAll(/`(\w+)`/g)].map(([, deed]) => deed ?? "")];
    assert.equal(deeds.length, 4);
    emulator.inviteByHand({ email: "ada@acme.com" });
    for (const deed of deeds) {
      const reply = await fetch(new URL(path + deed, emulator.url), { method: "POST" });
      assert.equal(reply.status, 200, `${deed}: ${await reply.text()}`);
    }
  });
});
