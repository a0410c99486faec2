import { type ChildProcess, spawn } from "node:child_process";
import { extname } from "node:path";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { TEAM_PROVIDER_TEXT, TEAM_TYPE } from "../../provider/src/urn";
import { type Properties, type Recorded, VerbFailure, type Verbs } from "./operations";

/** A provider's process that has told its port. */
export interface Started {
  child: ChildProcess;
  engine: ResourceProviderClient;
  /** What it prints after the port. */
  printed: string[];
}

/** What stands in an object that hides a secret (pulumi/pulumi, sdk/go/common/resource/properties.go). */
const KIND = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Starts a provider as the engine does, and waits for its port. @param program a script of Node's, or an executable. */
export async function startProvider(
  [program = "", ...args]: readonly string[],
  env: Record<string, string | undefined>,
): Promise<Started> {
  const isScript = extname(program) === ".js";
  const child = spawn(isScript ? process.execPath : program, isScript ? [program, ...args] : args, {
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
  return {
    child,
    engine: new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure()),
    printed,
  };
}

/** The verbs of a provider's process, spoken to as the engine does: over gRPC. */
export abstract class EngineCalls implements Verbs {
  readonly child: ChildProcess;
  readonly printed: string[];
  protected readonly engine: ResourceProviderClient;

  /** @param type of the resources, as their URNs have it. */
  protected constructor(
    { child, engine, printed }: Started,
    private readonly type: string,
  ) {
    this.child = child;
    this.engine = engine;
    this.printed = printed;
  }

  async check(news: Properties, olds: Properties = {}): Promise<{ inputs: Properties; failures: string[] }> {
    const request = new proto.CheckRequest().setUrn(this.urnOf(news.email));
    request.setOlds(this.struct(olds)).setNews(this.struct(news));
    const reply = await call<proto.CheckResponse>((done) => this.engine.check(request, done));
    const failures = reply.getFailuresList().map((one) => `${one.getProperty()}: ${one.getReason()}`);
    return { inputs: plain(reply.getInputs()), failures };
  }

  async diff(id: string, olds: Properties, news: Properties) {
    const request = new proto.DiffRequest().setUrn(this.urnOf(id)).setId(id);
    request.setOlds(this.struct(olds)).setNews(this.struct(news));
    const reply = await call<proto.DiffResponse>((done) => this.engine.diff(request, done));
    return {
      changes: ["unknown", "none", "some"][reply.getChanges()],
      replaces: reply.getReplacesList(),
      deleteBeforeReplace: reply.getDeletebeforereplace(),
    };
  }

  async create(inputs: Properties): Promise<{ id: string; outs: Properties }> {
    const reply = await this.sendCreate(inputs, false);
    return { id: reply.getId(), outs: plain(reply.getProperties()) };
  }

  async read(
    id: string,
    known: Properties = {},
  ): Promise<{ id: string; props: Properties; inputs?: Properties } | undefined> {
    const request = new proto.ReadRequest().setUrn(this.urnOf(id)).setId(id);
    request.setProperties(this.struct(known));
    const reply = await call<proto.ReadResponse>((done) => this.engine.read(request, done));
    if (!reply.getId()) return undefined;
    const inputs = reply.hasInputs() ? plain(reply.getInputs()) : undefined;
    return { id: reply.getId(), props: plain(reply.getProperties()), inputs };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    return plain((await this.sendUpdate(id, olds, news, false)).getProperties());
  }

  async delete(id: string, known: Properties = {}): Promise<void> {
    const request = new proto.DeleteRequest().setUrn(this.urnOf(id)).setId(id);
    request.setProperties(this.struct(known));
    await call((done) => this.engine.delete(request, done));
  }

  async stop(): Promise<void> {
    this.engine.close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
  }

  protected abstract struct(properties: Properties): Struct;

  protected sendCreate(inputs: Properties, preview: boolean): Promise<proto.CreateResponse> {
    const request = new proto.CreateRequest().setUrn(this.urnOf(inputs.email)).setPreview(preview);
    request.setProperties(this.struct(inputs));
    return call((done) => this.engine.create(request, done));
  }

  protected sendUpdate(
    id: string,
    olds: Properties,
    news: Properties,
    preview: boolean,
  ): Promise<proto.UpdateResponse> {
    const request = new proto.UpdateRequest().setUrn(this.urnOf(id)).setId(id).setPreview(preview);
    request.setOlds(this.struct(olds)).setNews(this.struct(news));
    return call((done) => this.engine.update(request, done));
  }

  /** The operations of a team, in the same process. */
  get teams(): this {
    const type = this.type.replace("HeadshotInvite", "HeadshotTeam");
    const struct = (properties: Properties) =>
      this.struct({ ...(type === TEAM_TYPE && { __provider: TEAM_PROVIDER_TEXT }), ...properties });
    return Object.create(this, { type: { value: type }, struct: { value: struct } });
  }

  /** A resource is named by the person. */
  protected urnOf(email: unknown): string {
    return `urn:pulumi:test::people::${this.type}::${String(email)}`;
  }
}

export function call<Reply>(
  send: (done: (error: ServiceError | null, reply: Reply) => void) => unknown,
): Promise<Reply> {
  return new Promise((resolve, reject) =>
    send((error, reply) => afterItsOutput(() => (error ? reject(failureFrom(error)) : resolve(reply)))),
  );
}

/** What a process printed before it replied is in its pipe by now, and this process reads that within a turn. */
function afterItsOutput(settle: () => void): void {
  setImmediate(() => setImmediate(settle));
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
    secrets: secretsIn(change.getProperties()),
    reasons: change.getReasonsList(),
  };
}

export function structOf(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

/** Without the text of the provider, and secrets as what they hide. */
export function plain(reply: Struct | undefined): Properties {
  const { __provider, ...properties } = (reply?.toJavaScript() ?? {}) as Properties;
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      isSecret(value) ? (value as { value: unknown }).value : value,
    ]),
  );
}

/** The names of the properties that are secret. */
export function secretsIn(reply: Struct | undefined): string[] {
  return Object.entries((reply?.toJavaScript() ?? {}) as Properties)
    .filter(([, value]) => isSecret(value))
    .map(([name]) => name);
}

export function secret(value: unknown): unknown {
  return { [KIND]: SECRET, value };
}

function isSecret(value: unknown): boolean {
  return (value as Record<string, unknown> | null)?.[KIND] === SECRET;
}
