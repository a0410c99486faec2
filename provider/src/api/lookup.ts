import { isApiError } from "../client/errors";
import type { Invite } from "../client/types";
import { type Clock, sleep } from "../clock";
import type { CanonicalEmail } from "../invite/email";
import { isGone, mayHaveHeadshots } from "../invite/headshots-guard";
import type { PeopleList, PersonEntry } from "./shared-requests";

/** How old an answer may be: what is going to be revoked is looked at afresh. */
export const FRESH_MS = 10_000;

/** A look-up waits so long for others to come. */
const GATHERING_MS = 5;

/** What a look is for: to record what is there, or to revoke it. */
export type LookPurpose = "record" | "revoke";

/**
 * From so many under way at once, one list answers all. It may be 10 s old, in which a person can have uploaded photos:
 * before a revoke it serves large destroys only.
 */
const MANY_AT_ONCE: Record<LookPurpose, number> = { record: 3, revoke: 11 };

/** How long the list goes on answering after the last of many: a destroy waits for the rate limit in between. */
const CROWD_MS: Record<LookPurpose, number> = { record: FRESH_MS, revoke: 120_000 };

/** The list also answers from so many within {@link FRESH_MS}, one after the other. */
const MANY_IN_TURN = 30;

/** What a look found, and since when that is known. */
export interface Look {
  /** A live invite, or that of somebody who is `deleted`. Undefined: nobody is invited. */
  found?: Invite;
  seenAt: number;
}

/**
 * Looks people up: a few by a GET each, many by one list for all. The engine asks in waves, or for one person after the
 * other while it writes checkpoints; so once there have been many, the list also answers those who follow soon.
 *
 * GET decides about people who are missing or revoked in the list, and before a revoke about those with several entries.
 * It may mind the case of letters, so people whom GET does not find are gone only if the list does not have them either.
 * A list that fails after its repeats, or takes too long to be fresh, is done without.
 */
export class InviteLookup {
  private readonly crowdUntil: Record<LookPurpose, number> = { record: -Infinity, revoke: -Infinity };
  /** Until when each person counts as one of many: for ever while under way, and then for as long as a list serves. */
  private readonly lately = new Map<CanonicalEmail, number>();

  constructor(
    private readonly get: (email: CanonicalEmail) => Promise<Invite | undefined>,
    private readonly list: PeopleList,
    private readonly clock: Clock,
  ) {}

  /** A look that is at most 10 s old when it is answered. @throws ApiError */
  look(email: CanonicalEmail, purpose: LookPurpose): Promise<Look> {
    return this.during(email, () => this.lookNow(email, purpose));
  }

  /** Counts the person as under way until `run` has ended. */
  async during<T>(email: CanonicalEmail, run: () => Promise<T>): Promise<T> {
    this.lately.set(email, Infinity);
    try {
      return await run();
    } finally {
      this.lately.set(email, this.clock.now() + FRESH_MS);
    }
  }

  private async lookNow(email: CanonicalEmail, purpose: LookPurpose): Promise<Look> {
    const listed = (await this.isOneOfMany(purpose)) ? await this.lookInList(email) : undefined;
    const isAmbiguous = purpose === "revoke" && (listed?.person.liveEntries ?? 0) > 1;
    if (listed && !isAmbiguous) return listed.look;
    const invite = await this.get(email);
    const seenAt = this.clock.now();
    // GET returns one of several live entries, and nobody knows which: one with headshots speaks for the person.
    if (listed && mayHaveHeadshots(listed.person) && !(invite && mayHaveHeadshots(invite)))
      return listed.look;
    if (invite) return { found: isGone(invite.status) ? undefined : invite, seenAt };
    const { entry, askedAt } = await this.list.find(email, FRESH_MS);
    return { found: entry && !isGone(entry.status) ? toGetReply(entry) : undefined, seenAt: askedAt };
  }

  private async isOneOfMany(purpose: LookPurpose): Promise<boolean> {
    if (this.clock.now() >= this.crowdUntil[purpose]) {
      await sleep(this.clock, GATHERING_MS);
      if (!this.areMany(MANY_AT_ONCE[purpose])) return false;
    }
    this.crowdUntil[purpose] = this.clock.now() + CROWD_MS[purpose];
    return true;
  }

  private areMany(manyAtOnce: number): boolean {
    const now = this.clock.now();
    let [atOnce, inTurn] = [0, 0];
    for (const [email, until] of this.lately) {
      if (until <= now) this.lately.delete(email);
      else if (++inTurn >= MANY_IN_TURN || (until === Infinity && ++atOnce >= manyAtOnce)) return true;
    }
    return false;
  }

  private async lookInList(email: CanonicalEmail): Promise<{ look: Look; person: PersonEntry } | undefined> {
    try {
      const { entry, askedAt } = await this.list.findUnlessFailing(email, FRESH_MS);
      const usable = entry && !isGone(entry.status) && this.clock.now() - askedAt <= FRESH_MS;
      return usable ? { look: { found: toGetReply(entry), seenAt: askedAt }, person: entry } : undefined;
    } catch (error) {
      // If the API says no, it would say the same to each GET.
      if (!isApiError(error) || !error.mayHaveHappened) throw error;
      return undefined;
    }
  }
}

/** No more than GET returns, so that what is recorded does not depend on which of the two has answered. */
function toGetReply({ email, status, modelId, teamId }: Invite): Invite {
  return { email, status, modelId, teamId };
}
