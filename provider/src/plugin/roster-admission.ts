import type { InviteProvider } from "../provider/invite-provider";
import { domainProblems, domainRefusal } from "../roster/domains";
import { RosterRefusal } from "../roster/entries";
import type { RosterMember } from "../roster/types";
import type { Monitor } from "./monitor";
import { peopleInState } from "./people-in-state";

/** Which roster it is, and whom to ask about it. */
interface Admission {
  name: string;
  file?: string | null;
  /** `organization/project/stack` */
  stack: string;
  monitor: Monitor;
  provider: InviteProvider;
}

/** Lets a roster's people pass, before anybody of them is touched. @throws RosterRefusal if somebody must not be invited */
export async function admit(
  members: readonly RosterMember[],
  { name, file, stack, monitor, provider }: Admission,
): Promise<void> {
  const { allowedDomains } = provider;
  if (domainProblems(members, allowedDomains).length === 0) return;
  const recorded = new Set(await peopleInState(monitor, stack));
  const problems = domainProblems(members, allowedDomains, recorded);
  if (problems.length > 0) throw new RosterRefusal(domainRefusal(name, problems, file ?? undefined));
}
