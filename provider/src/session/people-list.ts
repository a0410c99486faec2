import type { HeadshotProClient, ListedInvite } from "../client";
import { peopleByEmail, personOf } from "../membership/people";

/**
 * The list of everyone, fetched once for many questions. It never answers about a person whom this process has
 * changed since the list was asked for.
 */
export class PeopleList {
  private latest?: { askedAt: number; changes: number; people: Promise<Map<string, ListedInvite>> };
  /** Counted, not timed: within one millisecond, or after the clock was set back, times tell no order. */
  private changes = 0;
  private readonly changeOf = new Map<string, number>();

  constructor(private readonly fetchAll: () => ReturnType<HeadshotProClient["listInvites"]>) {}

  /** @param maxAgeMs how old the answer may be, in milliseconds. */
  async find(email: string, maxAgeMs: number): Promise<ListedInvite | undefined> {
    const change = this.changeOf.get(personOf(email)) ?? 0;
    return (await this.noOlderThan(maxAgeMs, change).people).get(personOf(email));
  }

  /** Everyone, by canonical address. @param maxAgeMs as above */
  everyone(maxAgeMs: number): Promise<ReadonlyMap<string, ListedInvite>> {
    return this.noOlderThan(maxAgeMs, this.changes).people;
  }

  /** To be called after each create and revoke of this process, with the person's address in any spelling. */
  changed(email: string): void {
    this.changeOf.set(personOf(email), ++this.changes);
  }

  private noOlderThan(maxAgeMs: number, change: number): { people: Promise<Map<string, ListedInvite>> } {
    const { latest } = this;
    const usable = latest && Date.now() - latest.askedAt <= maxAgeMs && latest.changes >= change;
    return usable ? latest : this.ask();
  }

  private ask(): { people: Promise<Map<string, ListedInvite>> } {
    const asked = { askedAt: Date.now(), changes: this.changes, people: this.fetchAll().then(peopleByEmail) };
    this.latest = asked;
    asked.people.catch(() => {
      if (this.latest === asked) this.latest = undefined;
    });
    return asked;
  }
}
