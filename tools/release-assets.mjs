// Everything that a release puts out, into release/: assets/ (the plugin's archives, the npm package, its SBOM and the
// checksums of all) and NOTES.md, the version's part of the changelog.
//
//   npm run release:assets -- --tag v1.2.3   and that the tag is of this version
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { extract } from "tar";

const ROOT = path.resolve(import.meta.dirname, "..");
const RELEASE = path.join(ROOT, "release");
const ASSETS = path.join(RELEASE, "assets");

/**
 * What the changelog says of a version.
 *
 * @throws Error if the tag is of another version, or the changelog has no such version or does not release it yet.
 */
export function releaseNotes(changelog, version, tag) {
  if (tag !== `v${version}`)
    throw new Error(
      `The tag is ${tag}, and provider/package.json has ${version}: one of them has to change.`,
    );
  const [, heading = "", notes = ""] = changelog.split(/^## (.+)\n/m);
  if (heading !== version)
    throw new Error(
      `CHANGELOG.md begins with "${heading}", and the release is ${version}: change its heading.`,
    );
  return notes.trim();
}

function makeAssets() {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, "provider/package.json"), "utf8"));
  const { tag } = parseArgs({ options: { tag: { type: "string", default: `v${version}` } } }).values;
  const notes = releaseNotes(readFileSync(path.join(ROOT, "CHANGELOG.md"), "utf8"), version, tag);
  rmSync(RELEASE, { recursive: true, force: true });
  mkdirSync(ASSETS, { recursive: true });
  writeFileSync(path.join(RELEASE, "NOTES.md"), `${notes}\n`);
  execFileSync(process.execPath, [path.join(ROOT, "tools/package.mjs"), "--out", ASSETS], {
    stdio: "inherit",
  });
  const tarball = `pulumi-headshotpro-${version}.tgz`;
  npm(["pack", "--workspace", "provider", "--pack-destination", ASSETS], ROOT);
  writeFileSync(path.join(ASSETS, "sbom.spdx.json"), sbomOf(path.join(ASSETS, tarball)));
  const sums = readdirSync(ASSETS)
    .filter((name) => name !== "SHA256SUMS")
    .map((name) => `${sha256(path.join(ASSETS, name))}  ${name}\n`);
  writeFileSync(path.join(ASSETS, "SHA256SUMS"), sums.join(""));
  process.stdout.write(sums.join(""));
}

/** What somebody who installs the package gets: neither what it is developed with, nor Pulumi's SDK, its peer. */
function sbomOf(tarball) {
  const folder = mkdtempSync(path.join(tmpdir(), "headshotpro-sbom-"));
  try {
    extract({ file: tarball, cwd: folder, sync: true });
    const unpacked = path.join(folder, "package");
    cpSync(path.join(ROOT, ".npmrc"), path.join(unpacked, ".npmrc"));
    const needed = ["--omit", "dev", "--omit", "peer"];
    npm(["install", "--ignore-scripts", ...needed], unpacked);
    return npm(["sbom", "--sbom-format", "spdx", ...needed], unpacked);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function npm(args, cwd) {
  const shell = process.platform === "win32"; // npm is a batch file there
  return execFileSync("npm", args, { cwd, shell, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

const sha256 = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

if (process.argv[1] === fileURLToPath(import.meta.url)) makeAssets();
