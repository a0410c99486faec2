import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { HeadshotProClient } from "../../provider/src/api/client";

export const KEY = "hp_live_5ecretKey0fTheFuzzer";

/** What the API (or whatever answers in its place) says next; `KEY` in it stands for the client's own key. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** A client of an API that answers whatever it is told to. */
export async function answeringClient(
  next: () => Answer,
): Promise<{ client: HeadshotProClient; close(): void }> {
  const server = createServer((request, response) => {
    request.resume();
    const { status, headers, body } = next();
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`;
  const client = new HeadshotProClient({ apiKey: KEY, baseUrl });
  const close = () => {
    client.close();
    server.close();
  };
  return { client, close };
}
