import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");
const schema = JSON.parse(readFileSync(resolve(ROOT, "provider/src/plugin/schema.json"), "utf8"));
const ASSETS = [
  "SHA256SUMS",
  "pulumi-headshotpro-1.2.3.tgz",
  "pulumi-resource-headshotpro-v1.2.3-darwin-amd64.tar.gz",
  "pulumi-resource-headshotpro-v1.2.3-darwin-arm64.tar.gz",
  "pulumi-resource-headshotpro-v1.2.3-linux-amd64.tar.gz",
  "pulumi-resource-headshotpro-v1.2.3-linux-arm64.tar.gz",
  "pulumi-resource-headshotpro-v1.2.3-windows-amd64.tar.gz",
  "pulumi-resource-headshotpro-v1.2.3-windows-arm64.tar.gz",
  "sbom.spdx.json",
];

/** A rule of tools/, which is not compiled. */
async function rule<Arguments extends unknown[]>(name: string): Promise<(...args: Arguments) => string[]> {
  return (await import(resolve(ROOT, "tools/release-rules.mjs")))[name];
}

describe("a release is refused", () => {
  for (const { what, names, problems } of [
    { what: "not, if each asset has its name", names: ASSETS, problems: [] },
    { what: "for an asset that is missing", names: ASSETS.slice(1), problems: ["SHA256SUMS is missing"] },
    {
      what: "for an asset of another name",
      names: ASSETS.map((name) => name.replace("v1.2.3-linux-arm64", "1.2.3-linux-arm64")),
      problems: [
        "pulumi-resource-headshotpro-v1.2.3-linux-arm64.tar.gz is missing",
        "pulumi-resource-headshotpro-1.2.3-linux-arm64.tar.gz has no place in a release",
      ],
    },
  ])
    it(what, async () => {
      const assetProblems = await rule<[string[], string]>("assetProblems");
      assert.deepEqual(assetProblems(names, "1.2.3"), problems);
    });

  for (const { what, files, problems } of [
    { what: "not, if the package holds what belongs there", files: ["LICENSE", "dist/a.js"], problems: [] },
    {
      what: "for a file of no source",
      files: ["LICENSE", "dist/a.js", ".env"],
      problems: [".env has no place in the package"],
    },
    {
      what: "for a file that is left out",
      files: ["dist/a.js"],
      problems: ["LICENSE is not in the package"],
    },
  ])
    it(what, async () => {
      const problemsOf = await rule<[string[], string[]]>("packageFileProblems");
      assert.deepEqual(problemsOf(files, ["LICENSE", "dist/a.js"]), problems);
    });

  for (const { what, said, problems } of [
    { what: "not, if one version is said everywhere", said: { plugin: "1.2.3" }, problems: [] },
    {
      what: "for a place with another version",
      said: { plugin: "1.2.2" },
      problems: ["plugin has 1.2.2, and provider/package.json has 1.2.3"],
    },
    {
      what: "for a place without one",
      said: { plugin: undefined },
      problems: ["plugin has no version, and provider/package.json has 1.2.3"],
    },
  ])
    it(what, async () => {
      const problemsOf = await rule<[string, Record<string, string | undefined>]>("versionProblems");
      assert.deepEqual(problemsOf("1.2.3", said), problems);
    });

  const slug = schema.repository.replace("https://github.com/", "");
  const { python, ...otherLanguages } = schema.language;
  for (const { what, change, problem } of [
    { what: "of another name", change: { name: "headshots" }, problem: /name is "headshots"$/ },
    { what: "without a publisher", change: { publisher: undefined }, problem: /publisher is undefined$/ },
    { what: "with an empty display name", change: { displayName: " " }, problem: /displayName is " "$/ },
    { what: "with a logo on this machine", change: { logoUrl: "docs/logo.svg" }, problem: /logoUrl/ },
    {
      what: "of another repository",
      change: { repository: "https://github.com/acme/other" },
      problem: /repository is/,
    },
    {
      what: "whose plugin is elsewhere",
      change: { pluginDownloadURL: "https://plugins.example.com" },
      problem: /pluginDownloadURL is/,
    },
    {
      what: "of no kind",
      change: { keywords: ["category/utility"] },
      problem: /keywords lack kind\/native$/,
    },
    { what: "without a language", change: { language: otherLanguages }, problem: /says nothing of python$/ },
  ])
    it(`for a schema ${what}`, async () => {
      const problemsOf = await rule<[object, string]>("metadataProblems");
      assert.deepEqual(problemsOf(schema, slug), []);
      const [found = "", ...others] = problemsOf({ ...schema, ...change }, slug);
      assert.match(found, problem);
      assert.deepEqual(others, []);
    });
});

describe("the notes of a release", () => {
  let releaseNotes: (changelog: string, version: string, tag?: string) => string;
  before(async () => {
    ({ releaseNotes } = await import(resolve(ROOT, "tools/release-assets.mjs")));
  });
  const CHANGELOG = "# Changelog\n\n## 0.2.0\n\n- New.\n\n## 0.1.0\n\n- First.\n";

  it("are the version's part of the changelog", () =>
    assert.equal(releaseNotes(CHANGELOG, "0.2.0", "v0.2.0"), "- New."));

  it("may be of a version that is not released yet, as long as there is no tag", () => {
    const changelog = CHANGELOG.replace("0.2.0", "0.2.0 (unreleased)");
    assert.equal(releaseNotes(changelog, "0.2.0"), "- New.");
    assert.throws(() => releaseNotes(changelog, "0.3.0"), { message: /begins with "0\.2\.0 \(unr/ });
  });

  for (const { what, changelog = CHANGELOG, version = "0.2.0", tag = "v0.2.0", message } of [
    { what: "a tag of another version", tag: "v0.3.0", message: /tag is v0\.3\.0.*has 0\.2\.0/ },
    { what: "a tag without its v", tag: "0.2.0", message: /tag is 0\.2\.0/ },
    {
      what: "a version that is not the newest of the changelog",
      version: "0.1.0",
      tag: "v0.1.0",
      message: /"0\.2\.0"/,
    },
    {
      what: "a heading that is not released yet",
      changelog: "# Changelog\n\n## 0.2.0 (unreleased)\n",
      message: /"0\.2\.0 \(unreleased\)".*change its heading/,
    },
    { what: "a changelog without versions", changelog: "# Changelog\n", message: /begins with ""/ },
  ])
    it(`are refused for ${what}`, () =>
      assert.throws(() => releaseNotes(changelog, version, tag), { message }));
});
