import { createHash } from "node:crypto";

/** One program to build. */
export interface BuildTarget {
  readonly tool: string;
  /** The directory with its go.mod and go.sum. */
  readonly module: string;
  readonly goPackage: string;
  readonly ldflags: string;
  /** How long a first build takes on two cores, in words. */
  readonly usually: string;
}

/** What a build costs, in words, for whoever waits for it. */
export interface BuildCost {
  /** The time on two cores if nothing is cached yet. */
  readonly time: string;
  /** The disk while it runs, what of it stays in Go's caches, and what is left in ours. */
  readonly disk: { readonly during: string; readonly inGoCaches: string; readonly left: string };
}

/** What is kept in the cache as one: programs of one version. Its key changes whenever any of it does. */
export interface Recipe {
  /** What it gives, such as `engine`. */
  readonly what: string;
  /** The same with its version, such as `Pulumi 3.257.0`. */
  readonly name: string;
  readonly version: string;
  /** The programs that are looked for by name; the others serve the first. */
  readonly tools: readonly [string, ...string[]];
  readonly minimumGo: string;
  readonly targets: readonly [BuildTarget, ...BuildTarget[]];
  /** Programs that are there already, and are put beside those that are built. */
  readonly ready: readonly ReadyFile[];
  readonly cost: BuildCost;
  /** The name of its directory in the cache. */
  readonly key: string;
  /** Runs the first of the tools, and tells whether it is whole. */
  prove(program: string, env: NodeJS.ProcessEnv): Promise<Proof>;
}

export type Proof =
  | { readonly state: "good" }
  /** Broken for certain, or a machine too busy to tell. */
  | { readonly state: "broken" | "unsure"; readonly reason: string };

/** A file to copy, or to link: then it is one of ours, in the same cache. */
export interface ReadyFile {
  readonly name: string;
  /** Absolute; or, of a Go module that the first target requires, from that module's directory. */
  readonly file: string;
  readonly goModule?: string;
  readonly how: "copy" | "link";
}

/** Names the cache directory: by version, platform (a home may be shared by machines) and all the parts. */
export function cacheKey(name: string, version: string, parts: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
  return `${name}-${version}-${process.platform}-${process.arch}-${digest}`;
}

/** The flags and packages of the targets, as parts of a key. */
export function flagsOf(targets: readonly BuildTarget[]): string[] {
  return targets.map(({ goPackage, ldflags }) => `${goPackage} ${ldflags}`);
}
