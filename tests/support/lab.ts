import assert from "node:assert/strict";
import { type Emulator, type EmulatorOptions, startEmulator, type Verb } from "headshotpro-emulator";
import type { Peers } from "../../provider/src/provider/peers";
import { NO_LIMIT } from "./constants";
import { ProviderInProcess, type ProviderOptions } from "./in-process";
import { assertPrinted, KEY, type Properties, type Verbs } from "./operations";
import { PluginProcess, ProviderProcess } from "./provider-process";
import { type Moment, OneRun, VirtualClock } from "./virtual-clock";

export interface LabOptions extends EmulatorOptions {
  env?: Record<string, string>;
  /** Configuration of the stack, with its namespace. */
  config?: Record<string, string>;
}

let people = 0;

const environmentAt = ({ url }: Emulator, env?: Record<string, string>) => ({
  ...{ HEADSHOTPRO_API_KEY: KEY, HEADSHOTPRO_BASE_URL: url, HEADSHOTPRO_KEEP_LINK: "true" },
  ...env,
});

/** An emulator, and a provider that speaks to it. */
abstract class Lab<Provider extends Verbs = Verbs> {
  protected constructor(
    readonly emulator: Emulator,
    public provider: Provider,
  ) {}

  /** Invites somebody through the provider 31 days ago: the invite has expired by now. */
  abstract createExpired(inputs: Properties & { email: string }): Promise<Properties>;

  /** Somebody new, of each test's own. */
  person(): string {
    return `person${++people}@acme.com`;
  }

  /** Somebody new whom the provider has invited, before anything is looked at. */
  async invited(inputs: Properties = {}) {
    const declared = { email: this.person(), ...inputs };
    const { outs } = await this.provider.create(declared);
    this.takeRequests();
    return { email: declared.email, declared, outs };
  }

  /** Somebody new who was invited by hand, and has come to a status since. */
  invitedByHand({ status, ...invite }: { status?: string; teamId?: string } = {}): string {
    const email = this.person();
    this.emulator.inviteByHand({ email, ...invite });
    if (status !== undefined) this.emulator.setStatus(email, status);
    return email;
  }

  /** `create`, `get` and so on about one person, in the order of arrival. */
  requestsAbout(email: string): string[] {
    return this.emulator.requests.filter((one) => one.email === email).map((one) => one.verb);
  }

  /** All requests since this was last asked; but whose organization it is, each run asks once, which has tests of its own. */
  takeRequests(): string[] {
    const verbs = this.emulator.requests.map((one) => one.verb);
    this.emulator.clearLog();
    return verbs.filter((verb) => verb !== "organization");
  }

  emailsTo(email: string): number {
    return this.emulator.outbox.filter((one) => one.to === email).length;
  }

  isLive(email: string): boolean {
    const status = this.emulator.invite(email)?.status;
    return status !== undefined && status !== "revoked" && status !== "deleted";
  }

  /** What was printed, about anything or about a person: all of it, line by line, or what is in it. */
  assertSaid(said: RegExp | string[], about = ""): void {
    if (said instanceof RegExp) assert.match(this.printedAbout(about).join("\n"), said);
    else assert.deepEqual(this.printedAbout(about), said);
  }

  /** What was printed about a person. */
  printedAbout(email: string): string[] {
    return this.provider.printed.filter((line) => line.includes(email));
  }

  /** The preview of one person, as the engine asks: what would `up` do? `inputs` are those that the state has. */
  async preview(state: Properties, news: Properties, inputs: Properties = state) {
    const checked = await this.provider.check(news, inputs);
    return this.provider.diff(String(state.email), state, checked.inputs);
  }

  async stop(): Promise<void> {
    await this.provider.stop();
    await this.emulator.close();
    assertPrinted(this.provider.printed);
  }
}

/** The processes that serve the verbs: the SDK's own for TypeScript, the plugin for any language. */
export const FACES = { "the SDK's process": ProviderProcess, "the plugin": PluginProcess };

export type Face = keyof typeof FACES;

/** With a provider's process, in real time. */
export class ProcessLab extends Lab<ProviderProcess | PluginProcess> {
  static async start(
    { env, config, ...options }: LabOptions = {},
    face: Face = "the SDK's process",
  ): Promise<ProcessLab> {
    const emulator = await startEmulator({ apiKey: KEY, rateLimit: NO_LIMIT, ...options });
    return new ProcessLab(emulator, await FACES[face].start(environmentAt(emulator, env), config));
  }

  async createExpired(inputs: Properties & { email: string }): Promise<Properties> {
    this.emulator.clock.advance({ days: -31 });
    const { outs } = await this.provider.create(inputs);
    this.emulator.clock.reset();
    return outs;
  }
}

const DAY_MS = 86_400_000;

/**
 * With the provider in this process, on a clock of its own that both sides go by and that passes every wait at once
 * (see {@link OneRun}): a test says what happens during a wait, and depends on no machine's speed.
 */
export class VirtualLab extends Lab<ProviderInProcess> {
  private constructor(
    emulator: Emulator,
    readonly clock: VirtualClock,
    private readonly options: ProviderOptions,
    private readonly current: { run: OneRun },
  ) {
    super(emulator, new ProviderInProcess(current.run, options));
  }

  static async start({
    env,
    config,
    peers,
    ...options
  }: LabOptions & { peers?: Peers } = {}): Promise<VirtualLab> {
    const clock = new VirtualClock();
    const current = {} as { run: OneRun };
    const emulator = await startEmulator({
      ...{ apiKey: KEY, rateLimit: NO_LIMIT, ...options },
      now: () => clock.now(),
      onRequest: (record) => current.run.dealtWith(record),
    });
    current.run = new OneRun(clock);
    return new VirtualLab(emulator, clock, { env: environmentAt(emulator, env), config, peers }, current);
  }

  /** The next command: another process, that knows nothing of this one. @param env where that is another one */
  nextRun(env: Record<string, string> = {}): void {
    void this.current.run.die();
    this.current.run = new OneRun(this.clock);
    const options = { ...this.options, env: { ...this.options.env, ...env } };
    const { printed } = this.provider;
    this.provider = new ProviderInProcess(this.current.run, options);
    this.provider.printed.push(...printed);
  }

  /** Does something once, at a moment of the next such request, for which it waits. */
  once(moment: Moment, on: Verb, email: string | undefined, act: () => unknown): void {
    this.current.run.once(moment, on, email, act);
  }

  /** The process ends at that moment. @returns once it has. */
  killOnce(moment: Moment, on: Verb, email: string | undefined): Promise<void> {
    const { run } = this.current;
    return new Promise((killed) => {
      run.once(moment, on, email, () => {
        killed();
        return run.die();
      });
    });
  }

  /** The next command, so many days later. */
  nextRunAfter(days: number): void {
    this.pass(days);
    this.nextRun();
  }

  /** Time passes between two commands. */
  pass(days: number): void {
    this.clock.advance(days * DAY_MS);
  }

  /** Somebody whom an earlier command has invited. */
  async invitedBefore(inputs?: Properties) {
    const invited = await this.invited(inputs);
    this.nextRun();
    return invited;
  }

  async createExpired(inputs: Properties & { email: string }): Promise<Properties> {
    const { outs } = await this.provider.create(inputs);
    this.pass(31);
    return outs;
  }
}

/** One lab with a provider's process for all tests of the current `describe`. */
export type LabForAll = (options?: LabOptions) => ProcessLab;

/** The same behaviours of both faces, each through its own process. */
export function throughEachFace(what: string, behaviours: (labForAll: LabForAll, face: Face) => void): void {
  for (const face of Object.keys(FACES) as Face[])
    describe(`${what}, through ${face}`, () =>
      behaviours((options = {}) => shared(() => ProcessLab.start(options, face)), face));
}

/** One lab with the provider in this process and a virtual clock; a new run of it for each test. */
export function virtualLabForAll(options: LabOptions = {}): VirtualLab {
  const lab = shared(() => VirtualLab.start(options));
  beforeEach(() => {
    lab.nextRun();
    lab.provider.printed.length = 0;
  });
  return lab;
}

/** @returns at once what is a lab as soon as the first test begins */
function shared<OneLab extends Lab>(start: () => Promise<OneLab>): OneLab {
  const lab = {} as OneLab;
  before(async () => void Object.setPrototypeOf(lab, await start()));
  beforeEach(() => {
    lab.emulator.clearFaults();
    lab.takeRequests();
  });
  after(() => lab.stop());
  return lab;
}
