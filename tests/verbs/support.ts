import assert from "node:assert/strict";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "headshotpro-emulator";
import { NO_LIMIT } from "../support/no-limit";
import { type Properties, ProviderProcess } from "../support/provider-process";

interface LabOptions extends EmulatorOptions {
  env?: Record<string, string>;
  /** Configuration of the stack, with its namespace. */
  config?: Record<string, string>;
  /** How many times faster the provider process's clock runs. */
  speed?: number;
}

/** The SDK's provider process and an emulator that it speaks to. */
export class Lab {
  private constructor(
    readonly emulator: Emulator,
    readonly provider: ProviderProcess,
  ) {}

  static async start({ env, config, speed, ...options }: LabOptions = {}): Promise<Lab> {
    const emulator = await startEmulator({ apiKey: KEY, rateLimit: NO_LIMIT, ...options });
    const provider = await ProviderProcess.start(
      {
        HEADSHOTPRO_API_KEY: KEY,
        HEADSHOTPRO_BASE_URL: emulator.url,
        ...(speed && {
          NODE_OPTIONS: `--require ${join(__dirname, "fast-clock.cjs")}`,
          FAST_CLOCK: String(speed),
        }),
        ...env,
      },
      config,
    );
    return new Lab(emulator, provider);
  }

  /** Invites somebody through the provider 31 days ago: her invite has expired by now. */
  async createExpired(inputs: Properties & { email: string }): Promise<Properties> {
    this.emulator.clock.advance({ days: -31 });
    const { outs } = await this.provider.create(inputs);
    this.emulator.clock.reset();
    return outs;
  }

  /** `POST create`, `GET get` and so on about one person, in the order of arrival. */
  requestsAbout(email: string): string[] {
    return this.emulator.requests.filter((one) => one.email === email).map((one) => one.verb);
  }

  /** All requests since this was last asked. */
  takeRequests(): string[] {
    const verbs = this.emulator.requests.map((one) => one.verb);
    this.emulator.clearLog();
    return verbs;
  }

  emailsTo(email: string): number {
    return this.emulator.outbox.filter((one) => one.to === email).length;
  }

  isLive(email: string): boolean {
    const status = this.emulator.invite(email)?.status;
    return status !== undefined && status !== "revoked" && status !== "deleted";
  }

  /** What was printed about a person. */
  printedAbout(email: string): string[] {
    return this.provider.printed.filter((line) => line.includes(email));
  }

  async stop(): Promise<void> {
    await this.provider.stop();
    await this.emulator.close();
    assertPrinted(this.provider.printed);
  }
}

/** Long enough, and nothing else looks like it. */
export const KEY = "hp_live_5ecretKey0fTheTests";

/** One lab for all tests of the current `describe`; each test takes people of its own. */
export function labForAll(options: LabOptions = {}): { lab: Lab; person(): string } {
  const shared = { lab: undefined as unknown as Lab, person };
  before(async () => {
    shared.lab = await Lab.start(options);
  });
  beforeEach(() => void shared.lab.takeRequests());
  after(() => shared.lab.stop());
  return shared;
}

let people = 0;
function person(): string {
  return `person${++people}@acme.com`;
}

/** The message that a verb failed with, once it has been found fit to be read by a person. */
export async function failureOf(verb: Promise<unknown>): Promise<string> {
  const error: unknown = await verb.then(
    () => assert.fail("it should have failed"),
    (reason) => reason,
  );
  const { details, metadata } = error as { details?: string; metadata?: { get(key: string): unknown[] } };
  assert.ok(details !== undefined, `not a failure of the process: ${error}`);
  assertReadable(details);
  assert.deepEqual(metadata?.get("grpc-status-details-bin"), [], "nothing is recorded with a failure");
  return details;
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

/** Runs a task for each item, so many at a time; not all of them begin at the same moment. */
export async function inParallel<T>(items: readonly T[], width: number, run: (item: T) => Promise<void>) {
  const queue = items.values();
  const work = async (_: unknown, worker: number) => {
    await new Promise((resolve) => setTimeout(resolve, worker * 25));
    for (const item of queue) await run(item);
  };
  await Promise.all(Array.from({ length: width }).map(work));
}
