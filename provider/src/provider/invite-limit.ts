import type { Everyone } from "../api/shared-requests";
import { isApiError } from "../client/errors";
import type { CanonicalEmail } from "../invite/email";
import { isOver } from "../invite/headshots-guard";
import { optionOf, VARIABLES } from "../settings";
import { UserError } from "../user-error";

/** What to do if so many are meant. */
function wayOut(isDirect: boolean): string {
  return isDirect
    ? `If more are meant, raise it (${optionOf("maxInvites")} or ${VARIABLES.maxInvites}).`
    : `If more are meant, raise it for this run (${VARIABLES.maxInvites}) or for good (\`pulumi config set headshotpro:maxInvites\`).`;
}

/** One person's place under the limit, taken before anything is sent. */
export interface Reservation {
  /** Ends it. @param emailed whether the person was e-mailed, or may have been. */
  settle(emailed: boolean): void;
}

/** How many people one run may invite, each of whom gets one e-mail: `maxInvites`. */
export class InviteLimit {
  /** Whom a preview would have e-mailed. */
  private readonly announced = new Set<CanonicalEmail>();
  /** Of them, those who get no e-mail if somebody has invited them already. */
  private readonly newcomers = new Set<CanonicalEmail>();
  private refused = false;
  /** Who was e-mailed, or is about to be. */
  private readonly invited = new Set<CanonicalEmail>();
  /** Reservations of which it is not known yet whether they end in an e-mail. */
  private readonly open = new Map<CanonicalEmail, Promise<void>>();

  /**
   * @param most as configured; undefined is no limit.
   * @param everyone who is invited now.
   * @param isDirect whether `pulumi do` asks.
   */
  constructor(
    private readonly most: () => number | undefined,
    private readonly everyone: () => Promise<Pick<Everyone, "people">>,
    private readonly isDirect = false,
  ) {}

  /**
   * Announces a person, so that a preview refuses what its `up` would have to stop at. Only one too many makes a
   * request, for all at once: the new ones may be invited already.
   *
   * @returns why so many must not be invited; once, since it is about the run and not about this person.
   */
  async announce(email: CanonicalEmail, { isNew }: { isNew: boolean }): Promise<string | undefined> {
    const most = this.most();
    if (most === undefined) return undefined;
    this.announced.add(email);
    if (isNew) this.newcomers.add(email);
    if (this.announced.size <= most || this.refused) return undefined;
    await this.leaveOutWhoIsThere();
    if (this.announced.size <= most || this.refused) return undefined;
    this.refused = true;
    return `this run would invite more people than maxInvites allows (${most}), so nobody else is invited. ${wayOut(this.isDirect)}`;
  }

  /** If nobody can tell who is there, nobody is. */
  private async leaveOutWhoIsThere(): Promise<void> {
    const { people: there } = await this.everyone().catch((error): Pick<Everyone, "people"> => {
      if (isApiError(error)) return { people: new Map() };
      throw error;
    });
    for (const email of this.newcomers) {
      // In an `up`, somebody in the list may be there because this run has just e-mailed them.
      await this.open.get(email);
      const status = there.get(email)?.status;
      if (status === undefined || isOver(status) || this.invited.has(email)) continue;
      this.newcomers.delete(email);
      this.announced.delete(email);
    }
  }

  /**
   * Takes a place for an e-mail. Where others that are open may turn out to e-mail nobody, because they find the invite
   * that is there, it waits for them. Somebody who was e-mailed in this run already takes no other place.
   *
   * @returns undefined if no e-mail is left.
   */
  async reserve(email: CanonicalEmail): Promise<Reservation | undefined> {
    if (this.invited.has(email)) return { settle: () => {} };
    while (this.invited.size >= (this.most() ?? Infinity)) {
      if (this.open.size === 0) return undefined;
      await Promise.race(this.open.values());
    }
    this.invited.add(email);
    let ended = () => {};
    this.open.set(
      email,
      new Promise((resolve) => {
        ended = resolve;
      }),
    );
    return {
      settle: (emailed) => {
        if (!emailed) this.invited.delete(email);
        this.open.delete(email);
        ended();
      },
    };
  }

  /** @param failed what does not happen, as the start of a sentence: `ada@acme.com was not invited`. */
  refusal(failed: string): UserError {
    const count = this.invited.size === 1 ? "1 person" : `${this.invited.size} people`;
    return new UserError(
      `${failed}: this run has invited ${count}, and maxInvites allows ${this.most()}. ${wayOut(this.isDirect)}`,
    );
  }
}

/** Whether a failed attempt may have e-mailed the person: it counts as one, unless nothing was sent for sure. */
export function mayHaveEmailed(error: unknown): boolean {
  if (isApiError(error)) return error.mayHaveHappened;
  // What is refused before anything is sent has no cause.
  if (error instanceof UserError) return error.cause !== undefined && mayHaveEmailed(error.cause);
  return true;
}
