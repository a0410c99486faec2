import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isOlder, parseRelease } from "../pulumi";
import { type Check, notable, well, wrong } from "./checks";

/** A package that a program loads, or one of the packages that it uses. */
export interface Copy {
  version: string;
  /** Where it is: a folder, absolute. */
  folder: string;
}

const OURS = "pulumi-headshotpro";
const SDK = "@pulumi/pulumi";

/** The packages of which a program should have one copy. */
const SINGLE_PACKAGES = [OURS, SDK] as const;

/** The copies in the program of this folder. */
export type Copies = Record<(typeof SINGLE_PACKAGES)[number], readonly Copy[]>;

/** @param running this command's own version. @param sdkRange the SDKs that it works with: `^3.216.0`. */
export function checkPackages(copies: Copies, running: string, sdkRange: string): Check[] {
  return [checkOurs(copies[OURS], running), ...checkSdk(copies[SDK], sdkRange)];
}

function checkOurs(copies: readonly Copy[], running: string): Check {
  const [first] = copies;
  if (copies.length > 1) return severalCopies(OURS, copies);
  if (first === undefined || first.version === running) return well(OURS, running);
  return notable(
    OURS,
    `${running}, and ${first.version} in the program`,
    "Run `npx pulumi-headshotpro doctor` in the project's folder: it takes the program's own version.",
  );
}

/** A program in YAML or Python has no copy, and then no check. */
function checkSdk(copies: readonly Copy[], range: string): Check[] {
  const oldest = parseRelease(range);
  const old = copies.find(({ version }) => isOlder(version, oldest));
  if (old) {
    const todo = `pulumi-headshotpro needs ${oldest.join(".")} or later: \`npm install ${SDK}@latest\`.`;
    return [wrong(SDK, old.version, todo)];
  }
  if (copies.length > 1) return [severalCopies(SDK, copies)];
  return copies.map(({ version }) => well(SDK, version));
}

/** The first major version of TypeScript that Pulumi's SDK cannot run programs with. */
const TOO_NEW = 7;

/** @param version of the TypeScript that the program would be compiled by; undefined if there is none. */
export function checkTypeScript(version: string | undefined): Check[] {
  if (version === undefined || Number.parseInt(version, 10) < TOO_NEW) return [];
  const todo =
    "Pulumi's SDK compiles programs with a version below 7: `npm install --save-dev typescript@5`.";
  return [wrong("typescript", version, todo)];
}

/** The version of the TypeScript that a folder's program would be compiled by. */
export function probeTypeScript(folder: string): string | undefined {
  const found = locate("typescript", folder);
  return found && manifestIn(found)?.version;
}

function severalCopies(name: string, copies: readonly Copy[]): Check {
  const places = copies.map(({ version, folder }) => `${version} (${toPlace(folder)})`).sort();
  return notable(
    name,
    `${copies.length} copies in one program: ${places.join(", ")}`,
    "Have one: ask for the same version everywhere, then run `npm dedupe` (pnpm: `pnpm dedupe`, yarn: `yarn dedupe`).",
  );
}

/** From the first `node_modules` on, since the folders above it tell whose machine it is; so does a private scope. */
function toPlace(folder: string): string {
  const path = folder.replaceAll("\\", "/");
  const start = path.indexOf("/node_modules/");
  return start < 0
    ? "a linked folder"
    : path.slice(start + 1).replace(/(?<=\/)@(?!pulumi[/+])[\w.-]+(?=[/+])/g, "@…");
}

interface Manifest {
  version?: string;
  dependencies?: object;
  optionalDependencies?: object;
  peerDependencies?: object;
}

/**
 * Finds the copies of the packages of which a program should have one, as Node finds them: from the program's own
 * folder, and from each package that it uses, however deep.
 *
 * @param folder the program's: absolute.
 */
export function probeCopies(folder: string): Copies {
  const copies: Record<keyof Copies, Copy[]> = { "pulumi-headshotpro": [], "@pulumi/pulumi": [] };
  const visited = new Set<string>();
  const open = [{ at: folder, uses: [...SINGLE_PACKAGES, ...namesIn(manifestAbove(folder))] }];
  // Entries are appended while this loop runs: each package found is searched in turn.
  for (const { at, uses } of open)
    for (const name of uses) {
      const found = locate(name, at);
      if (found === undefined || visited.has(found)) continue;
      visited.add(found);
      const manifest = manifestIn(found) ?? {};
      const single = SINGLE_PACKAGES.find((one) => one === name);
      if (single) copies[single].push({ version: manifest.version ?? "?", folder: found });
      open.push({ at: found, uses: namesIn(manifest) });
    }
  return copies;
}

function namesIn(manifest: Manifest | undefined): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = manifest ?? {};
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

/** The folder of a package, as code in another folder gets it; links are followed, as Node does. */
function locate(name: string, from: string): string | undefined {
  const places = createRequire(join(from, "package.json")).resolve.paths(name) ?? [];
  const place = places.map((folder) => join(folder, name)).find(manifestIn);
  return place && realpathSync(place);
}

function manifestIn(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}

function manifestAbove(folder: string): Manifest | undefined {
  const above = dirname(folder);
  return manifestIn(folder) ?? (above === folder ? undefined : manifestAbove(above));
}
