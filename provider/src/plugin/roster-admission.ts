import type { InviteInputs } from "../invite/invite";
import type { InviteProvider } from "../provider/provider";
import { newTeamNames, preflight, type Refusal, readMaxRemovals, unmanagedReport } from "../roster/preflight";
import type { RecordedPerson } from "../roster/recorded-people";
import type { RosterMember } from "../roster/validate";
import { UserError } from "../user-error";

/** A roster as the engine asks for it, and whom the program has declared before it. */
interface Applicant {
  name: string;
  formerNames: readonly string[];
  args: { maxRemovals?: number | null; defaults?: Partial<InviteInputs> | null };
  members: readonly RosterMember[];
  recorded: readonly RecordedPerson[];
  declared: ReadonlySet<string>;
}

/** Why a roster must not be applied: see `preflight`. */
export async function rosterRefusal(
  provider: InviteProvider,
  { args, ...roster }: Applicant,
): Promise<Refusal | undefined> {
  const { defaults } = args;
  const named = newTeamNames({ ...roster, defaults }).map(({ team }) => team);
  return preflight({
    ...roster,
    defaults,
    declaredSoFar: true,
    allowedDomains: provider.allowedDomains,
    maxRemovals: readMaxRemovals(args.maxRemovals, process.env),
    teams: named.length > 0 ? await provider.teamsToName(named) : undefined,
  });
}

/**
 * What to say of people who are invited to the organization though nobody declares them, or that they cannot be listed;
 * undefined if there is nothing to say.
 */
export async function unmanagedIn(
  provider: InviteProvider,
  people: { declared: Iterable<string>; recorded: readonly RecordedPerson[] },
): Promise<string | undefined> {
  try {
    return unmanagedReport({ ...(await provider.getInvites()), ...people, declaredSoFar: true });
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
