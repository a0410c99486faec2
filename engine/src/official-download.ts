import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Archive, archiveOf, checksumsOf, digestIn } from "./release";
import { run } from "./run";
import type { DownloadRequest } from "./ways/download";
import { type Bounds, get } from "./web";

const RELEASES = "https://get.pulumi.com/releases/sdk/";
// Little time for the small file: a host that is filtered away would otherwise hold us for minutes.
const CHECKSUMS: Bounds = { ms: 8_000, bytes: 2 ** 20 };
const ARCHIVE: Bounds = { ms: 15 * 60_000, bytes: 2 ** 30 };
const UNPACK_LIMIT_MS = 5 * 60_000;

/**
 * Puts the official CLI in `bin`. The archive is compared with the checksum that is published with it before any
 * of it is unpacked or run.
 *
 * @throws Error with the reason in one line, soon if the host cannot be reached.
 */
export async function officialDownload(wanted: DownloadRequest, releases = RELEASES): Promise<void> {
  const { version, bin, scratch, env } = wanted;
  const archive = archiveOf(version, process.platform, process.arch);
  const checksums = await get(new URL(checksumsOf(version), releases), env, CHECKSUMS, text);
  const published = digestIn(checksums, archive.name);
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
