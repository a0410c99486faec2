import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { organizationForEach } from "../support/organization";
import { FACES } from "../support/program";
import { snippets } from "../support/reader";

const PAGE = readFileSync(resolve(__dirname, "../../docs/hooks.md"), "utf8");
const SOURCES = {
  dynamic: "pulumi-headshotpro",
  plugin: resolve(__dirname, "../support/plugin-sdk.js"),
};

/**
 * Runs the program inside a process of Node's: the language host that our engine has is older than hooks, and would
 * stand between the two.
 */
const AUTOMATION = `import { LocalWorkspace } from "@pulumi/pulumi/automation";
(async () => {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "people", program: async () => void (await import("./people")) },
    { workDir: __dirname },
  );
  await (process.argv[2] === "up" ? stack.up() : stack.destroy({ runProgram: true }));
})().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});`;

for (const face of FACES)
  describe(`the hooks of docs/hooks.md, on the real engine (${face})`, () => {
    const organization = organizationForEach({ face, language: "typescript" });
    let chat: Server;
    let told: string[];
    let webhook: string;
    beforeEach(async () => {
      told = [];
      chat = createServer((request, response) => {
        let body = "";
        request.on("data", (data) => (body += data));
        request.on("end", () => {
          told.push(JSON.parse(body).text);
          response.end();
        });
      });
      await new Promise<void>((ready) => chat.listen(0, "127.0.0.1", ready));
      webhook = `http://127.0.0.1:${(chat.address() as AddressInfo).port}`;
      await writeHooks((program) => program);
      await writeFile(join(organization.stack.project, "automation.ts"), AUTOMATION);
    });
    afterEach(() => chat.close());

    async function writeHooks(change: (program: string) => string): Promise<void> {
      const [program = ""] = snippets(PAGE, "typescript");
      const text = change(program).replace("pulumi-headshotpro", SOURCES[face]);
      await writeFile(join(organization.stack.project, "people.ts"), text);
    }

    const run = (command: "up" | "destroy") =>
      new Promise<{ code: unknown; printed: string }>((done) => {
        const { stack } = organization;
        const env = {
          ...process.env,
          ...stack.environment(),
          CHAT_WEBHOOK: webhook,
          TS_NODE_COMPILER_OPTIONS: '{"module":"commonjs"}',
        };
        const args = [
          "--require",
          require.resolve("ts-node/register/transpile-only"),
          "automation.ts",
          command,
        ];
        execFile(process.execPath, args, { cwd: stack.project, env }, (error, stdout, stderr) =>
          done({ code: error?.code ?? 0, printed: stdout + stderr }),
        );
      });

    it("tell of an invite once it is sent, and of a revoke before it is done, and go on if the chat is not there", async () => {
      const { emulator } = organization;
      const up = await run("up");
      assert.equal(up.code, 0, up.printed);
      assert.deepEqual(told, ["ada@acme.com was invited"]);
      assert.equal((await run("up")).code, 0);
      assert.equal(told.length, 1, "nothing to tell of a run that changes nothing");
      const destroyed = await run("destroy");
      assert.equal(destroyed.code, 0, destroyed.printed);
      assert.deepEqual(told.slice(1), ["ada@acme.com loses the invite (pending)"]);
      assert.deepEqual([emulator.outbox.length, emulator.invite("ada@acme.com")?.status], [1, "revoked"]);
      webhook = "http://127.0.0.1:9";
      assert.deepEqual([(await run("up")).code, emulator.outbox.length], [0, 2]);
    });

    it("that fail stop a revoke, and e-mail nobody twice", async () => {
      const { emulator } = organization;
      const open = webhook;
      webhook = "http://127.0.0.1:9";
      await writeHooks((program) => program.replace(/\.catch\(.*\)/, ""));
      const failed = await run("up");
      assert.match(failed.printed, /after hook "invited" failed: fetch failed/);
      webhook = open;
      const up = await run("up");
      assert.deepEqual([up.code, emulator.outbox.length], [0, 1], up.printed);
      webhook = "http://127.0.0.1:9";
      const stopped = await run("destroy");
      assert.match(stopped.printed, /before hook "leaves" failed: fetch failed/);
      assert.equal(emulator.invite("ada@acme.com")?.status, "pending");
    });
  });
