import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { organizationForEach } from "../support/organization";

const TWICE = 'error: ada@acme.com is declared twice, by "a" and by "b".';

/** Each declares ada as `a` and as `b`. */
const DUPLICATES: [string, string][] = [
  [
    "as text",
    `new HeadshotInvite("a", { email: "Ada@acme.com" });
     new HeadshotInvite("b", { email: "ada@acme.com " });`,
  ],
  [
    "as values that are known later",
    `new HeadshotInvite("a", { email: pulumi.output("Ada@acme.com") });
     const later = new Promise((resolve) => setTimeout(resolve, 300, "ada@acme.com"));
     const b = new HeadshotInvite("b", { email: later });
     exports.status = b.status;`,
  ],
];

async function timed<T>(run: () => Promise<T>): Promise<[T, ms: number]> {
  const began = performance.now();
  return [await run(), performance.now() - began];
}

describe("a person who is declared twice, on the real engine", () => {
  const organization = organizationForEach();

  for (const [name, program] of DUPLICATES) {
    it(`${name}: one error in the preview names both, without stack frames`, async () => {
      const { stack } = organization;
      const [, usual] = await timed(() => stack.preview());
      await stack.setProgram(program);
      const [preview, took] = await timed(() => stack.preview());
      // The SDK takes half a minute longer to print an error with the promises of an output hanging on it.
      assert.ok(took - usual < 20_000, `the error came late: ${took} ms against ${usual} ms`);
      assert.notEqual(preview.code, 0);
      const summary = preview.printed.slice(preview.printed.indexOf("Diagnostics:"));
      assert.equal(summary.match(/error:/g)?.length, 1, preview.printed);
      assert.ok(summary.includes(TWICE), preview.printed);
      assert.doesNotMatch(preview.printed, /\n\s+at |Error:|serializing/);
      const up = await stack.up();
      assert.notEqual(up.code, 0);
      assert.ok((await stack.export()).resources.length <= 1, "the second was registered");
    });
  }

  it("is none if one of the two only looks, or belongs to another organization", async () => {
    const { emulator, stack } = organization;
    stack.env = { OTHER_KEY: emulator.apiKey };
    await stack.setProgram(`
      new HeadshotInvite("a", { email: "ada@acme.com" });
      HeadshotInvite.get("b", "zoe@acme.com");
      new HeadshotInvite("c", { email: "zoe@acme.com" });
      const other = new Provider("other", { apiKeyEnv: "OTHER_KEY" });
      new HeadshotInvite("d", { email: "ada@acme.com" }, { provider: other });`);
    emulator.inviteByHand({ email: "zoe@acme.com" });
    const preview = await stack.preview();
    assert.equal(preview.code, 0, preview.printed);
  });

  it("is none if one process runs the program several times", async () => {
    const { emulator, stack } = organization;
    const script = join(stack.project, "inline.js");
    await writeFile(script, INLINE);
    const { stdout } = await promisify(execFile)(process.execPath, [script], {
      cwd: stack.project,
      env: { ...process.env, ...stack.environment() },
    });
    const { creates, sames, refusal } = JSON.parse(stdout);
    assert.deepEqual({ creates, sames }, { creates: 2, sames: 2 });
    assert.ok(refusal.includes("ada@acme.com is declared twice"), refusal);
    assert.deepEqual(
      emulator.outbox.map(({ to }) => to),
      ["ada@acme.com"],
    );
  });
});

/** A program of the Automation API, run three times; the last declares ada twice. */
const INLINE = `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { HeadshotInvite } = require("pulumi-headshotpro");

const once = async () => void new HeadshotInvite("a", { email: "ada@acme.com" });
const twice = async () => { await once(); new HeadshotInvite("b", { email: "ada@acme.com" }); };

(async () => {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "people", program: once },
    { workDir: __dirname },
  );
  const first = await stack.up();
  const second = await stack.up();
  const refusal = await stack.preview({ program: twice }).then(() => "", (error) => error.message);
  const { create: creates } = first.summary.resourceChanges;
  const { same: sames } = second.summary.resourceChanges;
  console.log(JSON.stringify({ creates, sames, refusal }));
})();
`;
