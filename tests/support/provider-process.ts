import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

const proto = require("@pulumi/pulumi/proto/provider_pb");
const service = require("@pulumi/pulumi/proto/provider_grpc_pb");
const { PROVIDER_TEXT } = require("../../provider/src/resources/provider-text");

export type Properties = Record<string, unknown>;


/**
 * The SDK's own dynamic-provider process, spoken to as the engine does: over gRPC, with the text that the state
 * holds. What it prints (the engine shows it as messages on the stack) is in `printed`.
 */
export class ProviderProcess {
  readonly printed: string[] = [];

  private constructor(
    readonly child: ChildProcess,
    private readonly client: Record<string, (request: unknown) => Promise<any>>,
    private readonly channel: grpc.Client,
  ) {}

  /** @param config the stack's configuration, with its namespace: `{"headshotpro:apiKey": "…"}`. */
  static async start(
    env: Record<string, string | undefined>,
    config: Record<string, string> = {},
    engineAddress = "127.0.0.1:1",
  ): Promise<ProviderProcess> {
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const child = spawn(process.execPath, [script, engineAddress], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const lines = createInterface({ input: child.stdout });
    const port = await new Promise<string>((resolve) => lines.once("line", resolve));
    const channel = new service.ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
    );
    const client = Object.fromEntries(
      ["configure", "check", "diff", "create", "read", "update", "delete"].map((verb) => [
        verb,
        promisify(channel[verb].bind(channel)),
      ]),
    );
    const started = new ProviderProcess(child, client, channel);
    lines.on("line", (line) => started.printed.push(line));
    createInterface({ input: child.stderr }).on("line", (line) => started.printed.push(line));
    const configure = new proto.ConfigureRequest();
    configure.setArgs(Struct.fromJavaScript(config as any));
    await client.configure?.(configure);
    return started;
  }

  /** @returns the checked inputs, or the failures. */
  async check(news: Properties, olds: Properties = {}): Promise<{ inputs: Properties; failures: string[] }> {
    const request = new proto.CheckRequest();
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const reply = await this.client.check?.(request);
    const failures = reply.getFailuresList().map((f: any) => `${f.getProperty()}: ${f.getReason()}`);
    return { inputs: plain(reply.getInputs()), failures };
  }

  async diff(id: string, olds: Properties, news: Properties) {
    const request = new proto.DiffRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const reply = await this.client.diff?.(request);
    return {
      /** What the SDK passes on: unknown means that the engine compares the inputs itself. */
      changes: ["unknown", "none", "some"][reply.getChanges()],
      replaces: reply.getReplacesList() as string[],
      deleteBeforeReplace: reply.getDeletebeforereplace() as boolean,
    };
  }

  async create(inputs: Properties): Promise<{ id: string; outs: Properties }> {
    const request = new proto.CreateRequest();
    request.setProperties(struct(inputs));
    const reply = await this.client.create?.(request);
    return { id: reply.getId(), outs: plain(reply.getProperties()) };
  }

  /** @returns undefined where the provider says that the resource is gone. */
  async read(
    id: string,
    known: Properties = {},
  ): Promise<{ id: string; props: Properties; inputs: Properties } | undefined> {
    const request = new proto.ReadRequest();
    request.setId(id);
    request.setProperties(struct(known));
    const reply = await this.client.read?.(request);
    if (!reply.getId()) return undefined;
    return { id: reply.getId(), props: plain(reply.getProperties()), inputs: plain(reply.getInputs()) };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    const request = new proto.UpdateRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const reply = await this.client.update?.(request);
    return plain(reply.getProperties());
  }

  async delete(id: string, known: Properties = {}): Promise<void> {
    const request = new proto.DeleteRequest();
    request.setId(id);
    request.setProperties(struct(known));
    await this.client.delete?.(request);
  }

  async stop(): Promise<void> {
    this.channel.close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
  }
}

function struct(properties: Properties): Struct {
  return Struct.fromJavaScript({ ...properties, __provider: PROVIDER_TEXT } as any);
}

function plain(reply: Struct | undefined): Properties {
  const { __provider, ...properties } = (reply?.toJavaScript() ?? {}) as Properties;
  return properties;
}
