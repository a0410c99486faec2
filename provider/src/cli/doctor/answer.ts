import type { ApiError, FailureReason } from "../../client/errors";
import type { ResponseInfo } from "../../client/types";
import { unreadableRows } from "../../invite/listed-people";
import { type Finding, notable, well, wrong } from "./finding";

/** What came of asking the API who is invited, once. */
export interface Answer {
  /** Missing if no reply came. */
  info?: ResponseInfo;
  error?: ApiError;
  /** Rows of the list that cannot be read. */
  unreadable: number;
  /** The organization's credits; what failed; or not asked. */
  credits?: number | ApiError;
}

/** What the API's answer says about the key, the clock, the rate limit and the credits. */
export function answerFindings({ info, error, unreadable, credits }: Answer): Finding[] {
  return [
    error ? failureFinding(error) : well("API key", "accepted"),
    ...rowFindings(unreadable),
    ...(info ? [clockFinding(info), limitFinding(info)] : []),
    ...(credits === undefined ? [] : [creditsFinding(credits)]),
  ];
}

const AGAIN = "Run this again in a few minutes.";
const ADDRESS = "Check headshotpro:baseUrl or HEADSHOTPRO_BASE_URL, and any proxy in between.";

/** By reason: what was looked at, how it is, and what to do. */
const FAILURES: Record<FailureReason, [what: string, value: string, todo: string]> = {
  unauthorized: [
    "API key",
    "not accepted",
    "Set a valid one with `pulumi config set --secret headshotpro:apiKey`, or in the environment as HEADSHOTPRO_API_KEY.",
  ],
  forbidden: ["API key", "not an organization admin's", "Use the key of an admin."],
  "rate-limit": ["rate limit", "reached", AGAIN],
  "wrong-address": ["API", "what answers is not HeadshotPro's API", ADDRESS],
  unreachable: ["API", "cannot be reached", "Check the network, and the proxy if there is one."],
  "proxy-refused": [
    "API",
    "the proxy makes no connection to it",
    "Check the user name and password in its variable, and which hosts it allows.",
  ],
  "no-reply": ["API", "no complete reply", `Check the network. ${AGAIN}`],
  "unusable-reply": ["API", "the reply makes no sense", ADDRESS],
  server: ["API", "it fails", AGAIN],
  rejected: ["API", "it refuses to list people", "Report it, with these lines."],
  "not-found": ["API", "it refuses to list people", "Report it, with these lines."],
  "invite-limit": ["API", "it refuses to list people", "Report it, with these lines."],
  "insufficient-credits": ["API", "it refuses to list people", "Report it, with these lines."],
};

/** The API's own words are left out: they may name the organization. What there is without a reply is the network's. */
function failureFinding(error: ApiError): Finding {
  const [what, value, todo] = FAILURES[error.reason];
  const said = error.status === undefined ? error.text : answerOf(error);
  return wrong(what, `${value} (${said})`, todo);
}

function answerOf({ status, code }: ApiError): string {
  return [status, code].filter(Boolean).join(" ");
}

function rowFindings(unreadable: number): Finding[] {
  const rows = unreadableRows(unreadable);
  return rows ? [notable("people", rows, "Look for a later version of pulumi-headshotpro.")] : [];
}

/** Less than this changes nothing here. */
const NOTABLE_SKEW_MS = 60_000;

/** The `Date` header knows whole seconds, and the reply was made at some moment between asking and its coming. */
function clockFinding({ sentAt, answeredAt, date }: ResponseInfo): Finding {
  if (date === undefined) return well("clock", "the API does not tell its time");
  const least = date - answeredAt;
  const most = date + 1000 - sentAt;
  const ahead = least > 0 ? least : Math.min(most, 0);
  if (Math.abs(ahead) < NOTABLE_SKEW_MS) return well("clock", "as HeadshotPro's, within a minute");
  const [off, side] = [Math.round(Math.abs(ahead) / 60_000), ahead > 0 ? "behind" : "ahead of"];
  return notable(
    "clock",
    `${off} min ${side} HeadshotPro's`,
    "Let the system set the time (NTP): when invites expire is worked out with it.",
  );
}

function limitFinding({ remaining, resetAt, date, answeredAt }: ResponseInfo): Finding {
  if (remaining === undefined)
    return well("rate limit", "not told; 300 requests a minute are taken for granted");
  const seconds = Math.ceil(((resetAt ?? 0) - (date ?? answeredAt)) / 1000);
  const window = seconds > 0 ? `in the next ${seconds} s` : "in this window";
  if (remaining > 0) return well("rate limit", `${remaining} requests left ${window}`);
  return notable(
    "rate limit",
    `no requests left ${window}`,
    "Something else asks with this organization's key: runs wait for it.",
  );
}

function creditsFinding(credits: number | ApiError): Finding {
  if (typeof credits === "object") {
    const mayNot = credits.reason === "forbidden" || credits.reason === "unauthorized";
    const why = answerOf(credits) || credits.reason;
    return well("credits", `${mayNot ? "this key may not see them" : "not told"} (${why})`);
  }
  return credits > 0
    ? well("credits", String(credits))
    : notable("credits", "0", "Buy credits: without them nobody can upload photos or be invited.");
}
