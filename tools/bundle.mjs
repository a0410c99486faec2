// The plugin as one file that needs nothing but Node: what the npm package brings, and what is in the executables.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");
const PLUGIN = path.join(ROOT, "provider", "dist", "plugin");

/** What the compiler makes, and where it is kept while the bundle has its place. */
export const COMMAND = path.join(PLUGIN, "main.js");
export const UNBUNDLED = path.join(PLUGIN, "main.unbundled.js");

const { engines } = JSON.parse(readFileSync(path.join(ROOT, "provider", "package.json"), "utf8"));
const OLDEST = /\d+\.\d+/.exec(engines.node)[0];
const NEEDS = `pulumi-resource-headshotpro needs Node ${OLDEST} or later`;

// An old Node is to say what it lacks, so it has to be able to read the file: nothing in it is newer than this.
const READABLE_BY = "node12";

const TELL_OLD_NODE = `(function (node) {
  var own = process.versions.node.split(".").map(Number);
  if (own[0] > node[0] || (own[0] === node[0] && own[1] >= node[1])) return;
  process.stderr.write("${NEEDS}; this is Node " + process.versions.node + ".\\n");
  process.exit(1);
})([${OLDEST.replace(".", ", ")}]);`;

/**
 * Writes the bundle.
 *
 * @param entry the compiled command.
 * @param file where to.
 * @returns the names of the packages in it.
 */
export async function bundle(entry, file) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    platform: "node",
    target: READABLE_BY,
    format: "cjs",
    write: false,
    metafile: true,
    logLevel: "error",
  });
  writeFileSync(file, `"use strict";\n${TELL_OLD_NODE}\n${outputFiles[0].text}`, { mode: 0o755 });
  const packages = Object.keys(metafile.inputs).flatMap(
    (input) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? [],
  );
  return [...new Set(packages)].sort();
}
