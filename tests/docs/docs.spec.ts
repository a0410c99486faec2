import { strict as assert } from "node:assert";
import { execFile, execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { ModuleKind, transpileModule } from "typescript";
import { organizationForAll } from "../support/organization";
import { commands, snippets } from "../support/reader";
import { TestStack } from "../support/stack";

const ROOT = resolve(__dirname, "../..");
const COMMAND = join(ROOT, "provider/dist/cli/command.js");
const PEOPLE = "email,teamId\nada@acme.com,\n";

/** The languages of the guide's programs, by how their blocks begin. */
const LANGUAGES = {
  ts: { title: "TypeScript", language: "javascript" },
  yaml: { title: "YAML", language: "yaml", face: "plugin" },
  python: { title: "Python", language: "python", face: "plugin" },
} as const;

/** Whether a block is a program by itself, and not a line of one. */
const isProgram = (text: string) => !/^(plugins|values|environment):/.test(text);

async function writeProgramOf(fence: string, stack: TestStack, program: string): Promise<void> {
  if (fence !== "ts") return stack.setProgram(program);
  const { outputText } = transpileModule(program, { compilerOptions: { module: ModuleKind.CommonJS } });
  await writeFile(join(stack.project, "index.js"), outputText);
}

/** The guide; the transcript has a test of its own. */
const PAGES = readdirSync(join(ROOT, "docs"))
  .filter((name) => name.endsWith(".md") && name !== "yaml.md")
  .map((name) => ({ name, text: readFileSync(join(ROOT, "docs", name), "utf8") }));

/** The anchors of a page's headings, as GitHub makes them. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("the guide", () => {
  let emulator: Emulator;
  const stacks = {} as Record<keyof typeof LANGUAGES, TestStack>;
  before(async () => {
    emulator = await startEmulator();
    const env = { HEADSHOTPRO_EMEA_KEY: emulator.apiKey };
    for (const [fence, options] of Object.entries(LANGUAGES))
      stacks[fence as keyof typeof LANGUAGES] = await TestStack.create(emulator, {
        ...options,
        program: "",
        env,
      });
  });
  after(async () => {
    await Promise.all(Object.values(stacks).map((stack) => stack.remove()));
    await emulator.close();
  });

  for (const { name, text } of PAGES) {
    const [people = PEOPLE] = snippets(text, "csv");
    for (const [fence, { title }] of Object.entries(LANGUAGES))
      for (const [index, program] of snippets(text, fence).filter(isProgram).entries())
        it(`${name}: program ${index + 1} in ${title} previews as it stands`, async () => {
          const stack = stacks[fence as keyof typeof LANGUAGES];
          await writeProgramOf(fence, stack, program);
          await writeFile(join(stack.project, "people.csv"), people);
          const preview = await stack.must("preview");
          assert.doesNotMatch(preview.printed, /warning|error/i);
        });
  }

  for (const name of readdirSync(join(ROOT, "docs/yaml")).filter((file) => file.endsWith(".yaml")))
    it(`yaml/${name}: previews as it stands`, async () => {
      const stack = stacks.yaml;
      const text = readFileSync(join(ROOT, "docs/yaml", name), "utf8");
      await stack.setProgram(text.replace(/^name: .*\nruntime: .*\n/, ""));
      await writeFile(join(stack.project, "people.csv"), PEOPLE);
      const preview = await stack.must("preview");
      assert.doesNotMatch(preview.printed, /warning|error/i);
    });

  const helps = new Map<string, string>();
  function helpOf(file: string, ...args: string[]): string {
    const key = [file, ...args].join(" ");
    const help = helps.get(key) ?? execFileSync(file, [...args, "--help"], { encoding: "utf8" });
    helps.set(key, help);
    return help;
  }

  function check(words: string[]): void {
    const [program, verb = "", ...rest] = words[0] === "npx" ? words.slice(1) : words;
    const flags = rest.filter((word) => word.startsWith("--")).map((word) => word.split("=")[0] ?? "");
    if (program === "pulumi-headshotpro") {
      const help = helpOf(process.execPath, COMMAND, verb);
      for (const flag of flags) assert.ok(help.includes(flag), `${verb} has no ${flag}`);
    } else if (program === "pulumi" && verb === "do") {
      // A command for each schema has no help without it; tests/engine/pulumi-do.spec.ts runs them.
      assert.ok(rest.includes("--stateless"), words.join(" "));
    } else if (program === "pulumi") {
      const subcommand = rest[0] !== undefined && !rest[0].startsWith("-") ? [verb, rest[0]] : [verb];
      const help = helpOf("pulumi", ...subcommand);
      for (const flag of flags) assert.ok(help.includes(flag), `pulumi ${verb} has no ${flag}`);
    } else if (program === "npm") {
      const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
      const isKnown = verb === "run" ? scripts[rest[0] ?? ""] : rest.join() === "pulumi-headshotpro";
      assert.ok(isKnown, words.join(" "));
    } else if (program === "node") assert.ok(existsSync(join(ROOT, verb)), verb);
    else assert.equal(program, "export", `${words.join(" ")}: a command that this test does not know`);
  }

  const SKILL = { name: "SKILL.md", text: readFileSync(join(ROOT, "provider/SKILL.md"), "utf8") };
  for (const { name, text } of [...PAGES, SKILL])
    it(`${name}: its commands and their options exist`, () => {
      const path = process.env.PATH;
      process.env.PATH = stacks.ts.environment().PATH;
      try {
        for (const words of commands(text)) check(words);
      } finally {
        process.env.PATH = path;
      }
    });

  it("has a page, and a heading in it, for each link; so does README", () => {
    const more = ["yaml.md", "../README.md"].map((name) => ({
      name,
      text: readFileSync(join(ROOT, "docs", name), "utf8"),
    }));
    for (const { name, text } of [...PAGES, ...more])
      for (const [, link = "", heading] of text.matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/g)) {
        const page = link === "" ? join(ROOT, "docs", name) : resolve(ROOT, "docs", dirname(name), link);
        assert.ok(existsSync(page), `${name}: ${link}`);
        if (heading !== undefined)
          assert.ok(headingsOf(readFileSync(page, "utf8")).includes(heading), `${name}: ${link}#${heading}`);
      }
  });
});

describe("docs/symptoms.md", () => {
  const page = readFileSync(join(ROOT, "docs/symptoms.md"), "utf8");
  const ours = page.slice(page.indexOf("## From HeadshotPro"));
  const files = readdirSync(join(ROOT, "provider/src"), { recursive: true, encoding: "utf8" });
  const source = files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(ROOT, "provider/src", file), "utf8"))
    .join("\n");

  const symptoms = [...ours.matchAll(/^\| (`[^|]+`[^|]*) \|/gm)].map(([, cell = ""]) => cell);
  it("has rows", () => assert.ok(symptoms.length > 10));

  for (const [, words = ""] of symptoms.join().matchAll(/`([^`]+)`/g))
    it(`says what is said: ${words}`, () => assert.ok(source.includes(words), words));
});

const UNIT_TESTS = readFileSync(resolve(__dirname, "../../docs/unit-tests.md"), "utf8");

describe("docs/unit-tests.md", () => {
  const organization = organizationForAll({ language: "typescript", program: "" });
  before(async () => {
    const { stack } = organization;
    await writeFile(join(stack.project, "index.ts"), snippets(UNIT_TESTS, "ts")[0] ?? "");
    await writeFile(join(stack.project, "tsconfig.json"), '{ "compilerOptions": { "strict": true } }');
  });

  /** Types are checked as well, as a user's ts-node does. */
  async function run(spec: string): Promise<string> {
    const { stack } = organization;
    await writeFile(join(stack.project, "people.spec.ts"), spec);
    const args = ["--no-config", "--timeout", "120000", "--require", "ts-node/register", "people.spec.ts"];
    return new Promise((done) => {
      execFile(
        join(stack.project, "node_modules/.bin/mocha"),
        args,
        { cwd: stack.project, env: { ...process.env, ...stack.environment() } },
        (error, stdout, stderr) => done(`${error ? `exit code ${error.code}\n` : ""}${stdout}${stderr}`),
      );
    });
  }

  const [mocks = "", emulated = ""] = snippets(UNIT_TESTS, "typescript");

  it("the test with mocks passes as it stands, and asks nobody", async () => {
    const printed = await run(mocks);
    assert.match(printed, /2 passing/, printed);
    assert.deepEqual(organization.emulator.requests, []);
  });

  it("the test with the emulator passes as it stands, on the real engine, and leaves nobody behind", async () => {
    const printed = await run(emulated);
    assert.match(printed, /1 passing/, printed);
    assert.deepEqual(
      organization.emulator.outbox.map(({ to }) => to),
      ["ada@acme.com"],
    );
    assert.equal(organization.emulator.invite("ada@acme.com")?.status, "revoked");
  });
});
