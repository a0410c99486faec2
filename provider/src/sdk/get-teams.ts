import type * as pulumi from "@pulumi/pulumi";
import { answerTo, answerWhenKnown } from "./answer";

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
  return answerTo<GetTeamsResult>({
    name: "getTeams",
    args: {},
    opts,
    failed: "The teams of the organization could not be listed",
    ask: (session) => {
      const { teamsNow } = require("../api/queries") as typeof import("../api/queries");
      return teamsNow(session);
    },
    mocked: ({ teams }) => (Array.isArray(teams) ? { answer: { teams } } : undefined),
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
  return answerWhenKnown({}, opts, () => getTeams(opts));
}
