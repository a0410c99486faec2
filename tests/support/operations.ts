import assert from "node:assert/strict";

export type Properties = Record<string, unknown>;

/** The verbs as a test calls them, wherever they run. What a verb throws for the user is a {@link VerbFailure}. */
export interface Verbs {
  readonly printed: string[];
  /** @returns the checked inputs, and the failures as `property: reason`. */
  check(news: Properties, olds?: Properties): Promise<{ inputs: Properties; failures: string[] }>;
  /** @returns `changes` as the SDK passes it on: unknown means that the engine compares the inputs itself. */
  diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes?: string; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  /** @returns undefined where the provider says that the resource is gone; without `inputs`, the engine keeps its own. */
  read(
    id: string,
    known?: Properties,
  ): Promise<{ id: string; props: Properties; inputs?: Properties } | undefined>;
  update(id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(id: string, known?: Properties): Promise<void>;
  stop(): Promise<void>;
}

/** What the engine records of a change that was carried out in part. */
export interface Recorded {
  id: string;
  properties: Properties;
  /** The names of those that are secret; the dynamic face knows none. */
  secrets?: string[];
  reasons: string[];
}

/** A verb that failed, as the engine sees it: what it prints, and what it records in spite of the failure. */
export class VerbFailure extends Error {
  constructor(
    message: string,
    readonly recorded?: Recorded,
  ) {
    super(message);
  }
}

/** Long enough, and nothing else looks like it. */
export const KEY = "hp_live_5ecretKey0fTheTests";

/** What every state says of the emulator's organization that this key reaches; never changed: it is compared with what states hold. */
export const MARK = { __organization: ":d19b0d77.9286ae4e" };

/** The message that a verb failed with, once it has been found fit to be read by a person. Nothing is recorded. */
export async function failureOf(verb: Promise<unknown>): Promise<string> {
  const { message, recorded } = await thrownBy(verb);
  assert.equal(recorded, undefined, "nothing is recorded with a failure");
  return message;
}

/** The same, where one thing matters of the message. */
export async function failsWith(verb: Promise<unknown>, said: RegExp): Promise<void> {
  assert.match(await failureOf(verb), said);
}

/** The same of a verb that was carried out in part, with what the engine records of it. */
export async function partOf(verb: Promise<unknown>): Promise<Recorded & { message: string }> {
  const { message, recorded } = await thrownBy(verb);
  assert.ok(recorded, `nothing is recorded: ${message}`);
  assert.deepEqual(recorded.reasons, [message]);
  return { message, ...recorded };
}

async function thrownBy(verb: Promise<unknown>): Promise<VerbFailure> {
  const error: unknown = await verb.then(
    () => assert.fail("it should have failed"),
    (reason) => reason,
  );
  if (!(error instanceof VerbFailure)) throw error;
  assertReadable(error.message);
  return error;
}

/** One message: complete sentences, nothing twice, nothing of a program's inner life, never the key. */
function assertReadable(message: string): void {
  assert.doesNotMatch(message, /\n|\bat .+:\d+|node_modules|Error:|undefined|null|NaN|\[object|=>/);
  assert.doesNotMatch(message, new RegExp(KEY));
  assert.doesNotMatch(message, /invite=/, "a link is a secret");
  assert.ok(message.length < 700, message);
  const sentences = message.split(/(?<=[.:]) /);
  assert.equal(new Set(sentences).size, sentences.length, `something is said twice: ${message}`);
  assert.match(message, /[.)`]$/);
}

/** What the process prints besides are lines of its own: no stack frames, no copies of failures, no secrets. */
export function assertPrinted(printed: readonly string[]): void {
  for (const line of printed) {
    assert.doesNotMatch(line, /^\s+at |node_modules|\w+Error\b|was not|undefined|null|NaN/);
    assert.doesNotMatch(line, new RegExp(KEY));
    assert.doesNotMatch(line, /invite=/);
  }
}

/** What is recorded holds nothing that the SDK cannot take, and repeats what was declared. */
export function assertRecordable(outs: Properties, inputs: Properties): void {
  for (const [name, value] of Object.entries(outs))
    assert.ok(value !== undefined && value !== null && typeof value !== "object", `${name} is ${value}`);
  for (const [name, value] of Object.entries(inputs)) assert.equal(outs[name], value, name);
}
