import { AsyncLocalStorage } from "node:async_hooks";
import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { ENGINE_CHANNEL } from "./grpc";

/** The longest that an operation waits for a line about it to arrive. */
const PATIENCE_MS = 10_000;

/** What an operation is about, and when its lines so far have arrived: one after another, in the order they were logged. */
interface Operation {
  urn: string;
  arrived: Promise<void>;
}

type Severity = (typeof LogSeverity)[keyof typeof LogSeverity];

/** Sends lines to the engine, which shows each beside its resource: a plugin's own output is hidden. */
export class EngineLog {
  private readonly operations = new AsyncLocalStorage<Operation>();
  private client?: EngineClient;

  /** @param engineAddress `host:port` */
  constructor(private readonly engineAddress: string) {}

  info(line: string): void {
    this.log(line, LogSeverity.INFO);
  }

  warn(line: string): void {
    this.log(line, LogSeverity.WARNING);
  }

  /** Runs an operation. What it logs is shown beside the resource, and has arrived before the operation ends. */
  about<T>(urn: string, act: () => Promise<T>): Promise<T> {
    const operation: Operation = { urn, arrived: Promise.resolve() };
    return this.operations.run(operation, () => act().finally(() => operation.arrived));
  }

  private log(line: string, severity: Severity): void {
    const operation = this.operations.getStore();
    if (!operation) void this.send(line, "", severity);
    else operation.arrived = operation.arrived.then(() => this.send(line, operation.urn, severity));
  }

  private send(line: string, urn: string, severity: Severity): Promise<void> {
    this.client ??= new EngineClient(this.engineAddress, credentials.createInsecure(), ENGINE_CHANNEL);
    const request = new LogRequest().setMessage(line).setUrn(urn).setSeverity(severity);
    const deadline = Date.now() + PATIENCE_MS;
    return new Promise((resolve) => {
      // An engine that ends takes no more lines, which is no failure of the operation.
      this.client?.log(request, new Metadata(), { deadline }, () => resolve());
    });
  }
}
