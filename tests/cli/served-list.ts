import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** An API whose list is as it is given, for all tests of the current `describe`, and the environment that leads to it. */
export function servedList(invites: unknown[]): { env: Record<string, string> } {
  const api = { env: {} as Record<string, string> };
  let server: Server;
  before(async () => {
    server = createServer((_, response) => response.end(JSON.stringify({ success: true, invites })));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    api.env = { HEADSHOTPRO_BASE_URL: `http://127.0.0.1:${port}/api/v2`, HEADSHOTPRO_API_KEY: "hp_key" };
  });
  after(() => server.close());
  return api;
}
