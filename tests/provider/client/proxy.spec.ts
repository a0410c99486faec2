import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { type Clock, HeadshotProClient } from "pulumi-headshotpro/client";
import { ADA, failureOf, summary } from "../../support/api-client";
import { HOST, PASSWORD, startProxy, USER, withProxyVariables } from "../../support/proxy";

const KEY = "hp_key_behind_proxy";
const UNREACHABLE = ["unreachable", false];
const REFUSED = ["proxy-refused", false];

const refusals: [answer: string, meaning: unknown[], told: string][] = [
  ["404 Not Found", REFUSED, "answers 404 Not Found"],
  [`407 Ask again with ${PASSWORD}`, REFUSED, "answers 407 Proxy Authentication Required"],
  ["799 Odd", UNREACHABLE, "answers 799"],
  ["500 Internal Server Error", UNREACHABLE, "answers 500 Internal Server Error"],
];

/** What is no proxy: it answers the first bytes with these and hangs up. */
const odd: [what: string, answer: string][] = [
  ["half an answer", "HTTP/1.1 200 OK\r\n"],
  ["a header that is none", `HTTP/1.1 200 OK\r\n${PASSWORD}\r\n\r\n`],
];

describe("client: a proxy that makes no connection", () => {
  const running: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of running.splice(0)) await one.close();
  });

  function clientThrough(port: number, clock?: Clock) {
    const HTTPS_PROXY = `http://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;
    const made = withProxyVariables(
      { HTTPS_PROXY },
      () => new HeadshotProClient({ apiKey: KEY, baseUrl: `https://${HOST}/api/v2` }, { clock }),
    );
    running.push(made);
    return made;
  }

  for (const [refusal, meaning, told] of refusals)
    it(`${refusal}: ${meaning[0]}, and never the API's answer`, async () => {
      const proxy = await startProxy({ refusal });
      running.push(proxy);
      const { port, asked, read } = proxy;
      const hp = clientThrough(port);
      for (const request of [() => hp.createInvite({ email: ADA }), () => hp.getInvite(ADA)]) {
        const error = await failureOf(request());
        assert.deepEqual(summary(error), meaning);
        assert.equal(error.text, `the proxy http://127.0.0.1:${port} of HTTPS_PROXY ${told}`);
        assert.equal(error.status, undefined);
      }
      assert.deepEqual(asked, [`${HOST}:443`, `${HOST}:443`]);
      assert.ok(!read().includes(KEY));
    });

  for (const [what, answer] of odd)
    it(`it answers with ${what}: unreachable, and nothing of it is told`, async () => {
      const server = createServer((socket) => socket.once("data", () => socket.end(answer)));
      const error = await failureOf(clientThrough(await listening(server)).createInvite({ email: ADA }));
      assert.deepEqual(summary(error), UNREACHABLE);
      assert.match(error.text, /^the proxy http:\/\/127\.0\.0\.1:\d+ of HTTPS_PROXY gives no usable answer$/);
    });

  it("there is none: unreachable", async () => {
    const { port, close } = await startProxy();
    await close();
    const error = await failureOf(clientThrough(port).createInvite({ email: ADA }));
    assert.deepEqual(summary(error), UNREACHABLE);
    const said = `the proxy http://127.0.0.1:${port} of HTTPS_PROXY cannot be reached: ECONNREFUSED`;
    assert.equal(error.text, said);
  });

  it("it never answers: a time-out, and close hangs up", async () => {
    let timeIsUp = () => {};
    const clock: Clock = {
      now: () => Date.now(),
      after(_ms, run) {
        timeIsUp = run;
        return () => {};
      },
    };
    const server = createServer();
    const connected = once(server, "connection");
    const hp = clientThrough(await listening(server), clock);
    const hungUp = connected.then(([socket]) => {
      socket.on("error", () => {}).once("data", () => timeIsUp());
      return once(socket, "close");
    });
    assert.equal((await failureOf(hp.createInvite({ email: ADA }))).reason, "no-reply");
    hp.close();
    await hungUp;
  });

  async function listening(server: Server): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    running.push(server);
    return (server.address() as AddressInfo).port;
  }
});
