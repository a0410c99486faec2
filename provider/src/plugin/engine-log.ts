import { AsyncLocalStorage } from "node:async_hooks";
import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { TO_ENGINE } from "./to-engine";

/** What a verb has done is not held back for longer, because a line about it does not arrive. */
const PATIENCE_MS = 10_000;

/** What a verb is about, and its lines that are on their way. */
interface Verb {
  urn: string;
  lines: Promise<void>[];
}

/**
 * What the user is told: a plugin's own output is hidden, so each line goes to the engine, which shows it beside the
 * resource that it is about.
 */
export class EngineLog {
  private readonly verbs = new AsyncLocalStorage<Verb>();
  private client?: EngineClient;

  /** @param engineAddress `host:port` */
  constructor(private readonly engineAddress: string) {}

  /** Says a line about whatever is being done. */
  say(line: string): void {
    this.tell(line, LogSeverity.INFO);
  }

  /** The same as a warning. */
  warn(line: string): void {
    this.tell(line, LogSeverity.WARNING);
  }

  /** Does something about a resource; what it says has arrived by its end, so that no run is over before. */
  about<T>(urn: string, act: () => Promise<T>): Promise<T> {
    const verb: Verb = { urn, lines: [] };
    return this.verbs.run(verb, () => act().finally(() => Promise.all(verb.lines)));
  }

  private tell(line: string, severity: LogSeverityValue): void {
    const verb = this.verbs.getStore();
    const sent = this.send(line, verb?.urn ?? "", severity);
    verb?.lines.push(sent);
  }

  private send(line: string, urn: string, severity: LogSeverityValue): Promise<void> {
    this.client ??= new EngineClient(this.engineAddress, credentials.createInsecure(), TO_ENGINE);
    const request = new LogRequest().setMessage(line).setUrn(urn).setSeverity(severity);
    // An engine that takes no line any more shows none.
    const deadline = Date.now() + PATIENCE_MS;
    return new Promise((resolve) => {
      this.client?.log(request, new Metadata(), { deadline }, () => resolve());
    });
  }
}

type LogSeverityValue = (typeof LogSeverity)[keyof typeof LogSeverity];
