import type { HeadshotProClient, ListedInvite } from "../client";
import { entryOf } from "../membership/people";

/**
 * The list of everyone, fetched once for many questions. It never answers about a person whom this process has
 * changed since the list was asked for.
 */
export class PeopleList {
  private latest?: { askedAt: number; entries: Promise<ListedInvite[]> };
  private readonly changedAt = new Map<string, number>();

  constructor(private readonly fetchAll: () => ReturnType<HeadshotProClient["listInvites"]>) {}

  /** @param maxAgeMs how old the answer may be, in milliseconds. */
  async find(email: string, maxAgeMs: number): Promise<ListedInvite | undefined> {
    const usableFrom = Math.max(Date.now() - maxAgeMs, this.changedAt.get(email) ?? 0);
    if (!this.latest || this.latest.askedAt < usableFrom) this.ask();
    return entryOf((await this.latest?.entries) ?? [], email);
  }

  /** To be called after each create and revoke of this process. */
  changed(email: string): void {
    // A list that was asked for in this very millisecond may be older than the change.
    this.changedAt.set(email, Date.now() + 1);
  }

  private ask(): void {
    const asked = { askedAt: Date.now(), entries: this.fetchAll() };
    this.latest = asked;
    asked.entries.catch(() => {
      if (this.latest === asked) this.latest = undefined;
    });
  }
}
