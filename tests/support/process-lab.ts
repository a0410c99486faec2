import { type Emulator, type EmulatorOptions, startEmulator } from "headshotpro-emulator";
import { NO_LIMIT } from "./no-limit";
import { PluginProcess } from "./plugin-process";
import { ProviderProcess } from "./provider-process";
import { assertPrinted, KEY } from "./readable";
import type { Properties, Verbs } from "./verbs";

export interface LabOptions extends EmulatorOptions {
  env?: Record<string, string>;
  /** Configuration of the stack, with its namespace. */
  config?: Record<string, string>;
}

/** An emulator, and a provider that speaks to it. */
export abstract class Lab<Provider extends Verbs = Verbs> {
  protected constructor(
    readonly emulator: Emulator,
    public provider: Provider,
  ) {}

  /** Invites somebody through the provider 31 days ago: the invite has expired by now. */
  abstract createExpired(inputs: Properties & { email: string }): Promise<Properties>;

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
    const all = {
      HEADSHOTPRO_API_KEY: KEY,
      HEADSHOTPRO_BASE_URL: emulator.url,
      HEADSHOTPRO_KEEP_LINK: "true",
      ...env,
    };
    return new ProcessLab(emulator, await FACES[face].start(all, config));
  }

  async createExpired(inputs: Properties & { email: string }): Promise<Properties> {
    this.emulator.clock.advance({ days: -31 });
    const { outs } = await this.provider.create(inputs);
    this.emulator.clock.reset();
    return outs;
  }
}
