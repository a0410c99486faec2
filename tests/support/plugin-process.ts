import { resolve } from "node:path";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { call, EngineCalls, plain, type Started, startProvider, structOf } from "./engine-calls";
import { type Line, StandInEngine } from "./stand-in-engine";
import type { Properties } from "./verbs";

export const PLUGIN = resolve(__dirname, "../../provider/dist/plugin/main.js");

/** The plugin's process. What it tells the user beside a resource is in `printed` too. */
export class PluginProcess extends EngineCalls {
  private constructor(
    started: Started,
    private readonly run: StandInEngine | undefined,
  ) {
    super(started, "headshotpro:index:HeadshotInvite");
  }

  /**
   * @param config the stack's configuration, with its namespace: `{"headshotpro:apiKey": "…"}`.
   * @param engineAddress what the providers of one run share. Left out: a run of this process alone.
   * @param provider the provider's name: `default` is the one that has no declaration.
   * @param command the plugin: as it is compiled, or as one file.
   */
  static async start(
    env: Record<string, string | undefined>,
    config: Record<string, string> = {},
    engineAddress?: string,
    provider = "default",
    command = PLUGIN,
  ): Promise<PluginProcess> {
    const run = engineAddress === undefined ? await StandInEngine.open() : undefined;
    const address = engineAddress ?? run?.address ?? "";
    const started = await startProvider([command, address], env);
    const { engine, printed } = started;
    if (run) run.onLine = (text) => printed.push(text);
    const hello = new proto.ProviderHandshakeRequest().setEngineAddress(address).setConfigureWithUrn(true);
    await call<proto.ProviderHandshakeResponse>((reply) => engine.handshake(hello, reply));
    const own = Object.entries(config).map(([key, value]) => [key.replace("headshotpro:", ""), value]);
    const request = new proto.ConfigureRequest();
    request.setUrn(`urn:pulumi:test::people::pulumi:providers:headshotpro::${provider}`);
    request.setId("0");
    request.setArgs(structOf(Object.fromEntries(own)));
    await call<proto.ConfigureResponse>((reply) => engine.configure(request, reply));
    return new PluginProcess(started, run);
  }

  /** What was told, and beside which resource. */
  get lines(): readonly Line[] {
    return this.run?.lines ?? [];
  }

  async previewCreate(inputs: Properties): Promise<Properties> {
    return plain((await this.sendCreate(inputs, true)).getProperties());
  }

  async previewUpdate(id: string, olds: Properties, news: Properties): Promise<Properties> {
    return plain((await this.sendUpdate(id, olds, news, true)).getProperties());
  }

  /** The engine's client, for calls that are no verbs. */
  get client() {
    return this.engine;
  }

  override async stop(): Promise<void> {
    await super.stop();
    this.run?.close();
  }

  protected override struct(properties: Properties) {
    return structOf(properties);
  }
}
