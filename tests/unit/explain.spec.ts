import assert from "node:assert/strict";
import { explain } from "../../provider/src/api/explain";
import { ApiError, type FailureReason } from "../../provider/src/client/errors";

const BASE = "https://server.headshotpro.com/api/v2";
const DOING = "ada@acme.com was not invited";

interface Case {
  reason: FailureReason;
  status?: number;
  code?: string;
  text: string;
  retryAt?: Date;
  teamId?: string;
  message: string;
}

const cases: Case[] = [
  {
    reason: "unauthorized",
    status: 401,
    code: "UNAUTHORIZED",
    text: "Invalid API key",
    message:
      "HeadshotPro does not accept the API key (401 UNAUTHORIZED: Invalid API key). Set a valid one with " +
      "`pulumi config set --secret headshotpro:apiKey`, or in the environment as HEADSHOTPRO_API_KEY.",
  },
  {
    reason: "forbidden",
    status: 403,
    code: "FORBIDDEN",
    text: "Admins only",
    message:
      "the API key is not an organization admin's (403 FORBIDDEN: Admins only). Use the key of an admin.",
  },
  {
    reason: "insufficient-credits",
    status: 402,
    code: "INSUFFICIENT_CREDITS",
    text: "Not enough credits",
    message:
      "the organization has no credits left (402 INSUFFICIENT_CREDITS: Not enough credits). " +
      "Buy credits, then run `pulumi up` again.",
  },
  {
    reason: "invite-limit",
    status: 429,
    code: "INVITE_LIMIT_EXCEEDED",
    text: "Too many pending invites",
    message:
      "too many invites are pending, the cap is twice the credits " +
      "(429 INVITE_LIMIT_EXCEEDED: Too many pending invites). Waiting does not help: let people sign up, " +
      "remove invites that are not needed, or buy credits; then run `pulumi up` again.",
  },
  {
    reason: "not-found",
    status: 404,
    code: "NOT_FOUND",
    text: "Team not found",
    teamId: "team_x",
    message:
      'HeadshotPro knows no team "team_x" (404 NOT_FOUND: Team not found). ' +
      "Check teamId, or leave it out to invite without a team.",
  },
  {
    reason: "not-found",
    status: 404,
    code: "NOT_FOUND",
    text: "Not found",
    message: "HeadshotPro does not find what it was asked about (404 NOT_FOUND: Not found).",
  },
  {
    reason: "rate-limit",
    status: 429,
    text: "Slow down",
    message:
      "HeadshotPro's rate limit is reached (429: Slow down). " +
      "Run the same command again in a few minutes.",
  },
  {
    reason: "wrong-address",
    status: 403,
    text: "an HTML page from cloudflare: Just a moment...",
    message:
      `${BASE} does not answer as HeadshotPro's API (403: an HTML page from cloudflare: Just a moment...). ` +
      "Something else has answered, which says nothing about the API key. Check headshotpro:baseUrl or " +
      "HEADSHOTPRO_BASE_URL, and what stands in between: a proxy, a firewall, a sign-in page.",
  },
  {
    reason: "unreachable",
    text: "connect ECONNREFUSED 127.0.0.1:1 (ECONNREFUSED)",
    message:
      `${BASE} cannot be reached (connect ECONNREFUSED 127.0.0.1:1 (ECONNREFUSED)). ` +
      "Check the network, and the proxy if there is one; nothing was sent. Then run the same command again.",
  },
  {
    reason: "proxy-refused",
    text: "the proxy http://proxy.acme.com:3128 of HTTPS_PROXY answers 407 Proxy Authentication Required",
    message:
      `${BASE} was not asked (the proxy http://proxy.acme.com:3128 of HTTPS_PROXY answers ` +
      "407 Proxy Authentication Required). Nothing was sent. Check the user name and password in that variable, and " +
      "which hosts the proxy allows; NO_PROXY names the hosts that need no proxy. Then run the same command again.",
  },
  {
    reason: "rejected",
    status: 400,
    code: "INVALID_REQUEST",
    text: "Invalid email format",
    message: "HeadshotPro refused it (400 INVALID_REQUEST: Invalid email format).",
  },
  ...(["server", "no-reply", "unusable-reply"] as const).map((reason) => ({
    reason,
    status: 500,
    text: "Oops",
    message:
      "HeadshotPro gave no usable answer (500: Oops). " +
      "Run the same command again: people are looked up before anything is sent twice.",
  })),
  {
    reason: "server",
    status: 503,
    text: "Down for maintenance",
    retryAt: new Date("2026-11-23T12:10:00.500Z"),
    message:
      "HeadshotPro gave no usable answer (503: Down for maintenance; it asks to wait until 2026-11-23 12:10:00 UTC). " +
      "Run the same command again: people are looked up before anything is sent twice.",
  },
  {
    reason: "no-reply",
    text: "no complete reply within 30 s",
    message:
      "HeadshotPro gave no usable answer (no complete reply within 30 s). " +
      "Run the same command again: people are looked up before anything is sent twice.",
  },
];

describe("explain", () => {
  for (const { reason, status, code, text, retryAt, teamId, message } of cases) {
    it(`${reason}${teamId ? " of a team" : ""}${status ? ` ${status}` : ""}${retryAt ? " that says when" : ""}`, () => {
      const error = new ApiError({ reason, method: "POST", path: "/x", status, code, text, retryAt });
      assert.equal(explain(error, DOING, BASE, teamId), `${DOING}: ${message}`);
    });
  }
});
