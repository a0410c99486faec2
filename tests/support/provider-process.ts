import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PROVIDER_TEXT } from "../../provider/src/program/provider-text";
import { EngineAddress } from "./engine-address";
import { type Properties, type Recorded, VerbFailure, type Verbs } from "./verbs";

/**
 * The SDK's own dynamic-provider process, spoken to as the engine does: over gRPC, with the text that the state
 * holds. What it prints (the engine shows it as messages on the stack) is in `printed`.
 */
export class ProviderProcess implements Verbs {
  private constructor(
    readonly child: ChildProcess,
    private readonly engine: ResourceProviderClient,
    private readonly run: EngineAddress | undefined,
    readonly printed: string[],
  ) {}

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
    const child = spawn(process.execPath, [script, engineAddress ?? run?.address ?? ""], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => printed.push(line));
    const lines = createInterface({ input: child.stdout });
    const port = await new Promise<string>((resolve, reject) => {
      lines.once("line", resolve);
      child.once("error", reject);
      child.once("close", (code, signal) =>
        reject(
          new Error(`the provider process ended (${signal ?? code}) at its start:\n${printed.join("\n")}`),
        ),
      );
    });
    lines.on("line", (line) => printed.push(line));
    const engine = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const started = new ProviderProcess(child, engine, run, printed);
    const request = new proto.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(config));
    await call<proto.ConfigureResponse>((reply) => engine.configure(request, reply));
    return started;
  }

  async check(news: Properties, olds: Properties = {}): Promise<{ inputs: Properties; failures: string[] }> {
    const request = new proto.CheckRequest();
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const reply = await call<proto.CheckResponse>((done) => this.engine.check(request, done));
    const failures = reply.getFailuresList().map((one) => `${one.getProperty()}: ${one.getReason()}`);
    return { inputs: plain(reply.getInputs()), failures };
  }

  async diff(id: string, olds: Properties, news: Properties) {
    const request = new proto.DiffRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const reply = await call<proto.DiffResponse>((done) => this.engine.diff(request, done));
    return {
      changes: ["unknown", "none", "some"][reply.getChanges()],
      replaces: reply.getReplacesList(),
      deleteBeforeReplace: reply.getDeletebeforereplace(),
    };
  }

  async create(inputs: Properties): Promise<{ id: string; outs: Properties }> {
    const request = new proto.CreateRequest();
    request.setProperties(struct(inputs));
    const reply = await call<proto.CreateResponse>((done) => this.engine.create(request, done));
    return { id: reply.getId(), outs: plain(reply.getProperties()) };
  }

  async read(
    id: string,
    known: Properties = {},
  ): Promise<{ id: string; props: Properties; inputs: Properties } | undefined> {
    const request = new proto.ReadRequest();
    request.setId(id);
    request.setProperties(struct(known));
    const reply = await call<proto.ReadResponse>((done) => this.engine.read(request, done));
    if (!reply.getId()) return undefined;
    return { id: reply.getId(), props: plain(reply.getProperties()), inputs: plain(reply.getInputs()) };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    const request = new proto.UpdateRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const reply = await call<proto.UpdateResponse>((done) => this.engine.update(request, done));
    return plain(reply.getProperties());
  }

  async delete(id: string, known: Properties = {}): Promise<void> {
    const request = new proto.DeleteRequest();
    request.setId(id);
    request.setProperties(struct(known));
    await call((done) => this.engine.delete(request, done));
  }

  async stop(): Promise<void> {
    this.engine.close();
    this.run?.close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
  }
}

function call<Reply>(
  send: (done: (error: ServiceError | null, reply: Reply) => void) => unknown,
): Promise<Reply> {
  return new Promise((resolve, reject) =>
    send((error, reply) => (error ? reject(failureFrom(error)) : resolve(reply))),
  );
}

function failureFrom({ details, metadata }: ServiceError): VerbFailure {
  const [recorded] = metadata.get("grpc-status-details-bin");
  return new VerbFailure(details, recorded === undefined ? undefined : recordedIn(recorded as Buffer));
}

function recordedIn(status: Buffer): Recorded {
  const [detail] = Status.deserializeBinary(status).getDetailsList();
  const change = proto.ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
  return {
    id: change.getId(),
    properties: plain(change.getProperties()),
    reasons: change.getReasonsList(),
  };
}

/** `properties` may bring another provider's text of their own. */
function struct(properties: Properties): Struct {
  return Struct.fromJavaScript({
    __provider: PROVIDER_TEXT,
    ...(properties as Record<string, JavaScriptValue>),
  });
}

function plain(reply: Struct | undefined): Properties {
  const { __provider, ...properties } = (reply?.toJavaScript() ?? {}) as Properties;
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, unwrapRpcSecret(value)]),
  );
}
