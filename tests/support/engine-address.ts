import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

/** Stands for the engine: an address of its own, where somebody listens. */
export class EngineAddress {
  private constructor(
    private readonly server: Server,
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
