import { isHeadshotProError } from "../client/headshotpro-error";
import type { InviteInputs, InviteState } from "../invite/invite";
import { UserError } from "../user-error";
import type { Context } from "./context";

/** What makes the next invite fail like the one before. */
const FOR_EVERYBODY = ["insufficient-credits", "invite-limit", "not-found", "unauthorized", "forbidden"];

/** One person's invite that is sent before those of others to the same team are revoked. */
interface Trial {
  email: string;
  /** Why the others would fail like it; undefined if they would not, as far as is known. */
  ended: Promise<string | undefined>;
  end(why: string | undefined): void;
}

/**
 * Keeps invites from being revoked whose new ones cannot be sent. What can be asked is asked beforehand: whether there is
 * the team, and whether there are credits. What nobody can ask comes to light with the first one to each team: it goes
 * alone, and the others wait for what becomes of it.
 */
export class Reissues {
  private readonly trials = new Map<string, Trial>();

  constructor(private readonly context: Context) {}

  /** Why no invite could be sent to anybody; undefined if nothing is known against it. One request in a run. */
  async problem(): Promise<string | undefined> {
    const credits = await this.context.session.credits().catch((error) => {
      if (isHeadshotProError(error)) return undefined;
      throw error;
    });
    if (credits === undefined || credits > 0) return undefined;
    return "the organization has no credits left, so no invite could be sent in place of the one that is there. Buy credits, then run `pulumi up` again";
  }

  /**
   * Lets a person's invite be revoked to be sent again.
   *
   * @param failed what does not happen, as the start of a sentence: `ada@acme.com was not invited again`.
   * @throws UserError if sending is known to fail: then the invite is as it was.
   */
  async require(
    { email, teamId: former }: InviteState,
    { teamId = former }: InviteInputs,
    failed: string,
  ): Promise<void> {
    if (this.trials.get(teamId ?? "")?.email === email) return;
    const problem = await this.problem();
    if (problem !== undefined) throw new UserError(`${failed}: ${problem}.`);
    if (teamId !== undefined && teamId !== former) await this.context.teams.requireKnown(teamId, failed);
    const trial = this.trials.get(teamId ?? "");
    const why = await trial?.ended;
    if (why !== undefined) throw new UserError(`${failed}, and the invite is as it was: ${why}`);
    if (!trial) this.open(email, teamId ?? "");
  }

  /** Ends what {@link require} has begun for a person. @param error if the invite was not sent. */
  settle({ email, teamId: former }: InviteState, { teamId = former }: InviteInputs, error?: unknown): void {
    const trial = this.trials.get(teamId ?? "");
    if (trial?.email !== email) return;
    const failure = error instanceof UserError ? error : undefined;
    trial.end(failure && isForEverybody(failure) ? failure.message : undefined);
  }

  private open(email: string, teamId: string): void {
    let end: Trial["end"] = () => {};
    const ended = new Promise<string | undefined>((resolve) => {
      end = resolve;
    });
    this.trials.set(teamId, { email, ended, end });
  }
}

function isForEverybody({ cause }: Error): boolean {
  if (cause instanceof UserError) return isForEverybody(cause);
  return isHeadshotProError(cause) && FOR_EVERYBODY.includes(cause.reason);
}
