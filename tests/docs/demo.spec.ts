import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");
const PEOPLE = ["ada@acme.com", "grace@acme.com", "linus@acme.com", "zoe@acme.com"];

/** The demo as `npm run demo` starts it after the setup, piped, with a temporary folder of its own. */
function startDemo(temporary: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ["--require", "ts-node/register", "demo/run.ts"], {
    cwd: ROOT,
    // ts-node keeps a cache for all its users there, which is none of the demo's files.
    env: { ...process.env, TMPDIR: temporary, DISABLE_V8_COMPILE_CACHE: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (data) => (output.stdout += data));
  child.stderr.setEncoding("utf8").on("data", (data) => (output.stderr += data));
  const ended = new Promise<number | null>((done) => child.on("close", (code) => done(code)));
  return { output, ended };
}

describe("the demo, on the real engine", () => {
  let temporary: string;

  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), "demo-spec-"));
  });
  afterEach(() => rm(temporary, { recursive: true, force: true }));

  it("ends 0, e-mails the people who were invited, and leaves nothing behind", async () => {
    // The user's own settings have no say in it.
    const own = {
      HEADSHOTPRO_FORCE_DESTROY: "true",
      HEADSHOTPRO_API_KEY: "hp_real_key",
      PULUMI_STACK: "prod",
    };
    const demo = startDemo(temporary, own);
    assert.equal(await demo.ended, 0, demo.output.stdout + demo.output.stderr);
    const { stdout, stderr } = demo.output;
    assert.equal(stderr, "");

    const table = [...stdout.matchAll(/^ +(\S+@\S+) +(\d+) +step (\d) +(\w+)$/gm)];
    assert.deepEqual(
      table.map(([, email, emails, , status]) => [email, emails, status]),
      PEOPLE.map((email) => [email, "1", "revoked"]),
    );
    assert.equal(stdout.match(/✔ as it should be/g)?.length, 8);

    assert.ok(!stdout.includes("\u001b"), "no colour in a pipe");
    assert.deepEqual(await readdir(temporary), []);
  });
});
