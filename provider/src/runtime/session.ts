import { HeadshotProClient, type Invite, type SentInvite } from "../client";
import { isOver } from "../membership/status";
import type { Settings } from "./configuration";
import { PeopleList } from "./people-list";
import { withRetries } from "./retry";

/** A person as the API has her: `email` in the API's spelling, a date and a team's name where the list told. */
export type FoundInvite = Invite & { teamName?: string; createdAt?: string };

/** A date and a team's name do not change while an invite lives, so a list of this age tells them. */
const DETAILS_MAX_AGE_MS = 60_000;

/** A list this young may confirm that somebody is not there. */
const ABSENCE_MAX_AGE_MS = 1_000;

/** All that this process does at the API goes through one session: its connections, retries and lists. */
export class Session {
  private readonly client: HeadshotProClient;
  private readonly list: PeopleList;

  constructor(
    readonly settings: Settings,
    readonly say: (line: string) => void,
  ) {
    this.client = new HeadshotProClient(settings);
    this.list = new PeopleList(() => withRetries("read", () => this.client.listInvites(), say));
  }

  /** Sends one invite, and so one e-mail. @throws HeadshotProError */
  async invite(email: string, teamId: string | undefined): Promise<SentInvite> {
    try {
      return await withRetries("create", () => this.client.createInvite({ email, teamId }), this.say);
    } finally {
      this.list.changed(email);
    }
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
      (await withRetries("read", () => this.client.getInvite(email), this.say)) ??
      (await this.list.find(email, ABSENCE_MAX_AGE_MS));
    return found && !isOver(found.status) ? found : undefined;
  }

  /** Adds what only the list tells. Best effort: without it, an expiry is not known, and nothing is claimed. */
  async withDetails(email: string, found: FoundInvite): Promise<FoundInvite> {
    const entry = await this.list.find(email, DETAILS_MAX_AGE_MS).catch(() => undefined);
    return entry && !isOver(entry.status)
      ? { ...found, teamName: entry.teamName, createdAt: entry.createdAt }
      : found;
  }

  /** Revokes the invite that was found; nothing left to revoke is fine. @throws HeadshotProError */
  async revoke(email: string, found: FoundInvite): Promise<void> {
    try {
      await withRetries("revoke", () => this.client.revokeInvite(found.email), this.say);
    } finally {
      this.list.changed(email);
    }
  }
}
