import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const ROOT = resolve(__dirname, "../..");
const FORMS = join(ROOT, ".github/ISSUE_TEMPLATE");
const TYPES = ["markdown", "input", "textarea", "dropdown", "checkboxes"];

interface Field {
  type: string;
  id?: string;
  attributes: { label?: string; value?: string; description?: string; options?: unknown[] };
  validations?: { required: boolean };
}
interface Form {
  name: string;
  description: string;
  body: Field[];
}

describe("the issue forms", () => {
  const forms = readdirSync(FORMS)
    .filter((name) => name !== "config.yml")
    .map((name) => ({ name, form: parse(readFileSync(join(FORMS, name), "utf8")) as Form }));

  it("are one for what is wrong, and one for what is missing", () =>
    assert.deepEqual(forms.map(({ name }) => name).sort(), ["bug.yml", "idea.yml"]));

  for (const { name, form } of forms) {
    it(`${name}: is of the form that GitHub asks for`, () => {
      assert.ok(form.name && form.description);
      const ids = form.body.flatMap(({ id }) => id ?? []);
      assert.deepEqual([...new Set(ids)], ids);
      for (const { type, id, attributes } of form.body) {
        assert.ok(TYPES.includes(type), type);
        if (type === "markdown") assert.ok(attributes.value);
        else assert.ok(id && attributes.label, id);
        if (type === "dropdown" || type === "checkboxes") assert.ok(attributes.options?.length);
      }
    });

    it(`${name}: asks for versions, and for no key`, () => {
      const required = form.body.filter(({ validations }) => validations?.required);
      const asked = required.map(({ attributes }) => `${attributes.label} ${attributes.description}`);
      assert.match(asked.join("\n"), /version/i);
      assert.match(JSON.stringify(form), /leave out \*\*API keys|Never an API key/);
    });
  }

  it("send whoever found a vulnerability elsewhere, and let nobody go around the forms", () => {
    const { blank_issues_enabled, contact_links } = parse(readFileSync(join(FORMS, "config.yml"), "utf8"));
    assert.equal(blank_issues_enabled, false);
    assert.match(contact_links[0].url, /\/security\/advisories\/new$/);
    assert.ok(readFileSync(join(ROOT, "SECURITY.md"), "utf8").includes(contact_links[0].url));
  });
});

describe("the badges of README", () => {
  const README = readFileSync(join(ROOT, "README.md"), "utf8");
  const badges = [...README.matchAll(/^\[!\[(\w+)\]\(([^)]+)\)\]\(([^)]+)\)$/gm)];

  it("are made anew by whoever knows: no text of ours can grow old in one", () =>
    assert.deepEqual(
      badges.map(([, name]) => name),
      ["ci", "npm"],
    ));

  it("are about a workflow and a package that are here", () => {
    const [, , workflow = ""] = badges[0] ?? [];
    const [, file = ""] = /\/actions\/workflows\/([\w.]+)\/badge\.svg$/.exec(workflow) ?? [];
    assert.ok(readdirSync(join(ROOT, ".github/workflows")).includes(file), file);
    const { name } = JSON.parse(readFileSync(join(ROOT, "provider/package.json"), "utf8"));
    assert.ok(badges[1]?.[2]?.endsWith(`/npm/v/${name}`) && badges[1][3]?.endsWith(`/package/${name}`));
  });
});

describe("a clone on Windows", () => {
  let clone: string;
  before(() => {
    clone = mkdtempSync(join(tmpdir(), "headshotpro-clone-"));
    // As Git for Windows is set up, and the machines that GitHub lends.
    const asThere = ["-c", "core.autocrlf=true"];
    execFileSync("git", ["clone", "--quiet", "--depth", "1", ...asThere, `file://${ROOT}`, clone]);
  });
  after(() => rmSync(clone, { recursive: true, force: true }));

  it("has the same bytes as any other, line ends included", () => {
    const files = execFileSync("git", ["ls-files", "--eol"], { cwd: clone, encoding: "utf8" });
    const changed = files.split("\n").filter((line) => !/^(i\/(\S+) +w\/\2 .*|)$/.test(line));
    assert.deepEqual(changed, []);
  });
});
