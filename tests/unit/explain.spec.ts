import assert from "node:assert/strict";
import { explain } from "../../provider/src/api/explain";
import { ApiError, type FailureReason } from "../../provider/src/client/errors";

const BASE = "https://server.headshotpro.com/api/v2";
const DOING = "ada@acme.com was not invited";

const CHECK =
  "Check headshotpro:baseUrl or HEADSHOTPRO_BASE_URL, and what stands in between: a proxy, a firewall, a sign-in page.";
const AGAIN = "Run the same command again: people are looked up before anything is sent twice.";
type Rest = { retryAt?: Date; teamId?: string; path?: string };
type Answer = [reason: FailureReason, status: number | undefined, code: string | undefined, text: string];

const cases: [answer: Answer, message: string, rest?: Rest][] = [
  [
    ["unauthorized", 401, "UNAUTHORIZED", "Invalid API key"],
    "HeadshotPro does not accept the API key (401 UNAUTHORIZED: Invalid API key). Set a valid one with " +
      "`pulumi config set --secret headshotpro:apiKey`, or in the environment as HEADSHOTPRO_API_KEY.",
  ],
  [
    ["forbidden", 403, "FORBIDDEN", "Admins only"],
    "the API key is not an organization admin's (403 FORBIDDEN: Admins only). Use the key of an admin.",
  ],
  [
    ["insufficient-credits", 402, "INSUFFICIENT_CREDITS", "Not enough credits"],
    "the organization has no credits left (402 INSUFFICIENT_CREDITS: Not enough credits). " +
      "Buy credits, then run the same command again.",
  ],
  [
    ["invite-limit", 429, "INVITE_LIMIT_EXCEEDED", "Too many pending invites"],
    "too many invites are pending, the cap is twice the credits (429 INVITE_LIMIT_EXCEEDED: Too many pending " +
      "invites). Waiting does not help: let people sign up, remove invites that are not needed, or buy credits; " +
      "then run the same command again.",
  ],
  [
    ["not-found", 404, "NOT_FOUND", "Team not found"],
    'HeadshotPro knows no team "team_x" (404 NOT_FOUND: Team not found). ' +
      "Check teamId, or leave it out to invite without a team. If the program made the team, run `pulumi refresh`: " +
      "then `pulumi up` makes it again.",
    { teamId: "team_x" },
  ],
  [
    ["not-found", 404, "NOT_FOUND", "Not found"],
    "HeadshotPro does not find what it was asked about (404 NOT_FOUND: Not found).",
  ],
  [
    ["forbidden", 403, "FORBIDDEN", "No scope"],
    "the API key has not the scope Teams, or is not an organization admin's (403 FORBIDDEN: No scope). Use the key of " +
      "an admin, with the scope Teams.",
    { path: "/organization/teams/team_x" },
  ],
  [
    ["rejected", 400, "INVALID_REQUEST", "Invalid"],
    "HeadshotPro refused it (400 INVALID_REQUEST: Invalid).",
    { path: "/organization/teams", teamId: "team_x" },
  ],
  [
    ["wrong-address", 403, undefined, "an HTML page from cloudflare: Just a moment..."],
    `${BASE} does not answer as HeadshotPro's API (403: an HTML page from cloudflare: Just a moment...). ` +
      `Something else has answered, which says nothing about the API key. ${CHECK}`,
  ],
  [
    ["unreachable", undefined, undefined, "connect ECONNREFUSED 127.0.0.1:1 (ECONNREFUSED)"],
    `${BASE} cannot be reached (connect ECONNREFUSED 127.0.0.1:1 (ECONNREFUSED)). ` +
      "Check the network, and the proxy if there is one; nothing was sent. Then run the same command again.",
  ],
  [
    ["proxy-refused", undefined, undefined, "the proxy http://p:3128 of HTTPS_PROXY answers 407"],
    `${BASE} was not asked (the proxy http://p:3128 of HTTPS_PROXY answers 407). ` +
      "Nothing was sent. Check the user name and password in that variable, and " +
      "which hosts the proxy allows; NO_PROXY names the hosts that need no proxy. Then run the same command again.",
  ],
  [
    ["unusable-reply", 200, undefined, "the reply is not JSON, but an HTML page: Sign in"],
    `HeadshotPro gave no usable answer (200: the reply is not JSON, but an HTML page: Sign in). ${AGAIN} If it stays so, ` +
      `something else may have answered. ${CHECK}`,
  ],
  [
    ["server", 503, undefined, "Down"],
    `HeadshotPro gave no usable answer (503: Down; it asks to wait until 2026-11-23 12:10:00 UTC). ${AGAIN}`,
    { retryAt: new Date("2026-11-23T12:10:00.500Z") },
  ],
];

describe("explain", () => {
  const failure = (reason: FailureReason, status?: number, code?: string, text = "no", rest: Rest = {}) =>
    new ApiError({ reason, method: "POST", path: "/x", status, code, text, ...rest });

  for (const [answer, message, rest] of cases)
    it(answer.join(" "), () => {
      const error = failure(...answer, rest);
      assert.equal(explain(error, DOING, { baseUrl: BASE }, rest?.teamId), `${DOING}: ${message}`);
    });

  it("of `pulumi do`, names its options", () => {
    const direct = (reason: FailureReason) =>
      explain(failure(reason), DOING, { baseUrl: BASE, isDirect: true });
    assert.match(
      direct("unauthorized"),
      /Set a valid one with HEADSHOTPRO_API_KEY .* --headshotpro:api-key-env names\.$/,
    );
    assert.match(direct("wrong-address"), /Check --headshotpro:base-url or HEADSHOTPRO_BASE_URL, and what/);
  });

  it("names the variable that a key comes from", () =>
    assert.equal(
      explain(failure("unauthorized", 401), DOING, { baseUrl: BASE, apiKeyEnv: "EMEA" }),
      `${DOING}: HeadshotPro does not accept the API key in EMEA (401: no). Set a valid one there.`,
    ));
});
