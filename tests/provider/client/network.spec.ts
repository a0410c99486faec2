import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { ADA, failureOf, harness, summary, upOnArrival } from "../../support/api-client";

const LIST = { success: true, invites: [] };

async function closed(socket: Socket | undefined): Promise<void> {
  assert.ok(socket);
  if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
}

describe("client: the network", () => {
  const { client, emulator, serve, answering } = harness();

  for (const status of [301, 307])
    it(`a ${status} is not followed, and the key goes nowhere`, async () => {
      const elsewhere = await answering({ body: LIST });
      const api = await answering({ status, headers: { location: `${elsewhere.url}/organization/invites` } });
      const hp = client(api);
      for (const request of [hp.listInvites(), hp.getInvite(ADA), hp.createInvite({ email: ADA })])
        assert.deepEqual(summary(await failureOf(request)), ["wrong-address", false]);
      assert.equal(elsewhere.connections.length, 0);
      assert.equal(api.requests.length, 3);
    });

  it("connection refused: unreachable, nothing was sent", async () => {
    const gone = await answering({});
    await gone.close();
    const error = await failureOf(client(gone).createInvite({ email: ADA }));
    assert.deepEqual(summary(error), ["unreachable", false]);
    assert.match(error.text, /ECONNREFUSED/);
    assert.equal(error.status, undefined);
  });

  it("an endless answer is hung up on", async () => {
    const server = await serve((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.on("drain", more);
      more();
    });
    const error = await failureOf(client(server, { maxResponseBytes: 100_000 }).listInvites());
    assert.deepEqual([error.reason, error.text], ["unusable-reply", "the reply is larger than 100000 bytes"]);
    const [socket] = server.connections;
    await closed(socket);
    // What buffers on the way hold; without the hanging up it would go on until the time-out.
    assert.ok((socket?.bytesWritten ?? 0) < 50_000_000);
  });

  it("an answer is as large as it is unpacked", async () => {
    const packed = gzipSync(JSON.stringify({ ...LIST, padding: "x".repeat(5_000_000) }));
    const server = await serve((_request, response) => {
      response.setHeader("content-encoding", "gzip");
      response.end(packed);
    });
    const maxResponseBytes = 100_000;
    assert.ok(packed.length < maxResponseBytes);
    const failure = await failureOf(client(server, { maxResponseBytes }).listInvites());
    assert.equal(failure.reason, "unusable-reply");
    assert.deepEqual((await client(server).listInvites()).invites, []);
  });

  for (const encoding of ["gzip", "br"])
    for (const [status, reason, text] of [
      [200, "unusable-reply", "the reply cannot be decoded: it is not what its Content-Encoding says"],
      [503, "server", "no explanation was given"],
    ] as const)
      it(`a body that claims to be ${encoding} and is not, under ${status}: ${reason}`, async () => {
        const api = await answering({ status, headers: { "Content-Encoding": encoding }, body: LIST });
        const failure = await failureOf(client(api).listInvites());
        assert.deepEqual([failure.reason, failure.status, failure.text], [reason, status, text]);
      });

  it("a time-out leaves the next request alone", async () => {
    const api = await emulator();
    api.fault({ on: "list", kind: "hang" });
    const hp = client(api, { timeoutMs: 300 }, upOnArrival(api, 1));
    assert.equal((await failureOf(hp.listInvites())).text, "no complete reply within 0.3 s");
    assert.deepEqual((await hp.listInvites()).invites, []);
  });
});
