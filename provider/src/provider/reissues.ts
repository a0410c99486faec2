import { isApiError } from "../client/errors";
import type { InviteInputs, InviteState } from "../invite/invite";
import { UserError } from "../user-error";
import { mayHaveEmailed } from "./invite-limit";
import type { Asking, Teams } from "./teams";

/** What makes anybody's next invite fail like the one before. */
const FOR_EVERYBODY = ["insufficient-credits", "invite-limit", "unauthorized", "forbidden", "wrong-address"];

/** One person's invite that is sent before those of others are revoked. */
interface Trial {
  email: string;
  /** Why the others would fail like it; undefined if they would not, as far as is known. */
  ended: Promise<string | undefined>;
  end(why: string | undefined): void;
}

/** The trial of everybody, whatever their team. */
const EVERYBODY = "";

/**
 * Keeps invites from being revoked whose new ones cannot be sent. What can be asked is asked beforehand: whether there is
 * the team, and whether there are credits. What nobody can ask comes to light with the first one of the run, and with the
 * first one to each team: it goes alone, and the others wait for what becomes of it.
 */
export class Reissues {
  private readonly trials = new Map<string, Trial>();

  constructor(
    private readonly context: Asking,
    private readonly teams: Teams,
  ) {}

  /** Why no invite could be sent to anybody; undefined if nothing is known against it. One request in a run. */
  async problem(): Promise<string | undefined> {
    const credits = await this.context.session.credits().catch((error) => {
      if (isApiError(error)) return undefined;
      throw error;
    });
    if (credits === undefined || credits > 0) return undefined;
    return (
      "the organization has no credits left, so no invite could be sent in place of the one that is there. " +
      "Buy credits, then run the same command again"
    );
  }

  /**
   * Lets a person's invite be revoked to be sent again. {@link settle} has to follow.
   *
   * @param failed what does not happen, as the start of a sentence: `ada@acme.com was not invited again`.
   * @throws UserError if sending is known to fail: then the invite is as it was.
   */
  async require(known: InviteState, { team, teamId }: InviteInputs, failed: string): Promise<void> {
    const problem = await this.context.explained(failed, this.problem());
    if (problem !== undefined) throw new UserError(`${failed}: ${problem}.`);
    const newTeam = teamId === known.teamId ? undefined : teamId;
    if (newTeam !== undefined) await this.teams.requireKnown({ team, teamId: newTeam }, failed);
    await this.pass(EVERYBODY, known.email, failed);
    if (newTeam !== undefined) await this.pass(newTeam, known.email, failed);
  }

  private async pass(of: string, email: string, failed: string): Promise<void> {
    for (let trial = this.trials.get(of); trial?.email !== email; trial = this.trials.get(of)) {
      if (!trial) return this.open(of, email);
      const why = await this.context.explained(failed, trial.ended);
      if (why !== undefined) throw new UserError(`${failed}, and the invite is as it was: ${why}`);
      if (this.trials.get(of) === trial) return;
    }
  }

  private open(of: string, email: string): void {
    let end: Trial["end"] = () => {};
    const ended = new Promise<string | undefined>((resolve) => {
      end = resolve;
    });
    this.trials.set(of, { email, ended, end });
  }

  /**
   * Ends the trials of a person. If no invite was sent, another one goes alone in their place.
   *
   * @param outcome why the invite was not sent, if it was to be.
   */
  settle({ email }: InviteState, outcome: unknown): void {
    const reason = reasonOf(outcome);
    const isSent = outcome === "sent" || (outcome !== "left alone" && mayHaveEmailed(outcome));
    for (const [of, trial] of this.trials) {
      if (trial.email !== email) continue;
      const isTheirs = of === EVERYBODY ? FOR_EVERYBODY.includes(reason ?? "") : reason === "not-found";
      if (!isTheirs && !isSent) this.trials.delete(of);
      trial.end(isTheirs ? (outcome as UserError).message : undefined);
    }
  }
}

/** Why the API refused; undefined if something else went wrong. */
function reasonOf(failure: unknown): string | undefined {
  if (failure instanceof UserError) return reasonOf(failure.cause);
  return isApiError(failure) ? failure.reason : undefined;
}
