import type * as pulumi from "@pulumi/pulumi";
import { readEmail } from "../invite/email";
import { answerTo, answerWhenKnown, refuseLater } from "./answer";
import { plainError } from "./run-error";

export interface GetInviteArgs {
  /** The person's address, in any spelling. */
  email: string;
}

export interface GetInviteOutputArgs {
  email: pulumi.Input<string>;
}

/** What the API tells of one person. The date of the invite and the team's name only {@link getInvites} tells. */
export interface GetInviteResult {
  /** The canonical address: trimmed, lower case, the domain in ASCII form. */
  email: string;
  /** `pending`, `accepted`, `uploading`, `generating`, `completed`, or whatever else the API says. */
  status: string;
  modelId?: string;
  teamId?: string;
}

/**
 * Looks up one person's invite now, whoever manages it; nothing is sent or revoked. One request.
 *
 * @param opts `provider` selects the organization.
 * @returns undefined if nobody has invited them, or their invite was revoked.
 * @throws RunError if the address is none, the organization's key is not known yet (in a preview, of a provider
 * that has it from a resource), the API does not answer, or there is neither a stack nor mocks.
 * @example
 * const ada = await getInvite({ email: "ada@acme.com" });
 * if (ada?.status === "completed") publishHeadshot();
 */
export async function getInvite(
  args: GetInviteArgs,
  opts?: pulumi.InvokeOptions,
): Promise<GetInviteResult | undefined> {
  refuseLater("getInvite", args);
  const { email, problem } = readEmail(String(args.email));
  if (email === undefined)
    throw plainError(`getInvite: ${JSON.stringify(args.email)} is not an e-mail address: ${problem}.`);
  return answerTo<GetInviteResult | undefined>({
    name: "getInvite",
    args: { email },
    opts,
    failed: `${email} could not be looked up`,
    ask: (session) => {
      const { personNow } = require("../api/queries") as typeof import("../api/queries");
      return personNow(session, email);
    },
    mocked,
    toMock: "{ email, status } for somebody who is invited, and {} for nobody",
  });
}

function mocked(answer: Record<string, unknown>): { answer: GetInviteResult | undefined } | undefined {
  if (Object.keys(answer).length === 0) return { answer: undefined };
  const { email, status } = answer;
  return typeof email === "string" && typeof status === "string"
    ? { answer: { ...answer, email, status } }
    : undefined;
}

/**
 * {@link getInvite} for an address, or an organization's key, that is known only later. The answer is unknown in a
 * preview that does not know what it needs, and never from before the resources that it comes after: those of the
 * address, and `dependsOn`.
 *
 * @example
 * export const status = getInviteOutput({ email: boss.email }).apply((invite) => invite?.status ?? "not invited");
 */
export function getInviteOutput(
  args: GetInviteOutputArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetInviteResult | undefined> {
  return answerWhenKnown(args, opts, (known) => getInvite(known, opts));
}
