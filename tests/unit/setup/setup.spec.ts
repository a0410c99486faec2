import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Machine, script, waitUntil } from "./machine";

const SETUP = path.resolve(__dirname, "../../../tools/setup.mjs");

describe("engine setup: tools/setup.mjs", () => {
  let machine: Machine;
  /** A bare clone with a lock file and an engine package, and an `npm` that installs a compiler. */
  beforeEach(() => {
    machine = new Machine();
    for (const directory of ["tools", "engine", "compiler"]) mkdirSync(machine.file(directory));
    copyFileSync(SETUP, machine.file("tools/setup.mjs"));
    writeFileSync(machine.file("package-lock.json"), "{}");
    writeFileSync(
      machine.file("compiler/tsc"),
      `const fs = require("node:fs");
      console.log("compiler talks");
      fs.appendFileSync("done.log", "tsc " + process.argv[2] + "\\n");`,
    );
    engineThat(`report("progress"); return { version: "3.257.0", source: "cache" };`);
    npmThat("exit 0");
  });
  afterEach(() => machine.dispose());

  const engineThat = (body: string): void =>
    writeFileSync(
      machine.file("engine/index.js"),
      `exports.ensureEngine = async ({ report }) => { ${body} };`,
    );

  const npmThat = (end: string): string =>
    script(
      machine.bin,
      "npm",
      `echo "npm talks"; echo "npm $1" >> done.log
/bin/mkdir -p node_modules/typescript/bin; /bin/cp compiler/tsc node_modules/typescript/bin/tsc
${end}`,
    );

  const setup = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [machine.file("tools/setup.mjs"), ...args], {
      env: machine.env(),
      encoding: "utf8",
    });

  const startSetup = () => {
    const child = spawn(process.execPath, [machine.file("tools/setup.mjs")], { env: machine.env() });
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
    });
    return {
      said: () => said,
      ended: new Promise<number | null>((resolve) => child.on("close", resolve)),
    };
  };

  it("installs, compiles and finds an engine, with all its talk on stderr", () => {
    const { status, stdout, stderr } = setup();
    assert.equal(status, 0, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, /npm talks.*compiler talks.*progress\nengine: pulumi 3\.257\.0 \(cache\)\n$/s);
    assert.equal(machine.read("done.log"), "npm install\ntsc --build\n");
  });

  it("installs again only when the lock file has changed or node_modules is gone", () => {
    const installs = (): number => machine.read("done.log").split("npm install").length - 1;
    setup();
    setup();
    assert.equal(installs(), 1);
    appendFileSync(machine.file("package-lock.json"), "\n");
    setup();
    assert.equal(installs(), 2);
    rmSync(machine.file("node_modules"), { recursive: true });
    setup();
    assert.equal(installs(), 3);
  });

  it("keeps what the developer's own npm has installed", () => {
    mkdirSync(machine.file("node_modules"));
    writeFileSync(machine.file("node_modules/theirs"), "");
    setup();
    assert.equal(existsSync(machine.file("node_modules/theirs")), true);
  });

  it("does not take a failed install for a whole one", () => {
    npmThat("exit 1");
    const failed = setup();
    assert.equal(failed.status, 1);
    assert.match(failed.stderr, /Installing dependencies failed/);
    writeFileSync(machine.file("node_modules/half"), "");
    npmThat("exit 0");
    assert.equal(setup().status, 0);
    assert.equal(existsSync(machine.file("node_modules/half")), false, "what was cut off is started afresh");
    assert.equal(machine.read("done.log"), "npm install\nnpm install\ntsc --build\n");
  });

  it("installs once if two commands are started at once", async () => {
    npmThat("while [ ! -e go ]; do /bin/sleep 0.05; done");
    const first = startSetup();
    await waitUntil(() => existsSync(machine.file("done.log")), "the first installs");
    const second = startSetup();
    await waitUntil(
      () => second.said().includes("Another command sets this clone up; waiting"),
      "the second waits",
    );
    writeFileSync(machine.file("go"), "");
    assert.deepEqual(await Promise.all([first.ended, second.ended]), [0, 0], second.said());
    assert.equal(machine.read("done.log"), "npm install\ntsc --build\ntsc --build\n");
  });

  it("does not wait for one that was killed", () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(machine.file(".setup-running"), String(pid));
    assert.equal(setup().status, 0);
    assert.equal(existsSync(machine.file(".setup-running")), false);
  });

  it("leaves the engine out with --no-engine", () => {
    engineThat(`throw new Error("not to be called")`);
    const { status, stderr } = setup("--no-engine");
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stderr, /engine:/);
  });

  const failures: [what: string, arrange: () => void, message: RegExp][] = [
    ["there is no npm", () => rmSync(path.join(machine.bin, "npm")), /^npm cannot be started \(ENOENT\)\.$/m],
    [
      "the code does not compile",
      () => writeFileSync(machine.file("compiler/tsc"), "process.exit(2)"),
      /^Compiling failed/m,
    ],
    [
      "there is no engine",
      () => engineThat(`throw new Error("No engine.\\nTried: 4")`),
      /^No engine\.\nTried: 4$/m,
    ],
  ];
  for (const [what, arrange, message] of failures) {
    it(`ends with 1 and a message without stack frames if ${what}`, () => {
      arrange();
      const { status, stderr } = setup();
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /^\s+at /m);
    });
  }

  it("names the Node that it needs if this one is too old", () => {
    const old = machine.file("old-node.cjs");
    writeFileSync(old, `Object.defineProperty(process.versions, "node", { value: "20.18.3" });`);
    const result = spawnSync(process.execPath, ["--require", old, machine.file("tools/setup.mjs")], {
      env: machine.env(),
      encoding: "utf8",
    });
    assert.equal(result.status, 1);
    assert.equal(result.stderr, "Node 20.19 or later is needed; this is 20.18.3.\n");
    assert.equal(existsSync(machine.file("done.log")), false);
  });
});
