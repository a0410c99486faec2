import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { EnsureEngineOptions } from "../../../engine/src";
import { engineRecipe } from "../../../engine/src/recipe";

/**
 * A machine of its own: nothing on PATH but what a test puts there, and an empty cache. Its directory is named
 * so that whatever does not quote a path falls over it.
 */
export class Machine {
  readonly root = mkdtempSync(path.join(os.tmpdir(), "engine setup 'é\" $-"));
  readonly bin = path.join(this.root, "bin");
  readonly cache = path.join(this.root, "cache");
  readonly lines: string[] = [];
  /** Engines that were asked for by download. */
  readonly downloads: string[] = [];

  constructor() {
    mkdirSync(this.bin);
  }

  env(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return { HOME: this.root, PATH: this.bin, HEADSHOTPRO_ENGINE_CACHE: this.cache, ...extra };
  }

  options(extra: EnsureEngineOptions = {}): EnsureEngineOptions {
    return {
      env: this.env(),
      report: (line) => this.lines.push(line),
      download: async ({ version }) => {
        this.downloads.push(version);
        throw new Error("get.pulumi.com cannot be reached (test)");
      },
      ...extra,
    };
  }

  get progress(): string {
    return this.lines.join("\n");
  }

  /** What is in the cache, staging directories included. */
  get cached(): string[] {
    try {
      return readdirSync(this.cache);
    } catch {
      return [];
    }
  }

  file(name: string): string {
    return path.join(this.root, name);
  }

  /** The same for a shell script, as one word. */
  quoted(name: string): string {
    return `'${this.file(name).replaceAll("'", "'\\''")}'`;
  }

  read(name: string): string {
    return readFileSync(this.file(name), "utf8");
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export function script(directory: string, name: string, body: string): string {
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

export function fakeCli(directory: string, version: string): string {
  return script(directory, "pulumi", `[ "$1" = version ] && echo v${version}`);
}

export function fakePlugins(directory: string): void {
  for (const name of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"])
    script(directory, name, "exit 0");
}

/** A download that works, and gives a CLI of that version. */
export function fakeDownload(printed?: string): NonNullable<EnsureEngineOptions["download"]> {
  return async ({ version, bin }) => {
    fakeCli(bin, printed ?? version);
    fakePlugins(bin);
  };
}

/**
 * A `go` that notes what it is called with in `go.log`, and builds programs that are shell scripts.
 * `during` runs inside a build of the CLI, with the file to be written in `$out`.
 */
export async function fakeGo(
  machine: Machine,
  directory = machine.bin,
  { version = "1.26.8", during = ":" } = {},
): Promise<string> {
  const { version: cliVersion } = await engineRecipe();
  return script(
    directory,
    "go",
    `echo "$0 $*" >> ${machine.quoted("go.log")}
if [ "$1" = version ]; then echo "go version go${version} linux/amd64"; exit 0; fi
while [ $# -gt 1 ]; do [ "$1" = -o ] && out="$2"; shift; done
case "$out" in */pulumi) ${during};; esac
printf '#!/bin/sh\\necho v${cliVersion}\\n' > "$out"
/bin/chmod 755 "$out"`,
  );
}

export async function waitUntil(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 120_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
