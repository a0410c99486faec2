import type { Invite } from "../client/invite";
import { refusalToResend, type SendReason, sendReasons } from "../invite/difference";
import { refusalToSend } from "../invite/headshots-guard";
import { inputsOf } from "../invite/inputs";
import { dated, type InviteInputs, type InviteState, isLater, withSeen } from "../invite/invite";
import { hasHeadshots, isOver } from "../invite/status";
import { PartialUpdateError, UserError } from "../user-error";
import { recordedOutputs } from "./outputs";
import type { Run } from "./run";
import { sendInvite } from "./send-invite";

/** A known date may be that of a reply to the second, which is no earlier than the invite's own. */
const CUT_MS = 2_000;

/** The state as it is, with the flags as the program has them. */
export function recorded(state: InviteState, declared: InviteInputs): InviteState {
  return { ...state, ...inputsOf(declared), email: state.email, teamId: state.teamId };
}

/** One invite that is taken away and sent again, and what is known at each step of it. */
export class Resending {
  private emailed = false;

  constructor(
    private readonly run: Run,
    private readonly before: InviteState,
    private readonly declared: InviteInputs,
  ) {}

  /** Within the limit of a run, or else nothing is touched. @throws UserError */
  carryOut(reasons: readonly SendReason[]): Promise<InviteState> {
    const { email } = this.before;
    return this.run.limit.during(email, {
      act: () => this.sendAgain(reasons),
      emailed: () => this.emailed,
      failed: `${email} was not invited again`,
    });
  }

  /**
   * Looks first: the person may have signed up meanwhile, somebody may have invited them by hand, or an earlier run
   * may have come as far as the revoke, or as far as the new invite.
   */
  private async sendAgain(reasons: readonly SendReason[]): Promise<InviteState> {
    const { run, before } = this;
    const { email } = before;
    const failed = `${email} was not invited again`;
    let seen: InviteState | undefined;
    const left = await run.explained(failed, async () => {
      // Only the list tells when an invite was sent, so without it nothing is revoked for its age.
      const dated = reasons.some((reason) => reason === "expired" || reason === "resend");
      const listed = dated ? await run.session.listed(email) : undefined;
      const known = dated && !listed ? { ...before, createdAt: undefined } : before;
      // GET tells one of several live entries, and a revoke by address may delete what another one has.
      const guarded = listed && listed.liveEntries > 1 && hasHeadshots(listed.status) ? listed : undefined;
      const { createdAt, teamName } = listed ?? {};
      for (;;) {
        const look = await run.session.lookToRevoke(email);
        const { found } = look;
        if (!found || isOver(found.status)) return undefined;
        seen = withSeen(known, { ...(guarded ?? found), createdAt, teamName });
        if (!this.mustGo(seen)) return found;
        if ((await run.session.revokeSeen(email, look)) === "revoked") return undefined;
      }
    });
    if (!left || !seen) return this.send(reasons, seen !== undefined);
    return this.leftAlone(seen, left);
  }

  /** Whether what is there now is still to be taken away. @throws UserError if that would delete headshots */
  private mustGo(seen: InviteState): boolean {
    const { run, before, declared } = this;
    const resentAlready = isLater(seen.createdAt, before.createdAt, CUT_MS);
    const reasons = sendReasons(seen, declared, run.now()).filter(
      (reason) => !(reason === "resend" && resentAlready),
    );
    const refusal =
      refusalToResend(before, reasons) ??
      refusalToResend(seen, reasons) ??
      refusalToSend(seen, declared, reasons, run.session.settings.forceDestroy);
    if (refusal !== undefined) throw new UserError(refusal);
    return reasons.length > 0;
  }

  /**
   * An invite that is left alone. Sent later than the known one, or found where that one was to be moved to, it is
   * one that an earlier run has sent and not recorded: its link is not known.
   */
  private async leftAlone(seen: InviteState, left: Invite): Promise<InviteState> {
    const { run, before } = this;
    const moved = seen.teamId !== before.teamId;
    const details = await run.session.withDetails(before.email, left);
    const createdAt = details.createdAt ?? (moved ? undefined : seen.createdAt);
    const state = dated({ ...seen, createdAt, teamName: details.teamName ?? seen.teamName });
    const isAnother = moved || isLater(createdAt, before.createdAt, CUT_MS);
    return recorded(isAnother ? { ...state, link: undefined } : state, this.declared);
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
    const { teamId, team } = before;
    const gone = { ...known, teamId, team, renewals: before.renewals + Number(expired) };
    try {
      const failed = revoked
        ? `the invite of ${email} was revoked, but no new one was sent`
        : `${email} was not invited again`;
      const invite = () => sendInvite(run, known, { ours: "there was an invite again by then" });
      const { state, emailed } = await run.explained(failed, invite, known.teamId);
      this.emailed = emailed;
      if (!emailed) return state;
      if (!reasons.includes("team")) run.say(`${email}: the invite was sent again`);
      return { ...state, renewals: reasons.includes("team") ? 0 : gone.renewals };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new PartialUpdateError(error, email, recordedOutputs(run, gone));
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
} as const;
