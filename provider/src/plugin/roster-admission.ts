import type { InviteInputs } from "../invite/invite";
import type { InviteProvider } from "../provider/provider";
import { changesLine } from "../roster/changes-line";
import { newTeamNames, preflight, type Refusal, readMaxRemovals, unmanagedReport } from "../roster/preflight";
import type { RecordedPerson } from "../roster/recorded-people";
import type { RosterMember } from "../roster/validate";
import { UserError } from "../user-error";

/** A roster as the engine asks for it, and whom the program has declared before it. */
interface Applicant {
  name: string;
  formerNames: readonly string[];
  args: {
    aliases?: Record<string, unknown> | null;
    maxRemovals?: number | null;
    defaults?: Partial<InviteInputs> | null;
    unmanaged?: "ignore" | "warn" | "fail" | null;
  };
  members: readonly RosterMember[];
  recorded: readonly RecordedPerson[];
  declared: ReadonlySet<string>;
}

/** Why a roster must not be applied; if it may be, what to warn of, and what happens to its people. */
interface Admission {
  refusal?: Refusal | undefined;
  warning?: string | undefined;
  changes?: string | undefined;
}

/** @throws UserError */
export async function admission(
  provider: InviteProvider,
  { args, ...roster }: Applicant,
): Promise<Admission> {
  const { defaults, unmanaged: mode } = args;
  const named = newTeamNames({ ...roster, defaults }).map(({ team }) => team);
  const refusal = preflight({
    ...roster,
    defaults,
    declaredSoFar: true,
    allowedDomains: provider.allowedDomains,
    maxRemovals: readMaxRemovals(args.maxRemovals, process.env),
    teams: named.length > 0 ? await provider.teamsToName(named) : undefined,
  });
  if (refusal !== undefined) return { refusal };
  const { organization } = provider;
  const changes = changesLine({ ...roster, defaults, aliases: args.aliases, organization, now: new Date() });
  if (mode !== "warn" && mode !== "fail") return { changes };
  const message = await unmanagedIn(provider, roster);
  return mode === "fail" && message !== undefined
    ? { refusal: { message, leaving: [] } }
    : { warning: message, changes };
}

/** What to say of people whom nobody declares, or that they cannot be listed; undefined if there is nothing to say. */
async function unmanagedIn(
  provider: InviteProvider,
  { declared, recorded }: Pick<Applicant, "declared" | "recorded">,
): Promise<string | undefined> {
  try {
    return unmanagedReport({ ...(await provider.getInvites()), declared, recorded, declaredSoFar: true });
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
