import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** A folder of the plugin's archives on loopback, as `--server` takes it. */
export class PluginServer {
  private constructor(
    private readonly server: Server,
    readonly url: string,
    /** The paths that were asked for, in order. */
    readonly asked: string[],
  ) {}

  static async open(folder: string): Promise<PluginServer> {
    const asked: string[] = [];
    const server = createServer(async ({ url = "" }, reply) => {
      asked.push(url);
      const archive = await readFile(join(folder, url)).catch(() => undefined);
      if (archive) reply.end(archive);
      else reply.writeHead(404).end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    return new PluginServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
  }

  close(): void {
    this.server.close();
  }
}
