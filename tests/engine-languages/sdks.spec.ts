import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { testEngine } from "../support/engine";

const ROOT = resolve(__dirname, "../..");

function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [relative(folder, file), readFileSync(file, "utf8")];
    }),
  );
}

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
    it(`${language}: is what is generated from the schema (npm run sdks)`, () => {
      const place = join("examples", language, "sdks/headshotpro");
      assert.deepEqual(filesIn(join(ROOT, place)), filesIn(join(folder, place)));
    });
});
