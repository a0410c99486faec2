import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DEFAULT_MAX_RENEWALS } from "../../provider/src/invite/invite";
import { resolveSettings } from "../../provider/src/settings";

const ROOT = resolve(__dirname, "../..");
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

/** What the doc comments say, which the schema is made of (schema.spec.ts). */
const { resources, provider } = JSON.parse(
  readFileSync(join(ROOT, "provider/src/plugin/schema.json"), "utf8"),
);
const invite = resources["headshotpro:index:HeadshotInvite"];
const roster = resources["headshotpro:index:HeadshotRoster"];

/** `Default 3`, `default: "ignore"`, or `ignore` (the default). */
function defaultIn(documentation: string): string | undefined {
  return (
    /`(\w+)` \(the default\b/.exec(documentation)?.[1] ??
    /\bdefault:? `?(\w+)/i.exec(documentation.replace(/Default of/g, ""))?.[1]
  );
}

describe("docs/reference.md", () => {
  for (const [type, { inputProperties }] of Object.entries({
    HeadshotInvite: invite,
    HeadshotRoster: roster,
    Provider: provider,
  })) {
    const properties = Object.entries<{ description: string }>(inputProperties);
    const rows = rowsUnder(`### ${type}`);

    it(`names the inputs of ${type}, and no others, in their order`, () =>
      assert.deepEqual(
        rows.map(([name]) => code(name)),
        properties.map(([name]) => name),
      ));

    for (const [name, { description }] of properties)
      it(`${type}.${name} has the default that its documentation names`, () => {
        const row = rows.find(([cell]) => code(cell) === name);
        assert.equal(code(row?.[2]), defaultIn(description), description);
      });
  }

  it("has the number of renewals that the rules have", () => {
    const row = rowsUnder("### HeadshotInvite").find(([name]) => code(name) === "maxRenewals");
    assert.equal(code(row?.[2]), String(DEFAULT_MAX_RENEWALS));
  });

  it("names every output that is no input", () => {
    assert.deepEqual(
      rowsUnder("## Outputs").map(([name]) => code(name)),
      Object.keys(invite.properties).filter((name) => !(name in invite.inputProperties)),
    );
  });

  describe("the configuration", () => {
    const rows = rowsUnder("## Configuration").map(([key, variable, , value]) => ({
      key: code(key) ?? "",
      variable: code(variable) ?? "",
      value: code(value),
    }));
    const KEY = { HEADSHOTPRO_API_KEY: "hp_key" };

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
