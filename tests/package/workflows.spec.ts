import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { pythonProgram } from "../support/engine";

const ROOT = resolve(__dirname, "../..");
const FOLDER = join(ROOT, ".github/workflows");
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
const ZIZMOR = "zizmor==1.32.0";

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, { steps: Step[]; permissions?: Record<string, string>; environment?: unknown }>;
}

const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), "utf8");
  const workflow: Workflow = parse(text);
  return { name, text, workflow, steps: Object.values(workflow.jobs).flatMap(({ steps }) => steps) };
});

/** The commands that GitHub's machines bring, and that no script of ours stands behind. */
const THEIRS = /^(gh release create |npm publish \.\/assets\/)/;

/** A command of ours that a step runs, and nothing besides. */
function isOurs(command: string): boolean {
  const [, script, file] = /^(?:npm (?:run )?([\w:]+)|(?:node )?([\w./-]+))(?: |$)/.exec(command) ?? [];
  if (script) return script in JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).scripts;
  return file !== undefined && existsSync(join(ROOT, file));
}

describe("the workflows", () => {
  it("are there: ci, soak and release", () =>
    assert.deepEqual(workflows.map(({ name }) => name).sort(), ["ci.yml", "release.yml", "soak.yml"]));

  it("have nothing that actionlint reports", () => {
    const files = workflows.map(({ name }) => join(FOLDER, name));
    // Without shellcheck and pyflakes, which a machine may have or not.
    const args = ["run", ACTIONLINT, "-no-color", "-shellcheck=", "-pyflakes=", ...files];
    const { status, stdout, stderr } = spawnSync("go", args, { cwd: ROOT, encoding: "utf8" });
    assert.equal(status, 0, `${stdout}${stderr}`);
    assert.equal(stdout, "");
  });

  it("have nothing that zizmor reports, nor has what updates the dependencies", () => {
    const args = ["--offline", "--no-progress", "--persona", "pedantic", join(ROOT, ".github")];
    const { status, stdout, stderr } = spawnSync(join(pythonProgram(ZIZMOR), "zizmor"), args, {
      encoding: "utf8",
    });
    assert.equal(status, 0, `${stdout}${stderr}`);
    for (const { name } of workflows) assert.match(stderr, new RegExp(`completed .*${name}`));
  });

  for (const { name, text, workflow, steps } of workflows) {
    it(`${name}: takes each action at a commit, with its version beside it`, () => {
      for (const [line] of text.matchAll(/^.*\buses: .*$/gm))
        assert.match(line, /uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });

    it(`${name}: may read, and each job no more than it says`, () => {
      assert.deepEqual(workflow.permissions, { contents: "read" });
      for (const [permission] of text.matchAll(/^.*: write\b.*$/gm))
        assert.match(permission, /^ {6}[\w-]+: write # /, permission);
    });

    it(`${name}: keeps no credentials in the clone, and knows no secret`, () => {
      for (const { uses, with: inputs } of steps)
        if (uses?.startsWith("actions/checkout@")) assert.equal(inputs?.["persist-credentials"], false);
      assert.doesNotMatch(text, /secrets\.|pull_request_target|workflow_run/);
    });

    it(`${name}: has no logic of its own: a step runs one command, and it is here`, () => {
      for (const { run } of steps)
        if (run !== undefined) {
          const command = run.replace(/ 2>&1 \| tee [\w.]+$/, "");
          assert.doesNotMatch(command, /[\n;|&]|\$\{\{/, command);
          assert.ok(THEIRS.test(command) || isOurs(command), command);
        }
    });
  }

  it("give a run of a pull request no right to write", () => {
    for (const { workflow } of workflows)
      if ("pull_request" in workflow.on)
        for (const { permissions, environment } of Object.values(workflow.jobs))
          assert.deepEqual({ permissions, environment }, { permissions: undefined, environment: undefined });
  });

  it("cache nothing that a release is made of", () => {
    const release = workflows.find(({ name }) => name === "release.yml");
    assert.ok(release);
    for (const { uses = "", with: inputs = {} } of release.steps) {
      assert.doesNotMatch(uses, /^actions\/cache/);
      if (uses.includes("/setup-node@")) assert.equal(inputs["package-manager-cache"], false);
      if (uses.includes("/setup-go@")) assert.equal(inputs.cache, false);
    }
  });
});
