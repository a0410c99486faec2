import { meaningOf } from "../../api/explain";
import { HeadshotProClient } from "../../client/client";
import { type ApiError, isApiError } from "../../client/errors";
import type { NamedProxy } from "../../client/proxy";
import type { ResponseInfo } from "../../client/types";
import { unreadableRows } from "../../invite/people";
import type { Environment, Settings } from "../../settings";
import { type Check, notable, well, wrong } from "./checks";

export interface ApiAnswer {
  /** Missing if no reply came. */
  info?: ResponseInfo;
  error?: ApiError;
  /** Rows of the list that cannot be read. */
  unreadable: number;
  /** The organization's credits; what failed; or not asked. */
  credits?: number | ApiError;
}

/** What the API's answer says about the key, the clock, the rate limit and the credits. */
export function checkAnswer({ info, error, unreadable, credits }: ApiAnswer): Check[] {
  const rows = unreadableRows(unreadable);
  return [
    error ? checkFailure(error) : well("API key", "accepted"),
    ...(rows ? [notable("people", rows, "Look for a later version of pulumi-headshotpro.")] : []),
    ...(info ? [checkClock(info), checkLimit(info)] : []),
    ...(credits === undefined ? [] : [checkCredits(credits)]),
  ];
}

/** Leaves out the API's own words, because they may name the organization. Without a reply, the text is the network's. */
function checkFailure(error: ApiError): Check {
  const [subject, meaning, todo] = meaningOf(error, { baseUrl: "the API's address" });
  const detail = error.status === undefined ? error.text : toAnswerText(error);
  return wrong(subject, `${meaning} (${detail})`, todo || "Report it, with these lines.");
}

function toAnswerText({ status, code }: ApiError): string {
  return [status, code].filter(Boolean).join(" ");
}

/** A smaller difference changes nothing here. */
const NOTABLE_SKEW_MS = 60_000;

/** The `Date` header knows whole seconds, and the reply was made at some moment between asking and its coming. */
function checkClock({ sentAt, answeredAt, date }: ResponseInfo): Check {
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

function checkLimit({ remaining, resetAt, date, answeredAt }: ResponseInfo): Check {
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

function checkCredits(credits: number | ApiError): Check {
  if (typeof credits === "object") {
    const mayNot = credits.reason === "forbidden" || credits.reason === "unauthorized";
    const why = toAnswerText(credits) || credits.reason;
    return well("credits", `${mayNot ? "this key may not see them" : "not told"} (${why})`);
  }
  return credits > 0
    ? well("credits", String(credits))
    : notable("credits", "0", "Buy credits: without them nobody can upload photos or be invited.");
}

/** Asks for the list of people, which every command needs, and for the credits. A failure is not repeated. */
export async function probeApi(settings: Settings): Promise<ApiAnswer> {
  const client = new HeadshotProClient(settings);
  const answer: ApiAnswer = { unreadable: 0 };
  try {
    const afterResponse = (info: ResponseInfo) => {
      answer.info = info;
    };
    answer.unreadable = (await client.listInvites({ afterResponse })).unreadable;
    answer.credits = await client.getCredits().catch(toApiError);
  } catch (error) {
    answer.error = toApiError(error);
  } finally {
    client.close();
  }
  return answer;
}

/** @throws any other error. */
function toApiError(error: unknown): ApiError {
  if (isApiError(error)) return error;
  throw error;
}

/** @param proxy to the API. @param runsNode whether the program is in TypeScript or JavaScript. */
export function checkProxy(proxy: NamedProxy | undefined, env: Environment, runsNode: boolean): Check[] {
  const own = proxy
    ? `the one of ${proxy.variable}${proxy.authorization ? ", with a user name" : ""}`
    : "none on the way to the API";
  // grpc-js, which connects the SDK to its engine, follows these variables, in lower case only.
  const variable = ["https_proxy", "http_proxy"].find((name) => env[name]);
  const isLocal = /(^|[,\s])(\*|127\.0\.0\.1)($|[,\s])/.test(env.no_proxy ?? "");
  if (!runsNode || !variable || isLocal) return [well("proxy", own)];
  return [
    well("proxy", own),
    notable(
      "proxy",
      `Pulumi's SDK asks the one of ${variable} for its own engine, too`,
      "Set no_proxy=127.0.0.1 as well, or use the upper-case name alone: see docs/proxies.md.",
    ),
  ];
}
