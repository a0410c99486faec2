import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { json } from "node:stream/consumers";
import type { Emulator } from "headshotpro-emulator";
import { emulators } from "../support/emulators";

const API = "/api/v2/organization/invites";
const JSON_TYPE = { "content-type": "application/json" };

interface Sent {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

/** With headers that `fetch` would not send. */
async function send(emulator: Emulator, path: string, { method = "GET", headers = {}, body }: Sent = {}) {
  const { hostname, port } = new URL(emulator.url);
  const all = { authorization: `Bearer ${emulator.apiKey}`, ...headers };
  const sent = request({ hostname, port, path, method, headers: all, agent: false });
  sent.end(body);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const { statusCode: status, headers: told } = answer;
  return { status, headers: told, body: (await json(answer)) as { error?: string } };
}

describe("emulator: pages in a browser on this machine", () => {
  const start = emulators();

  for (const [what, headers, reason] of [
    ["a name that was rebound to loopback", { host: "evil.example" }, /the Host evil\.example/],
    ["a name that ends like loopback", { host: "evil-localhost" }, /Host/],
    ["an address in a name", { host: "127.0.0.1.evil.example" }, /Host/],
    ["a page of another site", { origin: "https://evil.example" }, /the Origin https:\/\/evil\.example/],
    ["a page on another port of this machine", { origin: "http://localhost:3000" }, /Origin/],
    ["an image in a page of this machine", { "sec-fetch-site": "same-site" }, /another site's page/],
  ] as const) {
    it(`${what} is refused on every route, and nothing happens`, async () => {
      const emulator = await start({ rateLimit: { limit: 9, windowSeconds: 600 } });
      emulator.inviteByHand({ email: "ada@acme.com" });
      emulator.fault({ on: "any", kind: { status: 500 } });
      const body = '{"email":"eve@acme.com"}';
      for (const [path, sent] of [
        [API, {}],
        [API, { method: "POST", body }],
        ["/", {}],
        ["/_emulator/page/main.mjs", {}],
        ["/_emulator/state", {}],
        ["/_emulator/people/ada%40acme.com/accept", { method: "POST" }],
        ["/_emulator/faults", { method: "DELETE" }],
        ["/_emulator/outbox", { method: "OPTIONS" }],
      ] as const) {
        const all = { ...JSON_TYPE, accept: "text/html", ...headers };
        const answer = await send(emulator, path, { ...sent, headers: all });
        assert.equal(answer.status, 403, path);
        assert.match(answer.body.error ?? "", reason);
        assert.equal(answer.headers["access-control-allow-origin"], undefined);
      }
      const statuses = emulator.invites().map(({ status }) => status);
      assert.deepEqual([emulator.requests, statuses], [[], ["pending"]]);
      const first = await send(emulator, API);
      assert.deepEqual([first.status, first.headers["x-ratelimit-remaining"]], [500, "8"]);
    });
  }
});
