import { resolve } from "node:path";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { INVITE_TYPE, PROVIDER_TEXT } from "../../provider/src/urn";
import { call, EngineCalls, plain, type Started, startProvider, structOf } from "./engine-grpc";
import type { Properties } from "./operations";
import { EngineAddress, type Line, StandInEngine } from "./stand-in-engine";

/**
 * The SDK's own dynamic-provider process, with the text that the state holds. What it prints (the engine shows it as
 * messages on the stack) is in `printed`.
 */
export class ProviderProcess extends EngineCalls {
  private constructor(
    started: Started,
    private readonly run: EngineAddress | undefined,
  ) {
    super(started, INVITE_TYPE);
  }

  /**
   * @param config the stack's configuration, with its namespace: `{"headshotpro:apiKey": "…"}`.
   * @param engineAddress what the providers of one run share. Left out: a run of this process alone.
   */
  static async start(
    env: Record<string, string | undefined>,
    config: Record<string, string> = {},
    engineAddress?: string,
  ): Promise<ProviderProcess> {
    const run = engineAddress === undefined ? await EngineAddress.open() : undefined;
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const started = await startProvider([script, engineAddress ?? run?.address ?? ""], env);
    const request = new proto.ConfigureRequest();
    request.setArgs(structOf(config));
    await call<proto.ConfigureResponse>((reply) => started.engine.configure(request, reply));
    return new ProviderProcess(started, run);
  }

  override async stop(): Promise<void> {
    this.run?.close();
    await super.stop();
  }

  /** `properties` may bring another provider's text of their own. */
  protected override struct(properties: Properties) {
    return structOf({ __provider: PROVIDER_TEXT, ...properties });
  }
}

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
   * @param command the plugin: as it is compiled, as one file, or as an executable.
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
