import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { metadataProblems, pageProblems, type Schema } from "./registry-rules";

const ROOT = resolve(__dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const schema: Schema & { config: { variables: object } } = JSON.parse(
  read("provider/src/plugin/schema.json"),
);
const npm = JSON.parse(read("provider/package.json"));
const PAGES = ["docs/_index.md", "docs/installation-configuration.md"];

describe("Pulumi's Registry", () => {
  let slug: string;
  before(async () => {
    ({ slug } = (await import(join(ROOT, "tools/repository.mjs"))).repository());
  });

  it("finds nothing wrong with the schema", () =>
    assert.deepEqual(metadataProblems(schema, slug, npm.name), []));

  for (const page of PAGES) {
    it(`can show ${page}`, () => assert.deepEqual(pageProblems(read(page)), []));

    it(`is led by ${page} to pages of ours that exist`, () => {
      const links = [
        ...read(page).matchAll(/\]\(https:\/\/github\.com\/[\w-]+\/[\w-]+\/blob\/main\/([^)]*)\)/g),
      ];
      assert.ok(links.length > 0);
      for (const [, link = ""] of links) {
        const [file = "", heading] = link.split("#");
        assert.ok(existsSync(join(ROOT, file)), link);
        if (heading === undefined) continue;
        const words = `^#+ ${heading.replaceAll("-", "[ -]")}$`;
        assert.match(read(file).replaceAll(/[^\w\s#-]/g, ""), new RegExp(words, "im"), link);
      }
    });
  }

  it("is told of settings that exist", () => {
    const told = [...read("docs/installation-configuration.md").matchAll(/^\| `headshotpro:(\w+)`/gm)];
    assert.ok(told.length > 0);
    for (const [, key = ""] of told) assert.ok(key in schema.config.variables, key);
  });

  it("finds the logo where the schema says it is", () => {
    const [, logo = ""] = schema.logoUrl?.split("/HEAD/") ?? [];
    assert.match(read(logo), /^<svg /);
  });
});

describe("what the Registry asks for", () => {
  const PAGE = read("docs/_index.md");
  for (const { what, text, problem } of [
    { what: "front matter", text: PAGE.replace("---\n", ""), problem: /front matter$/ },
    { what: "a title", text: PAGE.replace(/^title: .*\n/m, ""), problem: /no title/ },
    { what: "no relative image", text: `${PAGE}\n![a](images/logo.svg)\n`, problem: /a relative image/ },
    {
      what: "no relative image in HTML",
      text: `${PAGE}\n<img src="images/logo.svg">\n`,
      problem: /relative image/,
    },
    { what: "no relative link", text: `${PAGE}\n[a](start.md)\n`, problem: /a relative link/ },
    {
      what: "all languages",
      text: PAGE.replace("choosable language java", "choosable language cobol"),
      problem: /cobol/,
    },
    { what: "an end of the chooser", text: PAGE.replace("{{< /chooser >}}", ""), problem: /no {{< chooser/ },
  ])
    it(`is ${what}`, () => assert.match(pageProblems(text).join("\n"), problem));

  for (const [change, problem] of [
    [{ name: "headshots" }, /pulumi-NAME/],
    [{ version: "0.0.1" }, /a version/],
    [{ publisher: "" }, /no publisher/],
    [{ displayName: "" }, /no display name/],
    [{ description: "" }, /no description/],
    [{ keywords: ["kind/native", "category/people"] }, /category/],
    [{ keywords: ["category/utility"] }, /kind\/native/],
    [{ repository: "https://github.com/other/pulumi-headshotpro" }, /repository is another/],
    [{ homepage: "https://example.com" }, /homepage/],
    [{ logoUrl: "images/logo.svg" }, /logo/],
    [{ pluginDownloadURL: "github://api.github.com/other" }, /plugin is elsewhere/],
    [{ language: { nodejs: { packageName: "@pulumi/headshotpro" } } }, /npm package/],
  ] as const)
    it(`is another schema than one with ${JSON.stringify(change)}`, () =>
      assert.match(
        metadataProblems({ ...schema, ...change }, "acme/pulumi-headshotpro", npm.name).join(),
        problem,
      ));
});

describe("where the project lives", () => {
  it("is said alike everywhere; provider/package.json decides", async () => {
    const { slug, url } = (await import(join(ROOT, "tools/repository.mjs"))).repository();
    const [owner] = slug.split("/");
    assert.equal(npm.homepage, `${url}#readme`);
    assert.equal(npm.bugs.url, `${url}/issues`);
    assert.equal(npm.author.url, `https://github.com/${owner}`);
    // OWNER, acme and other stand for anybody's.
    const places =
      "(github\\.com|githubusercontent\\.com|@)/?[a-z][a-z0-9-]*/(pulumi-headshotpro|maintainers)";
    const said = execFileSync("git", ["grep", "-IohE", places], { cwd: ROOT, encoding: "utf8" });
    const others = said
      .trimEnd()
      .split("\n")
      .filter((place) => !/\/(acme|other)\//.test(place) && !place.endsWith(slug))
      .filter((place) => place !== `@${owner}/maintainers`);
    assert.deepEqual(others, []);
  });
});
