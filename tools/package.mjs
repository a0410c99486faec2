// The plugin's archives, named as Pulumi's CLI asks a server (or GitHub's releases) for them, and their checksums: for
// each platform the plugin as a program that needs no Node. The npm package brings the small script instead.
//
//   npm run package                             for all platforms, into archives/
//   npm run package -- --platform linux-amd64   for one
//   npm run package -- --out DIR                elsewhere
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { create } from "tar";
import { bundle, COMMAND as COMPILED } from "./bundle.mjs";
import { fileNameFor, makeExecutable, nodeLicense, PLATFORMS } from "./executable.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const COMMAND = "pulumi-resource-headshotpro";
const LARGEST = 64 * 1024 * 1024;

const { values } = parseArgs({
  options: {
    out: { type: "string", default: path.join(ROOT, "archives") },
    platform: { type: "string", multiple: true, default: PLATFORMS },
  },
});
const { version } = JSON.parse(readFileSync(path.join(ROOT, "provider", "package.json"), "utf8"));

mkdirSync(values.out, { recursive: true });
const work = mkdtempSync(path.join(tmpdir(), `${COMMAND}-`));
try {
  const script = path.join(work, `${COMMAND}.js`);
  const packages = await bundle(COMPILED, script);
  const sums = [];
  for (const platform of values.platform) sums.push(await makeArchive(platform, script, packages));
  writeFileSync(path.join(values.out, "SHA256SUMS"), sums.join(""));
  process.stdout.write(sums.join(""));
} finally {
  rmSync(work, { recursive: true });
}

/** Returns its line in the list of checksums. */
async function makeArchive(platform, script, packages) {
  const name = `${COMMAND}-v${version}-${platform}.tar.gz`;
  const [folder, file] = [path.join(work, platform), path.join(values.out, name)];
  mkdirSync(folder);
  const program = path.join(folder, fileNameFor(COMMAND, platform));
  const isSigned = makeExecutable(platform, script, program);
  copyFileSync(path.join(ROOT, "LICENSE"), path.join(folder, "LICENSE"));
  writeFileSync(path.join(folder, "THIRD-PARTY-LICENSES"), licensesOf(packages));
  // Neither who makes it nor when makes a difference, so that everybody can compare the checksums.
  const same = { portable: true, mtime: new Date(0) };
  await create({ file, cwd: folder, gzip: { level: 6 }, ...same }, readdirSync(folder).sort());
  const [packed, unpacked] = [statSync(file).size, statSync(program).size];
  rmSync(folder, { recursive: true });
  if (packed > LARGEST)
    throw new Error(
      `${name} has ${packed} bytes; more than ${LARGEST} is too much for everybody's download.`,
    );
  const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
  const remark = isSigned ? "" : "; not signed, which a Mac has to do: Apple's processors do not start it";
  console.error(`${name}: ${megabytes(packed)}, the program in it ${megabytes(unpacked)}${remark}`);
  return `${createHash("sha256").update(readFileSync(file)).digest("hex")}  ${name}\n`;
}

/** What the licenses of Node and of the bundled packages ask for: that they are told. */
function licensesOf(packages) {
  const { resolve } = createRequire(path.join(ROOT, "provider", "package.json"));
  const texts = packages.map((name) => {
    const folder = resolve
      .paths(name)
      .map((modules) => path.join(modules, name))
      .find((one) => existsSync(path.join(one, "package.json")));
    const { license, version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const text = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    const body = text ? readFileSync(path.join(folder, text), "utf8").trim() : "";
    return `${name} ${version} (${license})\n\n${body}\n`;
  });
  return [...texts, nodeLicense()].join(`\n${"-".repeat(80)}\n\n`);
}
