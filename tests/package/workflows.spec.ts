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

interface Workflow {
  jobs: Record<string, { steps: { run?: string }[] }>;
}

const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), "utf8");
  const workflow: Workflow = parse(text);
  return { name, text, steps: Object.values(workflow.jobs).flatMap(({ steps }) => steps) };
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

  for (const { name, text, steps } of workflows)
    it(`${name}: has no logic of its own: a step runs one command, and it is here; and it knows no secret`, () => {
      assert.doesNotMatch(text, /secrets\./);
      for (const { run } of steps)
        if (run !== undefined) {
          const command = run.replace(/ 2>&1 \| tee [\w.]+$/, "");
          assert.doesNotMatch(command, /[\n;|&]|\$\{\{/, command);
          assert.ok(THEIRS.test(command) || isOurs(command), command);
        }
    });
});
