import { strict as assert } from "node:assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const ROOT = resolve(__dirname, "../..");
const schema = JSON.parse(readFileSync(resolve(ROOT, "provider/src/plugin/schema.json"), "utf8"));
const PLUGIN = "pulumi-resource-headshotpro-v1.2.3";
const ASSETS = [
  ...["SHA256SUMS", "pulumi-headshotpro-1.2.3.tgz", "sbom.spdx.json"],
  ...["darwin", "linux", "windows"].flatMap((os) => [
    `${PLUGIN}-${os}-amd64.tar.gz`,
    `${PLUGIN}-${os}-arm64.tar.gz`,
  ]),
];

/** A rule of tools/, which is not compiled, each with what it is given and the problems that it finds. */
const RULES: [rule: string, what: string, given: unknown[], problems: string[]][] = [
  [
    ...(["assetProblems", "an asset has another name"] as const),
    [ASSETS.map((name) => name.replace("v1.2.3-linux-arm64", "1.2.3-linux-arm64")), "1.2.3"],
    [
      "pulumi-resource-headshotpro-v1.2.3-linux-arm64.tar.gz is missing",
      "pulumi-resource-headshotpro-1.2.3-linux-arm64.tar.gz has no place in a release",
    ],
  ],
  [
    ...(["packageFileProblems", "a file is of no source, and one is left out"] as const),
    [
      ["a.js", ".env"],
      ["LICENSE", "a.js"],
    ],
    [".env has no place in the package", "LICENSE is not in the package"],
  ],
  [
    ...(["versionProblems", "a place has another version"] as const),
    ["1.2.3", { plugin: "1.2.2" }],
    ["plugin has 1.2.2, and provider/package.json has 1.2.3"],
  ],
];

describe("what is wrong with a release", () => {
  let rules: Record<string, (...given: unknown[]) => string[]>;
  before(async () => {
    rules = await import(resolve(ROOT, "tools/release-rules.mjs"));
  });
  for (const [rule, what, given, problems] of RULES)
    it(`${rule}: ${what}`, () => assert.deepEqual(rules[rule]?.(...given).sort(), problems.sort()));

  it("metadataProblems: a schema of no kind, and one that says nothing of a language", () => {
    const slug = schema.repository.replace("https://github.com/", "");
    const { python, ...language } = schema.language;
    const changed = { ...schema, keywords: ["category/utility"], language };
    assert.deepEqual(rules.metadataProblems?.(schema, slug), []);
    const [kind = "", says = "", ...others] = rules.metadataProblems?.(changed, slug) ?? [];
    assert.match(kind, /keywords lack kind\/native$/);
    assert.match(says, /says nothing of python$/);
    assert.deepEqual(others, []);
  });
});

it("the notes of a release are the version's part of the changelog, whose heading and tag have to be right", async () => {
  const { releaseNotes } = await import(resolve(ROOT, "tools/release-assets.mjs"));
  const changelog = "# Changelog\n\n## 0.2.0\n\n- New.\n\n## 0.1.0\n\n- First.\n";
  const unreleased = changelog.replace("0.2.0", "0.2.0 (unreleased)");
  assert.equal(releaseNotes(changelog, "0.2.0", "v0.2.0"), "- New.");
  assert.equal(releaseNotes(unreleased, "0.2.0"), "- New.");
  assert.throws(() => releaseNotes(changelog, "0.2.0", "v0.3.0"), /tag is v0\.3\.0.*has 0\.2\.0/);
  assert.throws(() => releaseNotes(unreleased, "0.2.0", "v0.2.0"), /\(unreleased\)".*change its heading/);
});

const WORKFLOWS = join(ROOT, ".github/workflows");

/** The commands that GitHub's machines bring, and that no script of ours stands behind. */
const THEIRS = /^(gh release create |npm publish \.\/assets\/)/;

/** A command of ours that a step runs, and nothing besides. */
function isOurs(command: string): boolean {
  const [, script, file] = /^(?:npm (?:run )?([\w:]+)|(?:node )?([\w./-]+))(?: |$)/.exec(command) ?? [];
  if (script) return script in JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).scripts;
  return file !== undefined && existsSync(join(ROOT, file));
}

describe("the workflows", () => {
  for (const name of readdirSync(WORKFLOWS))
    it(`${name}: its actions are pinned at a commit, a step runs one command that is here, and it knows no secret`, () => {
      const text = readFileSync(join(WORKFLOWS, name), "utf8");
      assert.doesNotMatch(text, /secrets\./);
      const workflow: { jobs: Record<string, { steps: { uses?: string; run?: string }[] }> } = parse(text);
      const steps = Object.values(workflow.jobs).flatMap(({ steps }) => steps);
      assert.ok(steps.length > 0);
      for (const { uses, run } of steps) {
        if (uses !== undefined) assert.match(uses, /^(\.\/|[\w-]+\/[\w/-]+@[0-9a-f]{40}$)/);
        if (run === undefined) continue;
        const command = run.replace(/ 2>&1 \| tee [\w.]+$/, "");
        assert.doesNotMatch(command, /[\n;|&]|\$\{\{/, command);
        assert.ok(THEIRS.test(command) || isOurs(command), command);
      }
    });
});
