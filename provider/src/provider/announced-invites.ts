import type { Everyone } from "../api/people-list";
import { isHeadshotProError } from "../client/headshotpro-error";
import type { CanonicalEmail } from "../invite/email";
import { isOver } from "../invite/status";
import { type InviteLimit, WAY_OUT } from "./invite-limit";

/** Whom a preview would have e-mailed, so that it refuses what `up` would have to stop at (`maxInvites`). */
export class AnnouncedInvites {
  private readonly people = new Set<CanonicalEmail>();
  /** Of them, those who get no e-mail if somebody has invited them already. */
  private readonly newcomers = new Set<CanonicalEmail>();
  private refused = false;

  /**
   * @param most as configured; undefined is no limit.
   * @param everyone who is invited now.
   */
  constructor(
    private readonly limit: InviteLimit,
    private readonly most: () => number | undefined,
    private readonly everyone: () => Promise<Pick<Everyone, "people">>,
  ) {}

  /**
   * Adds a person. Only one too many makes a request, for all at once: the new ones may be invited already.
   *
   * @returns why so many must not be invited; once, since it is about the run and not about this person.
   */
  async add(email: CanonicalEmail, { isNew }: { isNew: boolean }): Promise<string | undefined> {
    const maxInvites = this.most();
    if (maxInvites === undefined) return undefined;
    this.people.add(email);
    if (isNew) this.newcomers.add(email);
    if (this.people.size <= maxInvites || this.refused) return undefined;
    await this.leaveOutWhoIsThere();
    if (this.people.size <= maxInvites || this.refused) return undefined;
    this.refused = true;
    return `this run would invite more people than maxInvites allows (${maxInvites}), so nobody else is invited. ${WAY_OUT}`;
  }

  /** If nobody can tell who is there, nobody is. */
  private async leaveOutWhoIsThere(): Promise<void> {
    const { people: there } = await this.everyone().catch((error): Pick<Everyone, "people"> => {
      if (isHeadshotProError(error)) return { people: new Map() };
      throw error;
    });
    for (const email of this.newcomers) {
      // In an `up`, somebody in the list may be there because this run has just e-mailed them.
      const status = there.get(email)?.status;
      if (status === undefined || isOver(status) || (await this.limit.hasEmailed(email))) continue;
      this.newcomers.delete(email);
      this.people.delete(email);
    }
  }
}
