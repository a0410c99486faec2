import { isHeadshotProError } from "../client/headshotpro-error";
import type { CanonicalEmail } from "../invite/email";
import { UserError } from "../user-error";

/** How many people this run may invite, each of whom gets one e-mail: `maxInvites`. */
export class InviteLimit {
  /** Who was e-mailed, or is about to be. */
  private readonly invited = new Set<CanonicalEmail>();
  /** Invites of which it is not known yet whether they send an e-mail. */
  private readonly underWay = new Map<CanonicalEmail, Promise<void>>();

  /** @param most as configured; undefined is no limit. */
  constructor(private readonly most: () => number | undefined) {}

  /** Whether this run has e-mailed a person, as far as that is known: an invite that is under way ends first. */
  async hasEmailed(email: CanonicalEmail): Promise<boolean> {
    await this.underWay.get(email);
    return this.invited.has(email);
  }

  /**
   * Does something that may e-mail a person, if the limit lets it. Where others that are under way may turn out to
   * e-mail nobody, because they find the invite that is there, it waits for them.
   *
   * @throws UserError before the first one too many
   */
  async during<T>(email: CanonicalEmail, invitation: Invitation<T>): Promise<T> {
    const maxInvites = this.most() ?? Infinity;
    if (this.invited.has(email)) return invitation.act();
    while (this.invited.size >= maxInvites) {
      if (this.underWay.size > 0) await Promise.race(this.underWay.values());
      else return this.withoutEmail(invitation, maxInvites);
    }
    this.invited.add(email);
    const acting = invitation.act();
    const told = acting.then(invitation.emailed, mayHaveEmailed).then((sent) => {
      if (!sent) this.invited.delete(email);
      this.underWay.delete(email);
    });
    this.underWay.set(email, told);
    await told;
    return acting;
  }

  private async withoutEmail<T>({ failed, actWithoutEmail }: Invitation<T>, maxInvites: number): Promise<T> {
    const result = await actWithoutEmail?.();
    if (result !== undefined) return result;
    throw new UserError(`${failed}: ${tooMany(this.invited.size, maxInvites)}`);
  }
}

/** Something that may e-mail a person. */
interface Invitation<T> {
  act(): Promise<T>;
  /** Whether an e-mail was sent. A failure counts as one, unless nothing was sent for sure. */
  emailed(result: T): boolean;
  /** What is done when no e-mail is left; undefined if only an e-mail will do. */
  actWithoutEmail?(): Promise<T | undefined>;
  /** What does not happen else, as the start of a sentence: `ada@acme.com was not invited`. */
  failed: string;
}

function mayHaveEmailed(error: unknown): boolean {
  return !isHeadshotProError(error) || error.mayHaveHappened;
}

function tooMany(invited: number, most: number): string {
  return `this run has invited ${invited === 1 ? "1 person" : `${invited} people`}, and maxInvites allows ${most}. ${WAY_OUT}`;
}

/** What to do if so many are meant. */
export const WAY_OUT =
  "If more are meant, raise it for this run (HEADSHOTPRO_MAX_INVITES) or for good (`pulumi config set headshotpro:maxInvites`).";
