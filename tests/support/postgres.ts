import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Backend } from "./backend";
import { copyPostgres, unprivilegedUser } from "./postgres-binaries";

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
    return await startIn(directory);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(directory: string): Promise<Backend> {
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
