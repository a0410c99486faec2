import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { TestStack } from "../support/stack";

const EXAMPLE = resolve(__dirname, "../../examples/automation");

describe("examples/automation, on the real engine", () => {
  let emulator: Emulator;
  let stack: TestStack;
  before(async () => {
    emulator = await startEmulator();
    stack = await TestStack.create(emulator, { project: EXAMPLE });
  });
  after(async () => {
    await stack.remove();
    await emulator.close();
  });

  const sync = () =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((done) => {
      const env = { ...process.env, ...stack.environment(), STACK: stack.name };
      const args = ["--require", "ts-node/register/transpile-only", "sync.ts"];
      execFile(process.execPath, args, { cwd: stack.project, env }, (error, stdout, stderr) =>
        done({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
  const roster = (...people: string[]) =>
    writeFile(join(stack.project, "people.csv"), `email\n${people.join("\n")}\n`);

  it("invites the roster, and says what changed and where people stand", async () => {
    const { code, stdout, stderr } = await sync();
    assert.equal(code, 0, stderr);
    // Three people, the roster and the stack itself.
    assert.deepEqual(JSON.parse(stdout), { changes: { create: 5 }, people: { pending: 3 } });
    assert.equal(emulator.outbox.length, 3);
  });

  it("stops if more people would leave than may", async () => {
    await roster("new@acme.com", "newer@acme.com");
    process.env.MAY_LEAVE = "1";
    const { code, stderr } = await sync();
    delete process.env.MAY_LEAVE;
    assert.equal(code, 1);
    assert.match(stderr, /3 people would lose their invites, more than 1\. Look at people\.csv\./);
    assert.equal(emulator.outbox.length, 3);
  });
});
