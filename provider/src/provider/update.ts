import { type SendReason, sendReasons } from "../membership/difference";
import { refusalToSend } from "../membership/headshots-guard";
import {
  type InviteInputs,
  type InviteState,
  inputsOf,
  isLater,
  stateOf,
  withSeen,
} from "../membership/invite";
import { hasHeadshots } from "../membership/status";
import { organizationNoted } from "./create";
import { outputsOf } from "./outputs";
import type { Run } from "./run";
import { sendInvite } from "./send-invite";
import { PartialUpdate, VerbError } from "./verb-error";

/** A known date may be that of a reply to the second, which is no earlier than the invite's own. */
const CUT_MS = 2_000;

/** See {@link InviteProvider.update}. */
export async function update(
  run: Run,
  id: string,
  olds: Partial<InviteState>,
  news: InviteInputs,
): Promise<{ outs: Record<string, unknown> }> {
  const before = stateOf({ email: id, ...olds });
  const declared = run.notes.carriesTeam(before.email) ? { ...news, teamId: undefined } : news;
  const reasons = sendReasons(before, declared, run.now());
  const after =
    reasons.length > 0
      ? await new Resending(run, before, declared, (news as { __provider?: unknown }).__provider).carryOut(
          reasons,
        )
      : recorded(before, declared);
  return { outs: outputsOf(organizationNoted(run, after)) };
}

/** The state as it is, with the flags as the program has them. */
function recorded(state: InviteState, declared: InviteInputs): InviteState {
  return { ...state, ...inputsOf(declared), email: state.email, teamId: state.teamId };
}

/** One invite that is taken away and sent again, and what is known at each step of it. */
class Resending {
  constructor(
    private readonly run: Run,
    private readonly before: InviteState,
    private readonly declared: InviteInputs,
    /** What the SDK keeps in a resource to find this code again. */
    private readonly text: unknown,
  ) {}

  /**
   * Looks first: the person may have signed up meanwhile, somebody may have invited them by hand, or an earlier run
   * may have come as far as the revoke, or as far as the new invite.
   */
  async carryOut(reasons: readonly SendReason[]): Promise<InviteState> {
    const { run, before } = this;
    const { email } = before;
    const failed = `${email} was not invited again`;
    let seen: InviteState | undefined;
    const left = await run.explained(failed, async () => {
      // Only the list tells when an invite was sent, so without it nothing is revoked for its age.
      const dated = reasons.some((reason) => reason === "expired" || reason === "resend");
      const listed = dated ? await run.session.listed(email) : undefined;
      // GET tells one of several live entries, and a revoke by address may delete what another one has.
      const guarded = listed && listed.liveEntries > 1 && hasHeadshots(listed.status) ? listed : undefined;
      return run.session.revoke(email, (found) => {
        const { createdAt, teamName } = listed ?? {};
        seen = withSeen(before, { ...(guarded ?? found), createdAt, teamName });
        return this.mustGo(seen);
      });
    });
    if (!left || !seen) return this.send(reasons, seen !== undefined);
    // It may be another invite than the one on record: one that an earlier run sent without recording it.
    return recorded(withSeen(before, await run.session.withDetails(email, left)), this.declared);
  }

  /** Whether what is there now is still to be taken away. @throws VerbError where that would delete headshots */
  private mustGo(seen: InviteState): boolean {
    const { run, before, declared } = this;
    const resentAlready = isLater(seen.createdAt, before.createdAt, CUT_MS);
    const reasons = sendReasons(seen, declared, run.now()).filter(
      (reason) => !(reason === "resend" && resentAlready),
    );
    const refusal = refusalToSend(seen, declared, reasons, run.session.settings.forceDestroy);
    if (refusal !== undefined) throw new VerbError(refusal);
    return reasons.length > 0;
  }

  /** @param revoked whether there was an invite, which is gone by now */
  private async send(reasons: readonly SendReason[], revoked: boolean): Promise<InviteState> {
    const { run, before, declared } = this;
    const { email } = before;
    const expired = reasons.includes("expired");
    // Whatever invite is found from now on is another one.
    const known = {
      ...recorded(before, declared),
      ...NOTHING_THERE,
      teamId: declared.teamId ?? before.teamId,
    };
    const gone = { ...known, teamId: before.teamId, renewals: before.renewals + Number(expired) };
    try {
      const failed = revoked
        ? `the invite of ${email} was revoked, but no new one was sent`
        : `${email} was not invited again`;
      const invite = () => sendInvite(run, known, { ours: "there was an invite again by then" });
      const { state, emailed } = await run.explained(failed, invite, known.teamId);
      if (!emailed) return state;
      if (!reasons.includes("team")) run.say(`${email}: the invite was sent again`);
      return { ...state, renewals: reasons.includes("team") ? 0 : gone.renewals };
    } catch (error) {
      if (!(error instanceof VerbError)) throw error;
      throw new PartialUpdate(
        error,
        email,
        outputsOf({ ...organizationNoted(run, gone), __provider: this.text }),
      );
    }
  }
}

/** What is left of an invite that was taken away. */
const NOTHING_THERE = {
  status: "revoked",
  modelId: undefined,
  createdAt: undefined,
  expiresAt: undefined,
  link: undefined,
  inviteId: undefined,
} as const;
