import assert from "node:assert/strict";
import { proxyFor } from "../../provider/src/client/proxy";
import { withProxyVariables } from "../support/proxy";

const API = "https://server.headshotpro.com/api/v2";
const PROXY = "http://proxy.acme.com:3128";
const SECRET = "s3cret";

type Case = [what: string, env: Record<string, string>, found: string | undefined, url?: string];

/** The proxy as `ADDRESS of VARIABLE`. */
const cases: Case[] = [
  ["none is named", {}, undefined],
  ["https_proxy first", { HTTPS_PROXY: "http://other", https_proxy: PROXY }, `${PROXY} of https_proxy`],
  ["HTTPS_PROXY before all_proxy", { all_proxy: "http://x", HTTPS_PROXY: PROXY }, `${PROXY} of HTTPS_PROXY`],
  ["HTTP_PROXY is not for https", { HTTP_PROXY: PROXY }, undefined],
  ["HTTP_PROXY is for http", { HTTP_PROXY: PROXY }, `${PROXY} of HTTP_PROXY`, "http://wiki.acme.com/api"],
  ["no scheme: http", { HTTPS_PROXY: "proxy.acme.com:3128" }, `${PROXY} of HTTPS_PROXY`],
  ["no_proxy with the domain", { HTTPS_PROXY: PROXY, no_proxy: "x.org, .headshotpro.com" }, undefined],
  ["NO_PROXY with all", { HTTPS_PROXY: PROXY, NO_PROXY: "*" }, undefined],
  ["loopback", { HTTP_PROXY: PROXY }, undefined, "http://127.0.0.1:8787/api/v2"],
  ["loopback by its name, in https", { HTTPS_PROXY: PROXY }, undefined, "https://localhost/api/v2"],
];

const refused: [what: string, value: string, message: RegExp][] = [
  ["no address", "http://", /^HTTPS_PROXY is not the address of a proxy; expected something like http:/],
  ["SOCKS", `socks5://me:${SECRET}@proxy:1080`, /^HTTPS_PROXY names a proxy that is neither http nor https/],
  ["a # in the password", `http://me:1#${SECRET}@proxy`, /# is %23/],
  ["a ? in the password", `me:${SECRET}?@proxy`, /^HTTPS_PROXY is not the address/],
  ["a % that escapes nothing", `http://me:${SECRET}%@proxy`, /^HTTPS_PROXY has a % .* write it as %25$/],
];

describe("the proxy on the way to a URL", () => {
  for (const [what, env, found, url = API] of cases)
    it(`${what}: ${found ?? "no proxy"}`, () => {
      const proxy = withProxyVariables(env, () => proxyFor(url));
      assert.equal(proxy && `${proxy.url} of ${proxy.variable}`, found);
    });

  it("its user name and password are in the header only, and not escaped any more", () => {
    const env = { HTTPS_PROXY: "http://me:s%23cret%40@proxy.acme.com:3128" };
    const authorization = `Basic ${Buffer.from("me:s#cret@").toString("base64")}`;
    const proxy = withProxyVariables(env, () => proxyFor(API));
    assert.deepEqual(proxy, { url: PROXY, variable: "HTTPS_PROXY", authorization });
  });

  for (const [what, value, message] of refused)
    it(`${what}: refused, and nothing of it is told`, () => {
      assert.throws(
        () => withProxyVariables({ HTTPS_PROXY: value }, () => proxyFor(API)),
        (error: Error) => {
          assert.ok(error instanceof RangeError);
          assert.match(error.message, message);
          assert.ok(!error.message.includes(SECRET), error.message);
          return true;
        },
      );
    });
});
