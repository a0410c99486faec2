import { createServer, type Socket, type Server as TcpServer } from "node:net";
import { resolve } from "node:path";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { INVITE_TYPE, PROVIDER_TEXT } from "../../provider/src/urn";
import { call, EngineCalls, plain, type Started, startProvider, structOf } from "./engine-grpc";
import type { Properties } from "./operations";

/** Stands for the engine: an address of its own, where somebody listens. */
export class EngineAddress {
  private constructor(
    private readonly server: TcpServer,
    private readonly connections: ReadonlySet<Socket>,
    readonly address: string,
  ) {}

  static async open(): Promise<EngineAddress> {
    const connections = new Set<Socket>();
    const server = createServer((connection) => {
      connections.add(connection);
      connection
        .on("error", () => {})
        .on("close", () => connections.delete(connection))
        .resume();
    }).unref();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new EngineAddress(server, connections, `127.0.0.1:${(server.address() as { port: number }).port}`);
  }

  /** The engine is gone, with all that it was connected to. */
  close(): void {
    this.server.close();
    for (const one of this.connections) one.destroy();
  }
}

/** A line that a plugin has given to the engine. */
export interface Line {
  text: string;
  urn: string;
}

/** Stands for the engine, as a plugin speaks to it: at its address it takes lines for the user. */
export class StandInEngine {
  readonly lines: Line[] = [];
  /** Told of each line's text. */
  onLine: (text: string) => void = () => {};

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async open(): Promise<StandInEngine> {
    const server = new Server();
    const log = ({ request }: ServerUnaryCall<LogRequest, Empty>, done: sendUnaryData<Empty>) => {
      const text = request.getMessage();
      opened.lines.push({ text, urn: request.getUrn() });
      opened.onLine(text);
      done(null, new Empty());
    };
    server.addService(EngineService, { log });
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    const opened = new StandInEngine(server, `127.0.0.1:${port}`);
    return opened;
  }

  close(): void {
    this.server.forceShutdown();
  }
}

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
    const request = new proto.ConfigureRequest().setArgs(structOf(config));
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
    const request = new proto.ConfigureRequest().setId("0").setArgs(structOf(Object.fromEntries(own)));
    request.setUrn(`urn:pulumi:test::people::pulumi:providers:headshotpro::${provider}`);
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
