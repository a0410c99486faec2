import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ensureEngine, ensureLanguageHost } from "pulumi-engine";
import { version } from "../../../provider/package.json";
import { PluginServer } from "../tarball";
import { run } from "../tools";
import { followReadme } from "./follow-readme";
import { Registry } from "./place";
import { checkToldSchema, tryGo, tryJava, tryPython } from "./sdks";

// The whole release but its publication: what would go out is made, checked, published to a registry on this machine,
// and used from there as the README says, in empty folders.
// npm run release:rehearse                    before there is a tag
// npm run release:rehearse -- --tag v1.2.3    as for that tag

const ROOT = resolve(__dirname, "../../..");
const ASSETS = join(ROOT, "release/assets");

async function main(folder: string): Promise<void> {
  const make = [join(ROOT, "tools/release-assets.mjs"), ...process.argv.slice(2)];
  await run(process.execPath, make, { cwd: ROOT });
  console.log(`✔ made and as it should be: ${ASSETS}`);

  const engine = await ensureEngine();
  const withYaml = await ensureLanguageHost(engine, "yaml");
  const registry = await Registry.open(folderIn(folder, "registry"));
  const plugins = await PluginServer.open(ASSETS);
  const sdks = folderIn(folder, "sdks");
  try {
    await registry.publish(join(ASSETS, `pulumi-headshotpro-${version}.tgz`));
    console.log(`✔ published to a registry of its own: pulumi-headshotpro ${version}`);
    for (const manager of ["npm", "pnpm", "yarn"] as const) {
      await followReadme(manager, folder, withYaml, registry.env);
      console.log(`✔ the README, with ${manager}`);
    }
    for (const attempt of [checkToldSchema, tryPython, tryGo, tryJava])
      console.log(await attempt({ folder, sdks, engine, version, plugins }));
  } finally {
    plugins.close();
    registry.close();
  }
  console.log(artefactList([ASSETS, sdks]));
}

function folderIn(folder: string, name: string): string {
  mkdirSync(join(folder, name));
  return join(folder, name);
}

const folder = mkdtempSync(join(tmpdir(), "headshotpro-release-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
main(folder).then(
  () => process.exit(0),
  (error: unknown) => {
    console.log(`✖ ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  },
);

/** The files in these folders, a line each: name, bytes, SHA-256. */
export function artefactList(folders: readonly string[]): string {
  const rows = folders.flatMap((folder) =>
    readdirSync(folder).map((name) => {
      const content = readFileSync(join(folder, name));
      return { name, size: content.length, sum: createHash("sha256").update(content).digest("hex") };
    }),
  );
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .map(({ name, size, sum }) => `${name.padEnd(width)}  ${String(size).padStart(8)}  ${sum}`)
    .join("\n");
}
