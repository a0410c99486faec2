import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

/** A PostgreSQL server of the test's own. */
export interface Postgres {
  /** For PULUMI_BACKEND_URL. */
  url: string;
  stop(): Promise<void>;
}

const READY_MS = 30_000;
const PASSWORD = "for tests";

/**
 * Starts a PostgreSQL server on a free loopback port, with its data in a temporary folder. A machine without
 * one gets Debian's where the tests run as root on Debian or Ubuntu; elsewhere that is an error.
 */
export async function startPostgres(): Promise<Postgres> {
  const bin = serverFolder() ?? installServer();
  const user = unprivilegedUser();
  const directory = await mkdtemp(join(tmpdir(), "headshotpro-postgres-"));
  const data = join(directory, "data");
  const passwordFile = join(directory, "password");
  await writeFile(passwordFile, PASSWORD);
  if (user) for (const path of [directory, passwordFile]) await chown(path, user.uid, user.gid);
  const access = ["--username=pulumi", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  execFileSync(join(bin, "initdb"), ["-D", data, ...access, "--locale=C", "--encoding=UTF8", "--no-sync"], {
    ...user,
    cwd: directory,
    stdio: "pipe",
  });
  const port = await freePort();
  const settings = { listen_addresses: "127.0.0.1", port, unix_socket_directories: "", fsync: "off" };
  const switches = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(join(bin, "postgres"), ["-D", data, ...switches], {
    ...user,
    cwd: directory,
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
  const ready = new Promise<boolean>((resolve) => {
    const lines = createInterface({ input: server.stderr });
    lines.on("line", (line) => {
      printed.push(line);
      if (line.includes("ready to accept connections")) resolve(true);
    });
    lines.on("close", () => resolve(false));
    setTimeout(resolve, READY_MS, false).unref();
  });
  if (!(await ready)) {
    await stop();
    throw new Error(`PostgreSQL did not start:\n${printed.join("\n")}`);
  }
  const login = `pulumi:${encodeURIComponent(PASSWORD)}`;
  return { url: `postgres://${login}@127.0.0.1:${port}/postgres?sslmode=disable`, stop };
}

/** The newest server on this machine: the client's tools alone are no server. */
function serverFolder(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
    configured(),
  ].find((folder) => ["initdb", "postgres"].every((tool) => folder && existsSync(join(folder, tool))));
}

function configured(): string | undefined {
  try {
    return execFileSync("pg_config", ["--bindir"], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return undefined;
  }
}

function installServer(): string {
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["update"], { env, stdio: "pipe" });
    execFileSync("apt-get", ["install", "--yes", "--no-install-recommends", "postgresql"], {
      env,
      stdio: "pipe",
    });
  }
  const folder = serverFolder();
  if (folder) return folder;
  throw new Error(
    "The tests of concurrency need a PostgreSQL server, and none was found (initdb and postgres, on PATH or in " +
      "/usr/lib/postgresql). Install one: `sudo apt-get install postgresql`, or `brew install postgresql`.",
  );
}

/** The server refuses to run as root. Undefined: this process is nobody special already. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (...args: string[]) => Number(execFileSync("id", args, { encoding: "utf8", stdio: "pipe" }));
  for (const name of ["postgres", "nobody"]) {
    try {
      return { uid: id("-u", name), gid: id("-g", name) };
    } catch {}
  }
  throw new Error("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as.");
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address ? address.port : 0;
}
