import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** One line of the table: a budget, or a figure that is only told. */
export interface Row {
  /** `up of 1,000` and so on. */
  budget: string;
  /** What was measured, in words: `35.2 s against 36.1 s`. */
  measured: string;
  /** What the bound is about: a ratio, or a number of requests. */
  value?: number;
  /** The value is at most this. Left out: nothing was promised. */
  bound?: number;
}

/** One command of one contender at one size: what the simulation and the pictures are made from. */
export interface Point {
  contender: string;
  people: number;
  checkpoints: boolean;
  command: string;
  seconds: number;
  requests: number;
  /** After the command; left out if there is no state file to look at. */
  stateBytes?: number;
  /** What the CLI wrote to files and sockets while it ran; only where /proc tells. */
  writtenBytes?: number;
  /** The most memory that the provider process had; only where /proc tells. */
  providerBytes?: number;
}

/** What one part of the bench gave. */
export interface PartResult {
  rows: Row[];
  points?: Point[];
  /** More to read: what loads, for example. */
  notes?: string[];
}

/** Where a part was measured. */
export interface Machine {
  cpu: string;
  cores: number;
  node: string;
  pulumi: string;
}

/** Each part says when and where it was measured, since some may be older than others. */
export interface Results {
  settings: { sizes: number[]; rounds: number; quick: boolean };
  parts: Record<
    string,
    PartResult & { startedAt: string; machine: Machine; seconds: number; error?: string }
  >;
}

export const RESULTS = resolve(__dirname, "results");

export function save(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

export function rowsOf(results: Results): Row[] {
  return Object.values(results.parts).flatMap(({ rows }) => rows);
}

/** What a part measured; nothing if it was not run. */
export function pointsOf(results: Results, part: string): Point[] {
  return results.parts[part]?.points ?? [];
}
