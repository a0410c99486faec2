import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readInputs } from "../../provider/src/invite/inputs";
import { SECRET_OUTPUTS } from "../../provider/src/invite/invite";
import { argumentProblems } from "../../provider/src/roster/arguments";
import { INVITE_TYPE } from "../../provider/src/urn";
import { testEngine } from "../support/engine";

const ROOT = resolve(__dirname, "../..");
const FILE = "provider/src/plugin/schema.json";
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const schema = JSON.parse(read(FILE));
const npm = JSON.parse(read("provider/package.json"));
const LANGUAGES = ["typescript", "python", "go", "csharp", "java", "yaml"];

interface Properties {
  [name: string]: { type?: string; description?: string; secret?: boolean; default?: unknown };
}

interface Resource {
  inputProperties: Properties;
  properties: Properties;
  requiredInputs?: string[];
  required?: string[];
  aliases?: { type: string }[];
}

describe("the plugin's schema", () => {
  const invite: Resource = schema.resources["headshotpro:index:HeadshotInvite"];
  const roster: Resource = schema.resources["headshotpro:index:HeadshotRoster"];

  it("is what the types and doc comments say; else run `npm run generate`", async () => {
    const tools: { schema(): object } = await import(join(ROOT, "tools/schema.mjs"));
    assert.deepEqual(schema, JSON.parse(JSON.stringify(tools.schema())));
  });

  it("has the inputs that the rules take, each of the type that they ask for", () => {
    const { email, ...flags } = invite.inputProperties;
    const right = { string: "team_abc123", boolean: true, integer: 1 };
    const given = Object.entries(flags).map(([name, { type }]) => [name, right[type as keyof typeof right]]);
    const { inputs, failures } = readInputs({ email: "ada@acme.com", ...Object.fromEntries(given) });
    assert.deepEqual(failures, []);
    assert.equal(email?.type, "string");
    assert.deepEqual(Object.keys(inputs).sort(), Object.keys(invite.inputProperties).sort());
    assert.deepEqual(invite.requiredInputs, ["email"]);
  });

  it("has the arguments that a roster takes", () => {
    for (const name of Object.keys(roster.inputProperties))
      assert.doesNotMatch(argumentProblems({ [name]: [] }).join(), /there is no property/);
    assert.match(argumentProblems({ others: [] }).join(), /the properties are|there is no property/);
  });

  it("says what is secret, and no default: a language would send it as if the program had said it", () => {
    const secrets = (properties: Properties) =>
      Object.keys(properties).filter((name) => properties[name]?.secret);
    assert.deepEqual(secrets(invite.properties), SECRET_OUTPUTS);
    assert.deepEqual(secrets(schema.provider.inputProperties), ["apiKey"]);
    assert.doesNotMatch(JSON.stringify(schema), /"default(Info)?":/);
  });

  it("describes every property and function, in no language's own words", () => {
    const all = [invite.inputProperties, invite.properties, roster.inputProperties, roster.properties];
    for (const [name, { description }] of [...all, schema.provider.inputProperties].flatMap(Object.entries))
      assert.ok(description, name);
    const own = JSON.stringify(schema).replace(/\{\{% examples %\}\}.*?\{\{% \/examples %\}\}/g, "");
    assert.doesNotMatch(own, /\{@link|@example|RunError|undefined|new Headshot/);
  });

  for (const [name, { description }] of Object.entries<{ description: string }>({
    ...schema.resources,
    ...schema.functions,
  }))
    it(`shows ${name} in each language, and where to read on`, () => {
      for (const language of LANGUAGES) assert.ok(description.includes(`\n\`\`\`${language}\n`), language);
      assert.match(description, /More: \[\w+\.md\]\(https:/);
    });

  it("finds a person whom TypeScript has declared", () =>
    assert.deepEqual(invite.aliases, [{ type: INVITE_TYPE }]));
});

describe("the programs in the schema", () => {
  it("are what is converted from docs/yaml (npm run generate)", async () => {
    const folder = mkdtempSync(join(tmpdir(), "headshotpro-examples-"));
    const { path } = await testEngine("go");
    const file = join(folder, "examples.json");
    const cwd = join(ROOT, "tools/schema-examples");
    execFileSync("go", ["run", ".", ROOT, file], {
      cwd,
      env: { ...process.env, PATH: path, CGO_ENABLED: "0" },
    });
    assert.equal(readFileSync(join(ROOT, "docs/yaml/examples.json"), "utf8"), readFileSync(file, "utf8"));
    rmSync(folder, { recursive: true });
  }).timeout(600_000);
});

describe("the SDKs in the examples", () => {
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "headshotpro-sdks-"));
    const { path } = await testEngine("go");
    const env = { ...process.env, PATH: path };
    execFileSync("go", ["run", ".", ROOT, folder], { cwd: join(ROOT, "tools/sdks"), env });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const language of ["python", "go"])
    it(`${language}: is what is generated from the schema (npm run generate)`, () => {
      const place = join("examples", language, "sdks/headshotpro");
      execFileSync("git", ["diff", "--no-index", "--stat", join(ROOT, place), join(folder, place)]);
    });

  it("compile with the schema's programs in Go", async () => {
    const project = join(folder, "programs");
    cpSync(join(ROOT, "examples/go"), project, { recursive: true });
    rmSync(join(project, "main.go"));
    const examples: Record<string, string> = JSON.parse(read("docs/yaml/examples.json"));
    for (const [name, text] of Object.entries(examples)) {
      const [, program = ""] = /```go\n(.*?)```/s.exec(text) ?? [];
      mkdirSync(join(project, name));
      writeFileSync(join(project, name, "main.go"), program);
    }
    const { path } = await testEngine("go");
    // A build would link each program.
    execFileSync("go", ["vet", "./..."], { cwd: project, env: { ...process.env, PATH: path } });
  }).timeout(600_000);
});

const PAGES = ["docs/_index.md", "docs/installation-configuration.md"];

/** What the Registry's site cannot show: it has neither our images nor our other pages beside a page. */
const RELATIVE =
  /<(?:img|a)[^>]+(?:src|href)=["'](?!https:)|!\[[^\]]*\]\((?!https:)|(?<!!)\[[^\]]*\]\((?!https:|#)/;

describe("Pulumi's Registry", () => {
  it("finds nothing wrong with the schema", async () => {
    const { slug } = (await import(join(ROOT, "tools/repository.mjs"))).repository();
    const { metadataProblems } = await import(join(ROOT, "tools/release-rules.mjs"));
    assert.deepEqual(metadataProblems(schema, slug), []);
    assert.equal(slug.split("/")[1], `pulumi-${schema.name}`);
    assert.equal(schema.version, undefined, "it may differ from the tag's");
    const [, logo = ""] = schema.logoUrl.split(`https://raw.githubusercontent.com/${slug}/HEAD/`);
    assert.match(read(logo), /^<svg /);
    assert.equal(schema.language.nodejs.packageName, npm.name, "the npm package that is advertised");
  });

  it("shows the first example in docs/_index.md (npm run generate)", async () => {
    const { registryPage } = await import(join(ROOT, "tools/schema.mjs"));
    assert.equal(read("docs/_index.md"), registryPage());
  });

  for (const page of PAGES) {
    it(`can show ${page}, in each language, with links to pages of ours that exist`, () => {
      const text = read(page);
      assert.match(text, /^---\ntitle: \S.*\nmeta_desc: \S.*\nlayout: \S.*\n---\n/);
      assert.doesNotMatch(text, RELATIVE);
      const chosen = [...text.matchAll(/^{{% choosable language (\w+) %}}$/gm)].map(([, one]) => one);
      assert.deepEqual(chosen, LANGUAGES);
      const links = [...text.matchAll(/\]\(https:\/\/github\.com\/[\w-]+\/[\w-]+\/blob\/main\/([^)#]*)/g)];
      assert.ok(links.length > 0);
      for (const [, file = ""] of links) assert.ok(existsSync(join(ROOT, file)), file);
    });
  }

  it("is told of settings that exist", () => {
    const told = [...read("docs/installation-configuration.md").matchAll(/^\| `headshotpro:(\w+)`/gm)];
    assert.ok(told.length > 0);
    for (const [, key = ""] of told) assert.ok(key in schema.config.variables, key);
  });
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
