import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Engine, ensureEngine } from "../../../engine/src";
import { engineRecipe } from "../../../engine/src/recipe";
import { run } from "../../../engine/src/run";
import { fakeGo, Machine, script, waitUntil } from "./machine";

/** Prints the engine as JSON, without a network. */
const ENSURE = `
const { ensureEngine } = require(${JSON.stringify(path.resolve(__dirname, "../../../engine/src"))});
const download = () => Promise.reject(new Error("no network (test)"));
ensureEngine({ download }).then((engine) => process.stdout.write(JSON.stringify(engine)));`;
const STOPPED_AT_ONCE = path.join(__dirname, "stopped-at-once.cjs");
const TS_NODE = require.resolve("ts-node/register");

describe("engine setup: crashes and two at once", () => {
  let machine: Machine;
  let children: ChildProcess[];
  beforeEach(() => {
    machine = new Machine();
    children = [];
  });
  afterEach(() => {
    for (const child of children) child.kill("SIGKILL");
    machine.dispose();
  });

  const ensureInChild = (...preloaded: string[]): ChildProcess => {
    const cwd = path.resolve(__dirname, "../../..");
    const preloads = [TS_NODE, ...preloaded].flatMap((file) => ["--require", file]);
    const child = spawn(process.execPath, [...preloads, "--eval", ENSURE], {
      cwd,
      env: machine.env({ BUILD_IS_UP: machine.file("go.pid") }),
      stdio: "pipe",
    });
    children.push(child);
    return child;
  };

  const resultOf = async (child: ChildProcess): Promise<Engine> => {
    let [out, err] = ["", ""];
    child.stdout?.on("data", (data) => (out += data));
    child.stderr?.on("data", (data) => (err += data));
    const [code] = await once(child, "close");
    assert.equal(code, 0, err);
    return JSON.parse(out);
  };

  const alive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      // A zombie that nobody has waited for yet still has its number.
      const status = `/proc/${pid}/stat`;
      return !existsSync(status) || !/\) Z /.test(readFileSync(status, "utf8"));
    } catch {
      return false;
    }
  };

  /** A `go` that hangs with half a CLI written, and the id of its process in `go.pid`. */
  const hangingGo = (): Promise<string> =>
    fakeGo(machine, machine.bin, {
      during: `printf half > "$out"; echo $$ > ${machine.quoted("go.pid.new")}; /bin/mv ${machine.quoted("go.pid.new")} ${machine.quoted("go.pid")}; exec /bin/sleep 60`,
    });

  it("two runs at once both end with the same engine, made by one of them", async () => {
    // Each build waits for the other to have come as far: without this they might run one after the other.
    const meeting = machine.quoted("meeting");
    await fakeGo(machine, machine.bin, {
      during: `/bin/mkdir -p ${meeting}; : > ${meeting}/$$; while set -- ${meeting}/*; [ $# -lt 2 ]; do /bin/sleep 0.02; done`,
    });
    const engines = await Promise.all([resultOf(ensureInChild()), resultOf(ensureInChild())]);
    assert.deepEqual(engines.map(({ source }) => source).sort(), ["build", "cache"]);
    assert.equal(engines[0]?.pulumi, engines[1]?.pulumi);
    assert.deepEqual(machine.cached, [(await engineRecipe()).key]);
    assert.equal((await ensureEngine(machine.options())).source, "cache");
  });

  it("nothing of a killed build is used, and the next run removes it", async () => {
    await hangingGo();
    const child = ensureInChild();
    await waitUntil(() => existsSync(machine.file("go.pid")), "the build hangs");
    child.kill("SIGKILL");
    await once(child, "close");
    process.kill(Number(machine.read("go.pid")), "SIGKILL");
    assert.equal(machine.cached.length, 1);
    assert.match(machine.cached[0] ?? "", /^\.staging~/);

    await fakeGo(machine);
    assert.equal((await ensureEngine(machine.options())).source, "build");
    assert.deepEqual(machine.cached, [(await engineRecipe()).key]);
  });

  it("a run that is told to stop takes its build with it", async () => {
    await hangingGo();
    const child = ensureInChild();
    await waitUntil(() => existsSync(machine.file("go.pid")), "the build hangs");
    const go = Number(machine.read("go.pid"));
    assert.ok(alive(go));
    child.kill("SIGTERM");
    const [, signal] = await once(child, "close");
    assert.equal(signal, "SIGTERM");
    await waitUntil(() => !alive(go), "the build has ended, too");
  });

  it("a run that is told to stop while it starts its build takes it along", async () => {
    await hangingGo();
    const child = ensureInChild(STOPPED_AT_ONCE);
    const [, signal] = await once(child, "close");
    assert.equal(signal, "SIGTERM");
    const go = Number(machine.read("go.pid"));
    await waitUntil(() => !alive(go), "the build has ended, too");
  });

  it("a program that takes too long is ended with all that it started", async function () {
    this.timeout(20_000); // less than the grandchild would take by itself
    const pid = machine.file("grandchild.pid");
    const slow = script(
      machine.bin,
      "slow",
      `/bin/sleep 60 & echo $! > ${machine.quoted("grandchild.pid")}; wait`,
    );
    const result = await run(slow, [], { env: machine.env(), timeoutMs: 500 });
    assert.match(result.problem ?? "", /^it did not end within \d+ s$/);
    assert.equal(result.inconclusive, true);
    const grandchild = Number(readFileSync(pid, "utf8"));
    await waitUntil(() => !alive(grandchild), "the grandchild has ended");
  });
});

describe("engine setup: running a program", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
    writeFileSync(machine.file("text"), "no program");
  });
  afterEach(() => machine.dispose());

  // Node tells the first two by an event, and throws the third.
  const reasons: [code: string, file: string][] = [
    ["ENOENT", "nothing"],
    ["EACCES", "text"],
    ["ENOTDIR", "text/program"],
  ];
  for (const [code, file] of reasons) {
    it(`a program that cannot be started (${code}) is an answer, never a throw`, async () => {
      const listeners = process.listenerCount("SIGTERM");
      const result = await run(machine.file(file), [], { env: machine.env(), timeoutMs: 20_000 });
      assert.deepEqual(result, { stdout: "", problem: `cannot be started (${code})`, inconclusive: false });
      assert.equal(process.listenerCount("SIGTERM"), listeners, "nothing of it keeps listening");
    });
  }
});
