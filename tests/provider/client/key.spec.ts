import assert from "node:assert/strict";
import { HeadshotProClient } from "pulumi-headshotpro/client";
import { ADA, type Answer, assertWithoutKey, failureOf, harness } from "../../support/api-client";

// Shaped like an error's code, so that it could pass for one.
const KEY = "HP_0123456789ABCDEFGHIJ_SECRET";
const escaped = [...KEY].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

const careless: [name: string, answer: Answer][] = [
  ["as documented", { status: 401, body: { success: false, error: `bad: Bearer ${KEY}`, code: KEY } }],
  ["as the code", { status: 400, body: { success: false, error: "No", code: KEY } }],
  ["escaped in JSON", { status: 500, body: `{"error":"${escaped}"}` }],
  ["in HTML", { status: 502, body: `<html><title>${KEY}</title></html>` }],
  ["where a long message is cut", { status: 400, body: { error: `${"x".repeat(285)}${KEY}` } }],
  ["in the headers", { status: 302, headers: { location: `http://127.0.0.1:1/${KEY}`, "x-key": KEY } }],
  ["in a success that makes no sense", { body: { success: true, [KEY]: KEY, message: KEY } }],
];

describe("client: the key", () => {
  const { client, serve, answering, emulator } = harness();

  for (const [name, answer] of careless)
    it(`is not in the failure if the API echoes it ${name}`, async () => {
      const hp = client(await answering(answer), { apiKey: KEY });
      for (const request of [hp.createInvite({ email: ADA }), hp.getInvite(ADA), hp.listInvites()])
        assertWithoutKey(await failureOf(request), KEY);
    });

  it("is not in the failures of the network", async () => {
    const api = await emulator({ apiKey: KEY });
    const hp = client(api, { timeoutMs: 200, maxResponseBytes: 1000 });
    for (const kind of ["reset", "hang", "truncated", "oversized", "redirect"] as const) {
      api.fault({ on: "list", kind });
      assertWithoutKey(await failureOf(hp.listInvites()), KEY);
    }
    await api.close();
    assertWithoutKey(await failureOf(hp.listInvites()), KEY);
    const echo = await serve((_request, response) => void response.socket?.end(`${KEY}\r\n\r\n`));
    assertWithoutKey(await failureOf(client(echo, { apiKey: KEY }).listInvites()), KEY);
  });

  it("goes in one header, and in no path or body; nobody sees it who logs the client", async () => {
    const api = await answering({ body: { success: true, invites: [] } });
    const hp = client(api, { apiKey: KEY });
    await hp.listInvites();
    assertWithoutKey(hp, KEY);
    const [{ headers, path } = { headers: {}, path: "" }] = api.requests;
    const having = Object.entries(headers).filter(([, value]) => `${value}`.includes(KEY));
    assert.deepEqual(having, [["authorization", `Bearer ${KEY}`]]);
    assert.ok(!path.includes(KEY));
  });

  for (const [name, apiKey] of [
    ["with a line break inside", `${KEY}\r\nX-Evil: 1`],
    ["with a space", `Bearer ${KEY}`],
    ["with a letter that no header takes", `${KEY}ß`],
  ] as const)
    it(`one ${name} is refused, and not quoted`, () => {
      assert.throws(
        () => new HeadshotProClient({ apiKey }),
        (error: Error) => {
          assert.equal(error.name, "RangeError");
          assertWithoutKey(error, KEY);
          return true;
        },
      );
    });
});
