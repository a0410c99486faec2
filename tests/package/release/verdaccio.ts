import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { run } from "../command";

const CACHE = resolve(__dirname, "../../../node_modules/.cache");

/** The newest for Node 20. */
const VERSION = "6.8.0";

/** One copy of node-fetch is enough, and a release of the 2 that every registry has. */
const MANIFEST = {
  private: true,
  dependencies: { verdaccio: VERSION },
  overrides: { "node-fetch": "2.7.0" },
};

/** The folder in which `require("verdaccio")` works: installed once, from the registry that npm is configured with. */
export async function verdaccio(): Promise<string> {
  const place = join(CACHE, `verdaccio-${VERSION}`);
  if (existsSync(place)) return place;
  await mkdir(CACHE, { recursive: true });
  const staging = await mkdtemp(join(CACHE, "verdaccio-"));
  try {
    await writeFile(join(staging, "package.json"), JSON.stringify(MANIFEST));
    await run("npm", ["install", "--no-audit", "--no-fund"], { cwd: staging });
    await rename(staging, place);
  } catch (error) {
    // Another run has been quicker.
    if (!existsSync(place)) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return place;
}
