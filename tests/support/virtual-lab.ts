import { type Emulator, startEmulator, type Verb } from "headshotpro-emulator";
import type { Peers } from "../../provider/src/provider/peers";
import { NO_LIMIT } from "./no-limit";
import { type Moment, OneRun } from "./one-run";
import { Lab, type LabOptions } from "./process-lab";
import { ProviderInProcess, type ProviderOptions } from "./provider-in-process";
import { KEY } from "./readable";
import type { Properties } from "./verbs";
import { VirtualClock } from "./virtual-clock";

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
    const all = {
      HEADSHOTPRO_API_KEY: KEY,
      HEADSHOTPRO_BASE_URL: emulator.url,
      HEADSHOTPRO_KEEP_LINK: "true",
      ...env,
    };
    return new VirtualLab(emulator, clock, { env: all, config, peers }, current);
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

  /** Time passes between two commands. */
  pass(days: number): void {
    this.clock.advance(days * DAY_MS);
  }

  async createExpired(inputs: Properties & { email: string }): Promise<Properties> {
    const { outs } = await this.provider.create(inputs);
    this.pass(31);
    return outs;
  }
}
