import { formatCount, type Row } from "./table";

/** The commands of a stack's life, in their order. */
export const LIFE = {
  preview: ["preview"],
  up: ["up", "--yes", "--skip-preview"],
  "no-op up": ["up", "--yes", "--skip-preview", "--expect-no-changes"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
} as const;

export type Command = keyof typeof LIFE;
export const COMMANDS = Object.keys(LIFE) as Command[];

/** Whoever runs the race, and what the table calls them. */
const NAMES = {
  ours: "HeadshotInvite in TypeScript",
  "our roster": "a roster in TypeScript",
  "our YAML roster": "a roster in YAML",
  floor: "a provider that does nothing",
  bare: "one that does nothing with a state as small as ours",
  tutorial: "the tutorials' provider",
} as const;

export type Contender = keyof typeof NAMES;

/** Which measurements are meant. */
export interface Which {
  contender: Contender;
  people: number;
  checkpoints: boolean;
  command: Command;
}

/** One command of one contender, measured. */
export interface Point extends Which {
  seconds: number;
  requests: number;
  /** After the command. */
  stateBytes: number;
}

/**
 * One row: the best time of a command in all rounds, against somebody else's best.
 *
 * @example
 * compare(points, { contender: "ours", people: 1000, checkpoints: true, command: "up" }, "floor", 1.1);
 */
export function compare(points: readonly Point[], which: Which, against: Contender, bound?: number): Row {
  const [ours, theirs] = [which, { ...which, contender: against }].map((one) =>
    least(pick(points, one).map(({ seconds }) => seconds)),
  ) as [number, number];
  return {
    budget: `${describe(which)}, against ${NAMES[against]}`,
    measured: `${ours.toFixed(1)} s against ${theirs.toFixed(1)} s`,
    value: ours / theirs,
    bound,
  };
}

/** One row: the most requests that each command made in any round; not a number if it did not run. */
export function countRequests(
  points: readonly Point[],
  which: Omit<Which, "command">,
  commands: readonly Command[] = COMMANDS,
): Row {
  return {
    budget: `requests: ${describe({ ...which, command: commands.join(" / ") })}`,
    value: commands.map((command) => most(pick(points, { ...which, command }).map((p) => p.requests))),
    bound: commands.map((command) => mostRequests(command, which.people)),
  };
}

/** How many requests a command may make for so many people. */
function mostRequests(command: Command, people: number): number {
  return {
    preview: 0,
    up: people + 1,
    "no-op up": 0,
    refresh: Math.min(people, 3),
    // Whoever is revoked is looked up first: one by one at the start, by the list as soon as they are many.
    destroy: people + 40,
  }[command];
}

/** One row: the bytes of state for each person after a command. */
export function countBytes(points: readonly Point[], which: Which, bound?: number): Row {
  const value = Math.round(least(pick(points, which).map(({ stateBytes }) => stateBytes)) / which.people);
  return {
    budget: `bytes of state for each of ${formatCount(which.people)}: ${NAMES[which.contender]}`,
    value,
    bound,
  };
}

/** The middle value; of an even number of values the higher of the two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The least: what else the machine did can only have added to a time. */
function least(values: readonly number[]): number {
  return values.length > 0 ? Math.min(...values) : Number.NaN;
}

function most(values: readonly number[]): number {
  return values.length > 0 ? Math.max(...values) : Number.NaN;
}

function pick(points: readonly Point[], which: Which): Point[] {
  return points.filter((point) =>
    Object.entries(which).every(([name, value]) => point[name as keyof Which] === value),
  );
}

function describe({
  contender,
  command,
  people,
  checkpoints,
}: Omit<Which, "command"> & { command: string }): string {
  const whose = contender === "ours" ? "" : ` in ${NAMES[contender]}`;
  return `${command} of ${formatCount(people)}${whose}${checkpoints ? "" : " (checkpoints off)"}`;
}
