import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { ensureEngine } from "../../engine/src";
import { findOnPath } from "../../engine/src/find-on-path";

describe("engine setup: the real engine of this machine", () => {
  it("is found again, with nothing to report, and runs", async () => {
    await ensureEngine(); // `npm test` has seen to it already
    const lines: string[] = [];
    const engine = await ensureEngine({ report: (line) => lines.push(line) });
    assert.deepEqual(lines, [], "what is fetched or built is reported");
    assert.match(engine.source, /^(path|cache)$/);
    const env = { ...process.env, PATH: engine.path, PULUMI_SKIP_UPDATE_CHECK: "true" };
    assert.equal(execFileSync("pulumi", ["version"], { env, encoding: "utf8" }).trim(), `v${engine.version}`);
    for (const tool of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      assert.notEqual(findOnPath(tool, { PATH: engine.path })[0], undefined, tool);
    }
  });
});
