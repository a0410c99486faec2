import type * as pulumi from "@pulumi/pulumi";
import { answerTo, answerWhenKnown, refuseLater } from "./answer";
import type { GetInviteResult } from "./get-invite";

/** Which people to list. Without arguments: everyone. */
export interface GetInvitesArgs {
  /** Only people with this status. */
  status?: string;
  /** Only people in this team. */
  teamId?: string;
}

export interface GetInvitesOutputArgs {
  status?: pulumi.Input<string | undefined>;
  teamId?: pulumi.Input<string | undefined>;
}

/** One person as the list of everyone shows them. */
export interface ListedInviteResult extends GetInviteResult {
  teamName?: string;
  /** When the invite was sent: ISO 8601. */
  createdAt?: string;
  /** When the link stops working, 30 days later: ISO 8601. Only while the invite is pending. */
  expiresAt?: string;
}

export interface GetInvitesResult {
  /** Sorted by address; nobody whose invite was revoked. */
  invites: ListedInviteResult[];
  /** How many rows of HeadshotPro's list cannot be read, whatever the arguments. Nobody is missing only if it is 0. */
  unreadable: number;
}

/**
 * Everyone who is invited to the organization now, whoever manages them. One request, shared by all calls of a
 * program within 10 s.
 *
 * @param opts `provider` selects the organization.
 * @throws RunError if the organization's key is not known yet (in a preview, of a provider that has it from a
 * resource), the API does not answer, or there is neither a stack nor mocks.
 * @example
 * const { invites } = await getInvites({ status: "pending" });
 * export const waiting = invites.map((invite) => invite.email);
 */
export async function getInvites(
  args: GetInvitesArgs = {},
  opts?: pulumi.InvokeOptions,
): Promise<GetInvitesResult> {
  refuseLater("getInvites", args);
  const { status, teamId } = args;
  return answerTo<GetInvitesResult>({
    name: "getInvites",
    args: { status, teamId },
    opts,
    failed: "The people of the organization could not be listed",
    ask: (session) => {
      const { peopleNow } = require("../api/queries") as typeof import("../api/queries");
      return peopleNow(session, { statuses: status === undefined ? undefined : [status], teamId });
    },
    mocked: ({ invites, unreadable = 0 }) =>
      Array.isArray(invites) ? { answer: { invites, unreadable: Number(unreadable) } } : undefined,
    toMock: "{ invites: [{ email, status }] }",
  });
}

/**
 * {@link getInvites} with arguments, or an organization's key, that are known only later. The answer is unknown in a
 * preview that does not know what it needs, and never from before the resources that it comes after: those of the
 * arguments, and `dependsOn`; a component stands for its children.
 *
 * @example
 * const team = getInvitesOutput({ teamId: config.require("teamId") }, { dependsOn: [ada] });
 */
export function getInvitesOutput(
  args: GetInvitesOutputArgs = {},
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetInvitesResult> {
  return answerWhenKnown(args, opts, (known) => getInvites(known as GetInvitesArgs, opts));
}
