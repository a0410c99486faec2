import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { run } from "./run";
import { type Bounds, get } from "./web";

/** Which CLI to fetch, and where to. */
export interface DownloadRequest {
  readonly version: string;
  /** An empty directory for the programs. */
  readonly bin: string;
  /** A directory for whatever else is needed; it is removed afterwards. */
  readonly scratch: string;
  readonly env: NodeJS.ProcessEnv;
}

/** An archive of the CLI, as Pulumi publishes it for one platform. */
interface Archive {
  readonly name: string;
  /** How many directories lie above the programs in it. */
  readonly depth: number;
}

const RELEASES = "https://get.pulumi.com/releases/sdk/";
const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "darwin",
  linux: "linux",
  win32: "windows",
};
// Little time for the small file: a host that is filtered away would otherwise hold us for minutes.
const CHECKSUMS: Bounds = { ms: 8_000, bytes: 2 ** 20 };
const ARCHIVE: Bounds = { ms: 15 * 60_000, bytes: 2 ** 30 };
const UNPACK_LIMIT_MS = 5 * 60_000;

/**
 * Puts the official CLI and its plugins in `bin`. The archive is compared with the checksum that is published with it
 * before any of it is unpacked or run.
 *
 * @throws Error with the reason in one line, soon if the host cannot be reached.
 */
export async function downloadCli(wanted: DownloadRequest, releases = RELEASES): Promise<void> {
  const { version, bin, scratch, env } = wanted;
  const archive = archiveFor(version, process.platform, process.arch);
  const checksums = await get(new URL(checksumsName(version), releases), env, CHECKSUMS, text);
  const published = findDigest(checksums, archive.name);
  const file = path.join(scratch, archive.name);
  const actual = await get(new URL(archive.name, releases), env, ARCHIVE, (body) => save(body, file));
  if (actual !== published) {
    throw new Error(
      `${archive.name} is not what was published: its SHA-256 is ${actual}, the published one ${published}; ` +
        "it was damaged or exchanged on the way, and nothing of it was unpacked or run",
    );
  }
  await unpack(archive, scratch, bin, env);
}

/**
 * The archive of a version for a platform.
 *
 * @throws Error if nothing is published for it.
 * @example
 * ```ts
 * archiveFor("3.257.0", "linux", "x64").name; // pulumi-v3.257.0-linux-x64.tar.gz
 * ```
 */
export function archiveFor(version: string, platform: NodeJS.Platform, arch: NodeJS.Architecture): Archive {
  const system = SYSTEMS[platform];
  if (system === undefined || !["x64", "arm64"].includes(arch)) {
    throw new Error(`Pulumi publishes no CLI for ${platform} on ${arch}`);
  }
  const stem = `pulumi-v${version}-${system}-${arch}`;
  return platform === "win32" ? { name: `${stem}.zip`, depth: 2 } : { name: `${stem}.tar.gz`, depth: 1 };
}

/** The file with the SHA-256 of every archive of a version. */
export function checksumsName(version: string): string {
  return `pulumi-${version}-checksums.txt`;
}

/**
 * The SHA-256 that a checksums file has for an archive: lines of `sha256sum`, with a star before the name of a
 * file read as binary.
 *
 * @throws Error if it has none, or more than one.
 */
function findDigest(checksums: string, archive: string): string {
  const digests = checksums.split(/\r?\n/).flatMap((line) => {
    const [, digest, name] = /^([0-9a-f]{64}) [ *](\S+)$/i.exec(line.trim()) ?? [];
    return digest !== undefined && name === archive ? [digest.toLowerCase()] : [];
  });
  const [digest, ...others] = new Set(digests);
  if (digest === undefined) throw new Error(`the published checksums have none for ${archive}`);
  if (others.length > 0) throw new Error(`the published checksums have several for ${archive}`);
  return digest;
}

/** Writes the bytes to a file, and gives their SHA-256. */
async function save(body: AsyncIterable<Buffer>, file: string): Promise<string> {
  const hash = createHash("sha256");
  const hashing = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of body) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(hashing, createWriteStream(file));
  return hash.digest("hex");
}

async function unpack(
  { name, depth }: Archive,
  directory: string,
  bin: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  // Named without its directory: GNU tar takes `a:b` for file b on host a. `o`: root would otherwise give the
  // programs to whatever user has the number of who packed them.
  const args = [name.endsWith(".zip") ? "-xof" : "-xozf", name, "-C", bin, `--strip-components=${depth}`];
  const { problem } = await run("tar", args, { cwd: directory, env, timeoutMs: UNPACK_LIMIT_MS });
  if (problem !== undefined) throw new Error(`${name} cannot be unpacked: tar: ${problem}`);
}
