import { once } from "node:events";
import { createServer, type Socket, type Server as TcpServer } from "node:net";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

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

  /** Ends all connections. @returns once somebody has connected again */
  async hangUp(): Promise<void> {
    const again = once(this.server, "connection");
    for (const one of this.connections) one.destroy();
    await again;
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
