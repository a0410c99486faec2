import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator } from "headshotpro-emulator";
import { create, emulators, get, list } from "../support/emulators";

const ADA = "ada@acme.com";

/** Sends bytes as they are, and returns whatever comes back. */
async function raw(url: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.end(request);
  return text(socket);
}

describe("emulator: server", () => {
  const start = emulators();

  it("listens on a free port of loopback, several at once", async () => {
    const [one, two] = await Promise.all([start(), start()]);
    assert.match(one.url, /^http:\/\/127\.0\.0\.1:\d+\/api\/v2$/);
    assert.notEqual(one.url, two.url);
  });

  it("rejects when the port is taken", async () => {
    const port = Number(new URL((await start()).url).port);
    await assert.rejects(startEmulator({ port }), { code: "EADDRINUSE" });
  });

  it("closes while clients keep connections open", async () => {
    const emulator = await start();
    await list(emulator);
    await emulator.close();
    await assert.rejects(list(emulator));
    await emulator.close();
  });

  it("logs each request, and clears the log and the outbox", async () => {
    const emulator = await start();
    await create(emulator, ADA);
    await get(emulator, ADA);
    await list(emulator, "?limit=1");
    const path = "/api/v2/organization/invites";
    assert.deepEqual(
      emulator.requests.map(({ at, ...record }) => record),
      [
        { method: "POST", path, verb: "create", email: ADA, status: 200 },
        { method: "GET", path: `${path}/ada%40acme.com`, verb: "get", email: ADA, status: 200 },
        { method: "GET", path: `${path}?limit=1`, verb: "list", status: 200 },
      ],
    );
    emulator.clearLog();
    emulator.clearOutbox();
    assert.deepEqual([emulator.requests, emulator.outbox], [[], []]);
  });

  it("keeps the newest requests only, so that it can run for weeks", async () => {
    const emulator = await start({ logSize: 20, rateLimit: false });
    for (let n = 0; n < 50; n += 1) {
      await get(emulator, `p${n}@acme.com`);
      assert.ok(emulator.requests.length <= 20);
    }
    const numbers = emulator.requests.map(({ email }) => Number(email?.match(/\d+/)));
    assert.ok(numbers.length >= 18, `${numbers.length}: all but a tenth of them`);
    assert.deepEqual(
      numbers,
      Array.from(numbers, (_, n) => 50 - numbers.length + n),
    );
  });

  it("a log of none is possible, and one of less is not", async () => {
    const emulator = await start({ logSize: 0 });
    await list(emulator);
    assert.deepEqual(emulator.requests, []);
    for (const logSize of [-1, 1.5, Number.NaN]) await assert.rejects(start({ logSize }), /logSize/);
  });

  it("an overlong address is cut in the log, and answered as it came", async () => {
    const emulator = await start();
    const email = `${"a".repeat(500_000)}@acme.com`;
    assert.equal((await create(emulator, email)).status, 400);
    assert.equal(emulator.requests[0]?.email, `${"a".repeat(2_000)}…`);
  });

  it("tells as requests are answered and e-mails are sent", async () => {
    const told: string[] = [];
    const emulator = await start({
      onEmail: ({ to }) => told.push(`e-mail ${to}`),
      onRequest: ({ verb, status }) => told.push(`${verb} ${status}`),
    });
    await create(emulator, ADA);
    assert.deepEqual(told, [`e-mail ${ADA}`, "create 200"]);
  });

  it("takes its time when told to", async () => {
    const emulator = await start({ latencyMs: 60 });
    const began = performance.now();
    await list(emulator);
    const took = performance.now() - began;
    assert.ok(took >= 58, `${took} ms`);
  });

  it("lets nobody wait for others", async () => {
    const emulator = await start({ latencyMs: 100 });
    const requests = Array.from({ length: 4 }, () => list(emulator));
    while (emulator.requests.length < requests.length) await sleep(1);
    // Timers of one process end in their order, however slow it is: one after the other would be 400 ms.
    await sleep(250);
    assert.deepEqual(
      emulator.requests.map(({ status }) => status),
      [200, 200, 200, 200],
    );
    await Promise.all(requests);
  });

  it("stands weird input", async () => {
    const emulator = await start();
    const answers = await Promise.all([
      raw(emulator.url, "nonsense\r\n\r\n"),
      raw(emulator.url, "GET // HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"),
      raw(emulator.url, "GET http://elsewhere/x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"),
      raw(emulator.url, "GET /_emulator/%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"),
      raw(emulator.url, "GET /_emulator/outbox HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n"),
      raw(emulator.url, "GET /_emulator/outbox HTTP/1.0\r\n\r\n"),
      raw(
        emulator.url,
        "POST /api/v2/organization/invites HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{",
      ),
    ]);
    assert.deepEqual(
      answers.map((answer) => answer.split(" ", 2)[1]),
      ["400", "404", "404", "400", "403", "403", "400"],
    );
    assert.equal((await list(emulator)).status, 200);
    assert.equal((await create(emulator, "__proto__@acme.com", "__proto__")).status, 404);
    assert.equal((await get(emulator, "__proto__")).status, 404);
  });

  it("answers hundreds of requests at once", async () => {
    const emulator = await start({ rateLimit: false });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => create(emulator, `p${n}@acme.com`)),
    );
    assert.ok(answers.every(({ status }) => status === 200));
    assert.equal(emulator.outbox.length, 200);
  });
});
