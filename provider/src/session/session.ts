import {
  HeadshotProClient,
  type Invite,
  isHeadshotProError,
  type ListedInvite,
  type SentInvite,
} from "../client";
import { isOver } from "../membership/status";
import type { Settings } from "./configuration";
import { Pauses } from "./pause";
import { PeopleList } from "./people-list";
import { backOffMs, final, type Verb, withRetries } from "./retry";

/** A person as the API has her: `email` in the API's spelling, a date and a team's name where the list told. */
export type FoundInvite = Invite & { teamName?: string; createdAt?: string };

/** A date and a team's name do not change while an invite lives, so a list of this age tells them. */
const DETAILS_MAX_AGE_MS = 60_000;

/** What is going to be revoked is looked at afresh. */
const FRESH_MS = 10_000;

/** A list this young may confirm that somebody is not there. */
const ABSENCE_MAX_AGE_MS = 1_000;

/** All that this process does at the API goes through one session: its connections, retries and lists. */
export class Session {
  private readonly client: HeadshotProClient;
  private readonly list: PeopleList;
  private readonly pauses: Pauses;
  private noDetailsUntil = 0;

  constructor(
    readonly settings: Settings,
    readonly say: (line: string) => void,
  ) {
    this.client = new HeadshotProClient(settings);
    this.pauses = new Pauses(say);
    this.list = new PeopleList(() => this.repeated("read", () => this.client.listInvites()));
  }

  /** Sends one invite, and so one e-mail. @throws HeadshotProError */
  async invite(email: string, teamId: string | undefined): Promise<SentInvite> {
    try {
      return await this.repeated("create", () => this.client.createInvite({ email, teamId }));
    } finally {
      this.list.changed(email);
    }
  }

  /** Waits before the next invite to somebody whom a look-up did not find. @param sends how many were sent */
  async backOff(sends: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, backOffMs(sends, Math.random())));
  }

  /**
   * A fresh look at one person; undefined where there is no live invite.
   *
   * The vendor does not say whether GET minds the case of letters, so somebody whom it does not find is looked
   * for in the list as well before she counts as gone.
   *
   * @throws HeadshotProError
   */
  async lookUp(email: string): Promise<FoundInvite | undefined> {
    const found =
      (await this.repeated("read", () => this.client.getInvite(email))) ??
      (await this.list.find(email, ABSENCE_MAX_AGE_MS));
    return found && !isOver(found.status) ? found : undefined;
  }

  /** Everyone with a live invite, by canonical address, at most 10 s old. @throws HeadshotProError */
  async everyone(): Promise<Map<string, ListedInvite>> {
    const people = await this.list.everyone(FRESH_MS);
    return new Map([...people].filter(([, { status }]) => !isOver(status)));
  }

  /** What the list tells of a person, at most 10 s old: for what is going to be revoked. @throws HeadshotProError */
  async listed(email: string): Promise<ListedInvite | undefined> {
    const entry = await this.list.find(email, FRESH_MS);
    return entry && !isOver(entry.status) ? entry : undefined;
  }

  /**
   * Adds what only the list tells. Best effort: without it, an expiry is not known, and nothing is claimed. A
   * list that fails is not asked for this again for a minute, or each person would wait for it.
   */
  async withDetails(email: string, found: FoundInvite): Promise<FoundInvite> {
    if (Date.now() < this.noDetailsUntil) return found;
    const entry = await this.list.find(email, DETAILS_MAX_AGE_MS).catch(() => {
      this.noDetailsUntil = Date.now() + DETAILS_MAX_AGE_MS;
      return undefined;
    });
    return entry && !isOver(entry.status)
      ? { ...found, teamName: entry.teamName, createdAt: entry.createdAt }
      : found;
  }

  /**
   * Revokes a person's invite. Each attempt is preceded by its own fresh look, because she may have uploaded
   * photos while an earlier one was waiting; and whoever is gone by then is revoked.
   *
   * @param mayRevoke decides about what the look found; it may throw.
   * @returns what was left alone because `mayRevoke` said no; undefined: there is no invite any more.
   * @throws HeadshotProError
   */
  async revoke(email: string, mayRevoke: (found: FoundInvite) => boolean): Promise<FoundInvite | undefined> {
    const look = () =>
      this.lookUp(email).catch((error) => {
        throw final(error);
      });
    try {
      return await this.repeated("revoke", async () => {
        const found = await look();
        if (!found || !mayRevoke(found)) return found;
        await this.client.revokeInvite(found.email).finally(() => this.list.changed(email));
      });
    } catch (error) {
      // The vendor's reference has no code for "already revoked", so a refusal is looked into; and the reply to
      // the last attempt may have been lost.
      const unclear = isHeadshotProError(error) && (error.reason === "rejected" || error.mayHaveHappened);
      if (!unclear || error.method !== "POST" || (await this.lookUp(email))) throw error;
    }
  }

  private repeated<T>(verb: Verb, send: () => Promise<T>): Promise<T> {
    return withRetries(verb, send, this.pauses, this.settings.timeoutMs);
  }
}
