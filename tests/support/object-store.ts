import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Backend } from "./backend";

const PROGRAM = resolve(__dirname, "../object-store");
const BUCKET = "state";

/**
 * Starts an S3-compatible object store in memory, on a free port of loopback. Go builds it, the first time in some
 * ten seconds.
 *
 * @param delayMs how much later each request is answered, as if the store were on another machine.
 * @throws Error with what Go or the store printed if it does not start.
 */
export async function startObjectStore(delayMs = 0): Promise<Backend> {
  const directory = await mkdtemp(join(tmpdir(), "headshotpro-object-store-"));
  try {
    return await startIn(directory, delayMs);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(directory: string, delayMs: number): Promise<Backend> {
  const program = join(directory, "object-store");
  execFileSync("go", ["build", "-o", program, "."], { cwd: PROGRAM, stdio: "pipe" });
  const server = spawn(program, [BUCKET, ...(delayMs ? [`${delayMs}ms`] : [])]);
  const ended = once(server, "exit");
  const [address] = await Promise.race([once(createInterface({ input: server.stdout }), "line"), ended]);
  if (server.exitCode !== null) throw new Error(`The object store did not start: ${server.stderr.read()}`);
  // It logs what it does not support; nobody reads it, but it may not fill the pipe.
  server.stderr.resume();
  const settings = new URLSearchParams({
    endpoint: String(address),
    region: "us-east-1",
    s3ForcePathStyle: "true",
  });
  return {
    url: `s3://${BUCKET}?${settings}`,
    env: { AWS_ACCESS_KEY_ID: "for tests", AWS_SECRET_ACCESS_KEY: "for tests" },
    stop: async () => {
      server.stdin.end();
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
