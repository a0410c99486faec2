import assert from "node:assert/strict";
import { DEFAULT_BASE_URL, parseBaseUrl } from "../../provider/src/client/endpoint";

const accepted: [text: string, baseUrl: string][] = [
  [DEFAULT_BASE_URL, DEFAULT_BASE_URL],
  [`  ${DEFAULT_BASE_URL}//\n`, DEFAULT_BASE_URL],
  ["HTTPS://Server.HeadshotPro.com/api/v2/", DEFAULT_BASE_URL],
  ["https://proxy.acme.com:8443/hp/api/v2", "https://proxy.acme.com:8443/hp/api/v2"],
  ["http://127.0.0.1:8787/api/v2/", "http://127.0.0.1:8787/api/v2"],
  ["http://localhost:8787/api/v2", "http://localhost:8787/api/v2"],
  ["http://[::1]:8787/api/v2", "http://[::1]:8787/api/v2"],
];

/** By the problem. */
const refused: Record<string, string[]> = {
  "it is not a URL": ["", "server.headshotpro.com/api/v2", "https://"],
  "it is neither https nor http": ["localhost:8787/api/v2", "ftp://server.headshotpro.com/api/v2"],
  "its path is missing": ["https://server.headshotpro.com", "https://server.headshotpro.com//"],
  "it has a query or a fragment": [`${DEFAULT_BASE_URL}?x=1`, `${DEFAULT_BASE_URL}#top`],
};
const unencrypted =
  "server.headshotpro.com localhost.evil.example 127.0.0.evil.example 192.168.0.1 [::ffff:8.8.8.8]";
const secrets =
  "https://ada:hunter2@server.headshotpro.com/api/v2 http://hunter2@localhost ftp://x:hunter2@y/";

describe("parseBaseUrl", () => {
  for (const [text, baseUrl] of accepted)
    it(`takes ${JSON.stringify(text)}`, () => assert.equal(parseBaseUrl(text), baseUrl));
  for (const [problem, texts] of Object.entries(refused))
    for (const text of texts)
      it(`refuses ${JSON.stringify(text)}`, () =>
        assert.throws(() => parseBaseUrl(text), {
          name: "RangeError",
          message: `${problem}; expected something like ${DEFAULT_BASE_URL}`,
        }));
  for (const host of unencrypted.split(" "))
    it(`refuses to send the key in the clear to ${host}`, () =>
      assert.throws(
        () => parseBaseUrl(`http://${host}/api/v2`),
        /unencrypted to .*; only loopback may use http/,
      ));
  for (const text of secrets.split(" "))
    it(`does not repeat the password of ${text.replace("hunter2", "…")}`, () =>
      assert.throws(
        () => parseBaseUrl(text),
        ({ message }: Error) => message.startsWith("it carries a user name") && !message.includes("hunter2"),
      ));
});
