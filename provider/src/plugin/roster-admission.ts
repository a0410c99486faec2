import type { InviteInputs } from "../invite/invite";
import type { InviteProvider } from "../provider/provider";
import { domainProblems, domainRefusal } from "../roster/domains";
import { RosterRefusal } from "../roster/entries";
import { maxRemovalsOf, refusalToRemove } from "../roster/removals";
import { newTeamNames, teamProblems, teamRefusal } from "../roster/teams";
import type { RosterMember } from "../roster/types";
import type { DeclaredOnce } from "./declared-once";
import type { Monitor } from "./monitor";
import { peopleInState } from "./people-in-state";

/** Which roster it is, and whom to ask about it. */
interface Admission {
  name: string;
  formerNames: readonly string[];
  args: { file?: string | null; maxRemovals?: number | null; defaults?: Partial<InviteInputs> | null };
  /** `organization/project/stack` */
  stack: string;
  monitor: Monitor;
  provider: InviteProvider;
  declared: DeclaredOnce;
}

/** The engine tells a provider of no program's end, so what is declared after the roster cannot count. */
const DECLARED_LATER =
  " People who move elsewhere in the program count if the roster comes after them (`dependsOn`).";

/**
 * Lets a roster's people pass, before anybody of them is touched.
 *
 * @throws RosterRefusal if somebody must not be invited, a team is not known, or too many leave
 */
export async function admit(
  members: readonly RosterMember[],
  { name, formerNames, args, stack, monitor, provider, declared }: Admission,
): Promise<void> {
  const recorded = await peopleInState(monitor, stack);
  const known = new Set(recorded.map(({ email }) => email));
  const problems = domainProblems(members, provider.allowedDomains, known);
  if (problems.length > 0) throw new RosterRefusal(domainRefusal(name, problems));
  const named = newTeamNames(members, args.defaults, recorded);
  const teams = named.length > 0 ? await provider.teamsToName() : undefined;
  const unknown = teams === undefined ? [] : teamProblems(named, teams);
  if (unknown.length > 0) throw new RosterRefusal(teamRefusal(name, unknown));
  const maxRemovals = maxRemovalsOf(args.maxRemovals, process.env);
  const people = new Set(declared.people());
  const refusal = refusalToRemove({ name, formerNames, recorded, declared: people, maxRemovals });
  if (refusal !== undefined) throw new RosterRefusal(refusal + DECLARED_LATER);
}
