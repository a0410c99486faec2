import type { HeadshotProClient, ListedInvite } from "../client";
import { entryOf, personOf } from "../membership/people";

/**
 * The list of everyone, fetched once for many questions. It never answers about a person whom this process has
 * changed since the list was asked for.
 */
export class PeopleList {
  private latest?: { askedAt: number; changes: number; entries: Promise<ListedInvite[]> };
  /** Counted, not timed: within one millisecond, or after the clock was set back, times tell no order. */
  private changes = 0;
  private readonly changeOf = new Map<string, number>();

  constructor(private readonly fetchAll: () => ReturnType<HeadshotProClient["listInvites"]>) {}

  /** @param maxAgeMs how old the answer may be, in milliseconds. */
  async find(email: string, maxAgeMs: number): Promise<ListedInvite | undefined> {
    const change = this.changeOf.get(personOf(email)) ?? 0;
    const { latest } = this;
    const usable = latest && Date.now() - latest.askedAt <= maxAgeMs && latest.changes >= change;
    return entryOf(await (usable ? latest : this.ask()).entries, email);
  }

  /** To be called after each create and revoke of this process, with the person's address in any spelling. */
  changed(email: string): void {
    this.changeOf.set(personOf(email), ++this.changes);
  }

  private ask(): { entries: Promise<ListedInvite[]> } {
    const asked = { askedAt: Date.now(), changes: this.changes, entries: this.fetchAll() };
    this.latest = asked;
    asked.entries.catch(() => {
      if (this.latest === asked) this.latest = undefined;
    });
    return asked;
  }
}
