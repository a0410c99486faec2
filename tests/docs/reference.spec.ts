import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { readInputs } from "../../provider/src/invite/inputs";
import { resolveSettings } from "../../provider/src/settings";

const ROOT = resolve(__dirname, "../..");
const SOURCES = join(ROOT, "provider/src/sdk");
const PAGE = readFileSync(join(ROOT, "docs/reference.md"), "utf8");

/** The rows of the first table below a heading, as cells. */
function rowsUnder(heading: string): string[][] {
  const [, below = ""] = PAGE.split(`\n${heading}\n`);
  const lines = below.split("\n");
  const start = lines.findIndex((line) => line.startsWith("| --- "));
  assert.ok(start > 0, `there is no table under ${heading}`);
  const rows = lines.slice(start + 1);
  const end = rows.findIndex((line) => !line.startsWith("| "));
  return rows.slice(0, end < 0 ? rows.length : end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const code = (cell = "") => /`([^`]+)`/.exec(cell)?.[1];

/** The properties of an interface or a class, each with its documentation. */
function documented(file: string, name: string): Map<string, string> {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(SOURCES, file), "utf8"),
    ts.ScriptTarget.ES2022,
    true,
  );
  const declaration = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration | ts.ClassDeclaration =>
      (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) &&
      statement.name?.text === name,
  );
  assert.ok(declaration, `${file} has no ${name}`);
  const members: ts.NodeArray<ts.TypeElement | ts.ClassElement> = declaration.members;
  return new Map(
    members
      .filter((member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member))
      .map((member) => [
        member.name?.getText(source) ?? "",
        ts
          .getJSDocCommentsAndTags(member)
          .map((comment) => comment.getText(source).replace(/\s*\n\s*\* ?/g, " "))
          .join(" "),
      ]),
  );
}

/** `Default 3`, `default: "ignore"`, or `ignore` (the default). */
function defaultIn(documentation: string): string | undefined {
  return (
    /`(\w+)` \(the default\b/.exec(documentation)?.[1] ??
    /\bdefault:? `?(\w+)/i.exec(documentation.replace(/Default of/g, ""))?.[1]
  );
}

describe("docs/reference.md", () => {
  for (const { heading, file, type } of [
    { heading: "### HeadshotInvite", file: "headshot-invite.ts", type: "HeadshotInviteArgs" },
    { heading: "### HeadshotRoster", file: "headshot-roster.ts", type: "HeadshotRosterArgs" },
    { heading: "### Provider", file: "provider.ts", type: "ProviderArgs" },
  ]) {
    const properties = documented(file, type);
    const rows = rowsUnder(heading);

    it(`names the inputs of ${type}, and no others, in their order`, () =>
      assert.deepEqual(
        rows.map(([name]) => code(name)),
        [...properties.keys()],
      ));

    for (const [name, documentation] of properties)
      it(`${type}.${name} has the default that its documentation names`, () => {
        const row = rows.find(([cell]) => code(cell) === name);
        assert.equal(code(row?.[2]), defaultIn(documentation), documentation);
      });
  }

  it("names the inputs that a declaration may have, by the rules that check it", () => {
    const names = rowsUnder("### HeadshotInvite").map(([name]) => code(name) ?? "");
    const { failures } = readInputs(Object.fromEntries(names.map((name) => [name, []])));
    assert.deepEqual(
      failures.map(({ property, reason }) => [property, /^(it is not|expected) /.test(reason)]),
      names.map((name) => [name, true]),
    );
    const [unknown] = readInputs({ email: "ada@acme.com", other: true }).failures;
    assert.match(unknown?.reason ?? "", /there is no property/);
  });

  it("names every output that is no input", () => {
    const inputs = documented("headshot-invite.ts", "HeadshotInviteArgs");
    const outputs = [...documented("headshot-invite.ts", "HeadshotInvite").keys()];
    assert.deepEqual(
      rowsUnder("## Outputs").map(([name]) => code(name)),
      outputs.filter((name) => !inputs.has(name)),
    );
  });

  describe("the configuration", () => {
    const rows = rowsUnder("## Configuration").map(([key, variable, , value]) => ({
      key: code(key) ?? "",
      variable: code(variable) ?? "",
      value: code(value),
    }));
    const KEY = { HEADSHOTPRO_API_KEY: "hp_key" };
    const messageOf = (config: Record<string, string>, env: Record<string, string>) => {
      try {
        resolveSettings((key) => config[`headshotpro:${key}`], env);
      } catch (error) {
        return (error as Error).message;
      }
      return "no error";
    };

    for (const { key, variable } of rows) {
      it(`is read from ${variable}`, () =>
        assert.ok(messageOf({}, { ...KEY, [variable]: "not usable" }).startsWith(`${variable} `)));
      it(`is read from ${key}`, () => {
        const env: Record<string, string> = key === "headshotpro:apiKey" ? {} : KEY;
        assert.ok(messageOf({ [key]: "not usable" }, env).startsWith(`${key} `));
      });
    }

    it("has no other variable", () => {
      const text = readFileSync(join(ROOT, "provider/src/settings.ts"), "utf8");
      const variables = new Set([...text.matchAll(/"(HEADSHOTPRO_[A-Z_]+)"/g)].map(([, name]) => name));
      assert.deepEqual(
        rows.map(({ variable }) => variable),
        [...variables],
      );
    });

    it("has these defaults", () => {
      const { apiKey, timeoutMs, ...others } = resolveSettings(() => undefined, KEY);
      const defaults: Record<string, unknown> = { ...others, timeoutSeconds: timeoutMs / 1000 };
      for (const { key, value } of rows) {
        const name = key.replace("headshotpro:", "");
        assert.equal(value, defaults[name]?.toString(), name);
      }
    });
  });
});
