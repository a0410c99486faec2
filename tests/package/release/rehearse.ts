// The whole release but its publication: what would go out is made and checked, and the plugin and the SDKs are used
// from there in empty folders.
// npm run release:rehearse                    before there is a tag
// npm run release:rehearse -- --tag v1.2.3    as for that tag

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ensureEngine } from "pulumi-engine";
import { version } from "../../../provider/package.json";
import { PluginServer } from "../tarball";
import { run } from "../tools";
import { checkToldSchema, tryGo, tryJava, tryPython } from "./sdks";

const ROOT = resolve(__dirname, "../../..");
const ASSETS = join(ROOT, "release/assets");

async function main(folder: string): Promise<void> {
  const make = [join(ROOT, "tools/release-assets.mjs"), ...process.argv.slice(2)];
  await run(process.execPath, make, { cwd: ROOT });
  console.log(`✔ made and as it should be: ${ASSETS}`);
  // Provenance needs the workflow's identity.
  const tarball = join(ASSETS, `pulumi-headshotpro-${version}.tgz`);
  await run("npm", ["publish", tarball, "--dry-run", "--provenance=false"], { cwd: folder });
  console.log(`✔ npm would publish pulumi-headshotpro ${version}`);

  const engine = await ensureEngine();
  const plugins = await PluginServer.open(ASSETS);
  const sdks = join(folder, "sdks");
  mkdirSync(sdks);
  try {
    for (const attempt of [checkToldSchema, tryPython, tryGo, tryJava])
      console.log(await attempt({ folder, sdks, engine, version, plugins }));
  } finally {
    plugins.close();
  }
  console.log(artefactList([ASSETS, sdks]));
}

/** The files in these folders, a line each: name, bytes, SHA-256. */
function artefactList(folders: readonly string[]): string {
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

const folder = mkdtempSync(join(tmpdir(), "headshotpro-release-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
main(folder).then(
  () => process.exit(0),
  (error: unknown) => {
    console.log(`✖ ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  },
);
