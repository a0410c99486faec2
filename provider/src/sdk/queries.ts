import type * as pulumi from "@pulumi/pulumi";
import { readEmail } from "../invite/email";
import { invoke, invokeWhenKnown, refuseLater } from "./invoke";
import { plainError } from "./pulumi-internals";

export interface GetInviteArgs {
  /** The person's address, in any spelling. */
  email: string;
}

export interface GetInviteOutputArgs {
  email: pulumi.Input<string>;
}

/** What the API knows of one person. Only {@link getInvites} has the date of the invite and the team's name. */
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
  return invoke<GetInviteResult | undefined>({
    name: "getInvite",
    args: { email },
    opts,
    failed: `${email} could not be looked up`,
    ask: (session) => session.person(email),
    parseMock,
    toMock: "{ email, status } for somebody who is invited, and {} for nobody",
  });
}

function parseMock(answer: Record<string, unknown>): { answer: GetInviteResult | undefined } | undefined {
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
  return invokeWhenKnown(args, opts, (known) => getInvite(known, opts));
}

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
  return invoke<GetInvitesResult>({
    name: "getInvites",
    args: { status, teamId },
    opts,
    failed: "The people of the organization could not be listed",
    ask: (session) => session.people({ statuses: status === undefined ? undefined : [status], teamId }),
    parseMock: ({ invites, unreadable = 0 }) =>
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
  return invokeWhenKnown(args, opts, (known) => getInvites(known as GetInvitesArgs, opts));
}

/** A team of the organization. */
export interface TeamResult {
  /** What `teamId` of a `HeadshotInvite` is: `team_xyz789`. */
  id: string;
  /** As HeadshotPro's dashboard shows it: what `team` of a `HeadshotInvite` is. */
  name: string;
}

export interface GetTeamsResult {
  /** Sorted by name. */
  teams: TeamResult[];
}

/**
 * The teams of the organization as they are now. One request, shared by all calls of a program within 10 s.
 *
 * @param opts `provider` selects the organization.
 * @throws RunError if the organization's key is not known yet (in a preview, of a provider that has it from a
 * resource), may not read teams, the API does not answer, or there is neither a stack nor mocks.
 * @example
 * const { teams } = await getTeams();
 * export const names = teams.map(({ name }) => name);
 */
export async function getTeams(opts?: pulumi.InvokeOptions): Promise<GetTeamsResult> {
  return invoke<GetTeamsResult>({
    name: "getTeams",
    args: {},
    opts,
    failed: "The teams of the organization could not be listed",
    ask: (session) => session.teams(),
    parseMock: ({ teams }) => (Array.isArray(teams) ? { answer: { teams } } : undefined),
    toMock: "{ teams: [{ id, name }] }",
  });
}

/**
 * {@link getTeams} for an organization whose key is known only later, or after the resources of `dependsOn`. The
 * answer is unknown in a preview that does not know what it needs.
 *
 * @example
 * export const teams = getTeamsOutput({ provider: emea }).teams;
 */
export function getTeamsOutput(opts?: pulumi.InvokeOutputOptions): pulumi.Output<GetTeamsResult> {
  return invokeWhenKnown({}, opts, () => getTeams(opts));
}
