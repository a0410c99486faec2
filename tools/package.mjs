// The plugin's archives, named as Pulumi's CLI asks a server (or GitHub's releases) for them, and their checksums.
//
//   npm run package                 into archives/
//   npm run package -- --out DIR    elsewhere
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { create } from "tar";
import { bundle, COMMAND as COMPILED, STARTED_BY_SHELL } from "./bundle.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const COMMAND = "pulumi-resource-headshotpro";
/** The same file for each: it is JavaScript. */
const PLATFORMS = ["darwin", "linux", "windows"].flatMap((os) =>
  ["amd64", "arm64"].map((arch) => `${os}-${arch}`),
);
const LARGEST = 500 * 1024;

const { values } = parseArgs({ options: { out: { type: "string", default: path.join(ROOT, "archives") } } });
const { version } = JSON.parse(readFileSync(path.join(ROOT, "provider", "package.json"), "utf8"));

const archive = await makeArchive();
if (archive.length > LARGEST)
  throw new Error(
    `The archive has ${archive.length} bytes; more than ${LARGEST} is too much for everybody's download.`,
  );
mkdirSync(values.out, { recursive: true });
const checksum = createHash("sha256").update(archive).digest("hex");
const names = PLATFORMS.map((platform) => `${COMMAND}-v${version}-${platform}.tar.gz`);
for (const name of names) writeFileSync(path.join(values.out, name), archive);
const list = names.map((name) => `${checksum}  ${name}\n`).join("");
writeFileSync(path.join(values.out, "SHA256SUMS"), list);
process.stdout.write(list);
console.error(`${names.length} archives of ${Math.ceil(archive.length / 1024)} KB in ${values.out}`);

async function makeArchive() {
  const folder = mkdtempSync(path.join(tmpdir(), `${COMMAND}-`));
  try {
    const packages = await bundle(COMPILED, path.join(folder, COMMAND), STARTED_BY_SHELL);
    // Windows takes no first line for what is to run a file.
    writeFileSync(path.join(folder, `${COMMAND}.cmd`), `@node "%~dp0${COMMAND}" %*\r\n`);
    copyFileSync(path.join(ROOT, "LICENSE"), path.join(folder, "LICENSE"));
    writeFileSync(path.join(folder, "THIRD-PARTY-LICENSES"), licensesOf(packages));
    const file = path.join(folder, "archive");
    // Neither who makes it nor when makes a difference, so that everybody can compare the checksums.
    const same = { portable: true, mtime: new Date(0) };
    const entries = readdirSync(folder).sort();
    await create({ file, cwd: folder, gzip: { level: 9 }, ...same }, entries);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the licenses of the bundled packages ask for: that they are told. */
function licensesOf(packages) {
  const { resolve } = createRequire(path.join(ROOT, "provider", "package.json"));
  return packages
    .map((name) => {
      const folder = resolve
        .paths(name)
        .map((modules) => path.join(modules, name))
        .find((one) => existsSync(path.join(one, "package.json")));
      const { license, version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
      const text = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
      const body = text ? readFileSync(path.join(folder, text), "utf8").trim() : "";
      return `${name} ${version} (${license})\n\n${body}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
