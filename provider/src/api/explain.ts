import type { ApiError, FailureReason } from "../client/errors";
import { optionOf, type Settings, VARIABLES, whereToSetTheKey } from "../settings";

/**
 * What a failure of a request means, in words that fit every command.
 *
 * @param subject what it is about, for a list of findings: `API key`.
 * @param meaning a clause, to which what the API said is added in brackets.
 * @param todo sentences; empty if there is nothing general to do.
 */
type Meaning = readonly [subject: string, meaning: string, todo: string];

const NO_ANSWER = [
  "API",
  "HeadshotPro gave no usable answer",
  `Run the same command again: people are looked up before anything is sent twice.`,
] as const;

const IN_BETWEEN = `Check ADDRESS or ${VARIABLES.baseUrl}, and what stands in between: a proxy, a firewall, a sign-in page.`;

/** Who asked, as far as messages depend on it. */
export type Asked = Pick<Settings, "baseUrl"> & Partial<Pick<Settings, "isDirect" | "apiKeyEnv">>;

/**
 * The one table from the reason of a failure to what the user reads. `URL` stands for the API's address, `KEY` and
 * `ADDRESS` for where the key and the address are set.
 */
const MEANINGS: Record<FailureReason, Meaning> = {
  unauthorized: ["API key", "HeadshotPro does not accept the API key", "Set a valid one with KEY."],
  forbidden: ["API key", "the API key is not an organization admin's", "Use the key of an admin."],
  "insufficient-credits": [
    "credits",
    "the organization has no credits left",
    "Buy credits, then run the same command again.",
  ],
  "invite-limit": [
    "invites",
    "too many invites are pending, the cap is twice the credits",
    "Waiting does not help: let people sign up, remove invites that are not needed, or buy credits; " +
      "then run the same command again.",
  ],
  "not-found": ["API", "HeadshotPro does not find what it was asked about", ""],
  "rate-limit": [
    "rate limit",
    "HeadshotPro's rate limit is reached",
    `Run the same command again in a few minutes.`,
  ],
  "wrong-address": [
    "API",
    "URL does not answer as HeadshotPro's API",
    `Something else has answered, which says nothing about the API key. ${IN_BETWEEN}`,
  ],
  unreachable: [
    "API",
    "URL cannot be reached",
    "Check the network, and the proxy if there is one; nothing was sent. Then run the same command again.",
  ],
  "proxy-refused": [
    "API",
    "URL was not asked",
    "Nothing was sent. Check the user name and password in that variable, and which hosts the proxy allows; " +
      `NO_PROXY names the hosts that need no proxy. Then run the same command again.`,
  ],
  rejected: ["API", "HeadshotPro refused it", ""],
  server: NO_ANSWER,
  "no-reply": NO_ANSWER,
  "unusable-reply": [
    NO_ANSWER[0],
    NO_ANSWER[1],
    `${NO_ANSWER[2]} If it stays so, something else may have answered. ${IN_BETWEEN}`,
  ],
};

/** @param teamId the team that was asked for, if any. */
export function meaningOf(
  { reason, path }: Pick<ApiError, "reason" | "path">,
  { baseUrl, isDirect = false, apiKeyEnv }: Asked,
  teamId?: string,
): Meaning {
  const [subject, meaning, text] = MEANINGS[reason];
  // A key that may do everything else may still lack the scope of the teams.
  if (reason === "forbidden" && path.startsWith("/organization/teams"))
    return [
      subject,
      "the API key has not the scope Teams, or is not an organization admin's",
      "Use the key of an admin, with the scope Teams.",
    ];
  if (reason === "unauthorized" && apiKeyEnv !== undefined)
    return [subject, `${meaning} in ${apiKeyEnv}`, "Set a valid one there."];
  if (reason === "not-found" && teamId !== undefined)
    return [
      subject,
      `HeadshotPro knows no team "${teamId}"`,
      "Check teamId, or leave it out to invite without a team." +
        (isDirect
          ? ""
          : " If the program made the team, run `pulumi refresh`: then `pulumi up` makes it again."),
    ];
  const address = isDirect ? optionOf("baseUrl") : "headshotpro:baseUrl";
  const todo = text.replace(/\bKEY\b/, whereToSetTheKey(isDirect)).replace(/\bADDRESS\b/, address);
  return [subject, meaning.replace(/^URL\b/, baseUrl), todo];
}

/**
 * What a failed request means to the person at the terminal: what happened, what it means, what to do.
 *
 * @param doing what was being done, as the start of a sentence: `ada@acme.com was not invited`.
 */
export function explain(error: ApiError, doing: string, asked: Asked, teamId?: string): string {
  const [, meaning, todo] = meaningOf(error, asked, teamId);
  return `${doing}: ${meaning} (${answerText(error)}).${todo && ` ${todo}`}`;
}

/**
 * What the API or the network said.
 *
 * @example
 * answerText(error); // "503: Down for maintenance; it asks to wait until 2026-11-23 12:10:00 UTC"
 */
export function answerText({ status, code, text, retryAt }: ApiError): string {
  const prefix = [status, code].filter(Boolean).join(" ");
  const until = retryAt?.toISOString().slice(0, 19).replace("T", " ");
  return `${prefix && `${prefix}: `}${text}${until ? `; it asks to wait until ${until} UTC` : ""}`;
}
