import { readFile } from "node:fs/promises";
import path from "node:path";
import semver from "semver";

// Beside both src/ and dist/.
const BUILD = path.resolve(__dirname, "..", "build");

/** A checked-in Go module, in which a version is written in one place only. */
export interface GoModule {
  readonly directory: string;
  readonly goMod: string;
  readonly goSum: string;
}

export async function readGoModule(name: string): Promise<GoModule> {
  const directory = path.join(BUILD, name);
  const [goMod = "", goSum = ""] = await Promise.all(
    ["go.mod", "go.sum"].map((file) => readFile(path.join(directory, file), "utf8")),
  );
  return { directory, goMod, goSum };
}

/** The version that a go.mod requires of a module, without the `v`. */
export function requiredVersion(goMod: string, module: string): string {
  for (const line of goMod.split("\n")) {
    const [name, version] = line.replace("require", "").trim().split(/\s+/);
    if (name === module && version !== undefined) return version.replace(/^v/, "");
  }
  throw new Error(`go.mod does not require ${module}`);
}

/** The Go that a go.mod asks for, such as `1.25` or `1.25.11`, in three numbers. */
export function goDirective(goMod: string): string {
  return semver.coerce(/^go (\S+)$/m.exec(goMod)?.[1])?.version ?? "0.0.0";
}

export function newest(a: string, b: string): string {
  return semver.gt(a, b) ? a : b;
}
