import { isHeadshotProError } from "../api/headshotpro-error";
import type { CanonicalEmail } from "../invites/email";
import { VerbError } from "./verb-error";

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
   * @param act tells whether an e-mail was sent. A failure counts as one, unless nothing was sent for sure.
   * @param failed what does not happen else, as the start of a sentence: `ada@acme.com was not invited`.
   * @throws VerbError before the first one too many
   */
  async during<T>(
    email: CanonicalEmail,
    failed: string,
    act: () => Promise<T>,
    emailed: (result: T) => boolean,
  ): Promise<T> {
    const maxInvites = this.most() ?? Infinity;
    if (this.invited.has(email)) return act();
    while (this.invited.size >= maxInvites) {
      if (this.underWay.size === 0)
        throw new VerbError(`${failed}: ${tooMany(this.invited.size, maxInvites)}`);
      await Promise.race(this.underWay.values());
    }
    this.invited.add(email);
    const acting = act();
    const told = acting.then(emailed, mayHaveEmailed).then((sent) => {
      if (!sent) this.invited.delete(email);
      this.underWay.delete(email);
    });
    this.underWay.set(email, told);
    await told;
    return acting;
  }
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
