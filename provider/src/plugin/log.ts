import { AsyncLocalStorage } from "node:async_hooks";
import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { ENGINE_CHANNEL } from "./grpc";

/** An operation's result is not held back for longer because a line about it does not arrive. */
const PATIENCE_MS = 10_000;

/** What an operation is about, and its lines that are on their way. */
interface Operation {
  urn: string;
  lines: Promise<void>[];
}

type Severity = (typeof LogSeverity)[keyof typeof LogSeverity];

/**
 * What the user reads: a plugin's own output is hidden, so each line goes to the engine, which shows it beside the
 * resource that it is about.
 */
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

  /** Does something about a resource; what it logs has arrived by its end, so that no run is over before. */
  about<T>(urn: string, act: () => Promise<T>): Promise<T> {
    const operation: Operation = { urn, lines: [] };
    return this.operations.run(operation, () => act().finally(() => Promise.all(operation.lines)));
  }

  private log(line: string, severity: Severity): void {
    const operation = this.operations.getStore();
    const sent = this.send(line, operation?.urn ?? "", severity);
    operation?.lines.push(sent);
  }

  private send(line: string, urn: string, severity: Severity): Promise<void> {
    this.client ??= new EngineClient(this.engineAddress, credentials.createInsecure(), ENGINE_CHANNEL);
    const request = new LogRequest().setMessage(line).setUrn(urn).setSeverity(severity);
    const deadline = Date.now() + PATIENCE_MS;
    return new Promise((resolve) => {
      // An engine that takes no line any more shows none.
      this.client?.log(request, new Metadata(), { deadline }, () => resolve());
    });
  }
}
