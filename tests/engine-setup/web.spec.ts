import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { get } from "../../engine/src/web";
import { type Loopback, proxy, serve } from "./loopback";

const BOUNDS = { ms: 60_000, bytes: 100 };

describe("engine setup: the network", () => {
  let host: Loopback;
  let others: Loopback[];
  beforeEach(async () => {
    others = [];
    host = await serve((request, response) => {
      switch (request.url) {
        case "/moved":
          return response.writeHead(302, { location: "/file" }).end();
        case "/round":
          return response.writeHead(302, { location: "/round" }).end();
        case "/insecure":
          return response.writeHead(302, { location: "ftp://elsewhere.example/file" }).end();
        case "/large":
          return response.end("x".repeat(101));
        case "/half":
          return response.writeHead(200, { "content-length": 10 }).write("half", () => response.destroy());
        case "/silent":
          return;
        default:
          return response.end("the file");
      }
    });
  });
  afterEach(() => Promise.all([host, ...others].map((server) => server.close())));

  const read = (path: string, env: NodeJS.ProcessEnv = {}, ms = BOUNDS.ms): Promise<string> =>
    get(new URL(path, host.url), env, { ...BOUNDS, ms }, text);

  const through = async (credentials = "", refusal?: string): Promise<Loopback & { address: string }> => {
    const server = await proxy(refusal);
    others.push(server);
    return { ...server, address: server.url.replace("//", `//${credentials}`) };
  };

  it("follows a redirect", async () => {
    assert.equal(await read("/moved"), "the file");
  });

  const failures: [path: string, reason: RegExp][] = [
    ["/insecure", /^127\.0\.0\.1 redirects to ftp:\/\/elsewhere\.example, which is not followed$/],
    ["/round", /^127\.0\.0\.1 redirects to http:\/\/127\.0\.0\.1:\d+, which is not followed$/],
    ["/large", /^large broke off \(it is larger than 100 bytes\)$/],
    ["/half", /^half broke off \(.+\)$/],
  ];
  for (const [path, reason] of failures) {
    it(`gives the reason in a line for ${path}`, () => assert.rejects(read(path), { message: reason }));
  }

  it("gives up on a host that does not answer", () =>
    assert.rejects(read("/silent", {}, 50), { message: "127.0.0.1 cannot be reached (not done in 0.05 s)" }));

  it("goes through the proxy that the environment names, as the user that it names", async () => {
    const { address, asked } = await through("me:s3cret@");
    assert.equal(await read("/file", { HTTPS_PROXY: address }), "the file");
    assert.deepEqual(asked, [`${new URL(host.url).host} Basic ${btoa("me:s3cret")}`]);
  });

  it("passes the proxy by for what NO_PROXY names", async () => {
    const { address, asked } = await through();
    assert.equal(await read("/file", { HTTPS_PROXY: address, NO_PROXY: "a.example,127.0.0.1" }), "the file");
    assert.deepEqual(asked, []);
  });

  it("names a proxy that leads nowhere, without its password", async () => {
    const { address } = await through("me:s3cret@", "407 Proxy Authentication Required");
    await assert.rejects(read("/file", { https_proxy: address, no_proxy: "a.example" }), {
      message:
        /^127\.0\.0\.1 cannot be reached \(.*407.*\); https_proxy is http:\/\/127\.0\.0\.1:\d+, no_proxy is a\.example$/,
    });
    const gone = await proxy();
    await gone.close();
    await assert.rejects(read("/file", { ALL_PROXY: gone.url.replace("//", "//me:s3cret@") }), {
      message: /^127\.0\.0\.1 cannot be reached \(ECONNREFUSED\); ALL_PROXY is http:\/\/127\.0\.0\.1:\d+$/,
    });
  });
});
