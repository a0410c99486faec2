import path from "node:path";

/** Where an engine came from. */
export type EngineSource = "path" | "cache" | "download" | "build";

/** A Pulumi engine that runs Node programs with dynamic resources. */
export interface Engine {
  /** Absolute path of the CLI. */
  readonly pulumi: string;
  /** The value for PATH: the directories with the CLI and its two Node plugins, then the caller's PATH. */
  readonly path: string;
  /** The CLI's version, without a leading `v`. */
  readonly version: string;
  readonly source: EngineSource;
}

/** The CLI, and the two programs that it starts for a Node program with dynamic resources. */
export const CLI = "pulumi";
export const LANGUAGE_HOST = "pulumi-language-nodejs";
export const DYNAMIC_PROVIDER = "pulumi-resource-pulumi-nodejs";

/** Puts `directories` before what `PATH` holds already, each once. */
export function prependToPath(directories: readonly string[], current: string | undefined): string {
  const inherited = current ? [current] : [];
  return [...new Set(directories), ...inherited].join(path.delimiter);
}

/** The name of a tool's file in an engine of ours: on Windows the dynamic provider is a batch file. */
export function fileNameOf(tool: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== "win32") return tool;
  return tool === DYNAMIC_PROVIDER ? `${tool}.cmd` : `${tool}.exe`;
}
