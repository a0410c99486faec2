import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { run } from "../../engine/src/run";
import { Machine } from "./fakes";

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
