import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Copies, type Copy, SINGLE_PACKAGES } from "./doctor/packages";

interface Manifest {
  version?: string;
  dependencies?: object;
  optionalDependencies?: object;
  peerDependencies?: object;
}

/**
 * The copies of the packages of which a program should have one, found as Node finds them: from the program's own
 * folder, and from each package that it uses, however deep.
 *
 * @param folder the program's: absolute.
 */
export function probeCopies(folder: string): Copies {
  const copies: Record<keyof Copies, Copy[]> = { "pulumi-headshotpro": [], "@pulumi/pulumi": [] };
  const visited = new Set<string>();
  const open = [{ at: folder, uses: [...SINGLE_PACKAGES, ...namesIn(manifestAbove(folder))] }];
  // It grows while it is gone through.
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

/** The folder of a package, as somebody in another folder gets it; links are followed, as Node does. */
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
