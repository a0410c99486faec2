import {
  HeadshotProClient,
  type Invite,
  isHeadshotProError,
  type ListedInvite,
  type Pass,
  type SentInvite,
} from "../client";
import { isOver } from "../membership/status";
import { BackOffs } from "./back-off";
import type { Settings } from "./configuration";
import { Gate, type Verb } from "./gate";
import { FRESH_MS, LookUps } from "./look-ups";
import { PeopleList } from "./people-list";
import { backOffMs, final, withRetries } from "./retry";

/** A person as the API has her: `email` in the API's spelling, a date and a team's name where the list told. */
export type FoundInvite = Invite & { teamName?: string; createdAt?: string };

/** A date and a team's name do not change while an invite lives, so a list of this age tells them. */
const DETAILS_MAX_AGE_MS = 60_000;

/** All that this process does at the API goes through one session: its connections, pace, retries and lists. */
export class Session {
  private readonly client: HeadshotProClient;
  private readonly list: PeopleList;
  private readonly lookUps: LookUps;
  private readonly waits: { gate: Gate; backOffs: BackOffs };

  constructor(
    readonly settings: Settings,
    readonly say: (line: string) => void,
  ) {
    this.client = new HeadshotProClient(settings);
    this.waits = { gate: new Gate(say), backOffs: new BackOffs(say) };
    this.list = new PeopleList((sent) =>
      this.repeated("read", (pass) => this.client.listInvites(afterFirst(pass, sent))),
    );
    const get = (email: string) => this.repeated("read", (pass) => this.client.getInvite(email, pass));
    this.lookUps = new LookUps(get, this.list);
  }

  /** Sends one invite, and so one e-mail. @throws HeadshotProError */
  async invite(email: string, teamId: string | undefined): Promise<SentInvite> {
    try {
      return await this.repeated("create", (pass) => this.client.createInvite({ email, teamId }, pass));
    } finally {
      this.list.changed(email);
    }
  }

  /** Waits before the next invite to somebody whom a look-up did not find. @param sends how many were sent */
  async backOff(sends: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, backOffMs(sends, Math.random())));
  }

  /** A look at one person, at most 10 s old; undefined where there is no live invite. @throws HeadshotProError */
  async lookUp(email: string): Promise<Invite | undefined> {
    return (await this.lookUps.look(email)).found;
  }

  /** Everyone with a live invite, by canonical address, at most 10 s old. @throws HeadshotProError */
  async everyone(): Promise<Map<string, ListedInvite>> {
    const people = await this.list.everyone(FRESH_MS);
    return new Map([...people].filter(([, { status }]) => !isOver(status)));
  }

  /** Has no later answer be older than now: another process of this run has changed somebody. */
  changedElsewhere(): void {
    this.list.changedElsewhere();
  }

  /** What the list tells of a person, at most 10 s old: for what is going to be revoked. @throws HeadshotProError */
  async listed(email: string): Promise<ListedInvite | undefined> {
    const { entry } = await this.list.find(email, FRESH_MS);
    return entry && !isOver(entry.status) ? entry : undefined;
  }

  /**
   * Adds what only the list tells. Best effort: without it, an expiry is not known, and nothing is claimed. A
   * list that fails is not asked for this again for a minute, or each person would wait for it.
   */
  async withDetails(email: string, found: Invite): Promise<FoundInvite> {
    const listed = await this.list.findUnlessFailing(email, DETAILS_MAX_AGE_MS).catch(() => undefined);
    const entry = listed?.entry;
    return entry && !isOver(entry.status)
      ? { ...found, teamName: entry.teamName, createdAt: entry.createdAt }
      : found;
  }

  /**
   * Revokes a person's invite. Each attempt is preceded by its own look, which is at most 10 s old when the revoke
   * is sent, because she may upload photos while an attempt waits; and whoever is gone by then is revoked.
   *
   * @param mayRevoke decides about what the look found; it may throw.
   * @returns what was left alone because `mayRevoke` said no; undefined: there is no invite any more.
   * @throws HeadshotProError
   */
  async revoke(email: string, mayRevoke: (found: Invite) => boolean): Promise<Invite | undefined> {
    const look = () =>
      this.lookUps.look(email).catch((error) => {
        throw final(error);
      });
    try {
      return await this.lookUps.during(email, () =>
        this.repeated("revoke", async (pass) => {
          for (;;) {
            const { found, seenAt } = await look();
            if (!found || !mayRevoke(found)) return found;
            const done = await pass();
            if (Date.now() - seenAt <= FRESH_MS) {
              await this.client
                .revokeInvite(found.email, async () => done)
                .finally(() => this.list.changed(email));
              return;
            }
            // It waited for the rate limit longer than the look is good for.
            done();
          }
        }),
      );
    } catch (error) {
      // The vendor's reference has no code for "already revoked", so a refusal is looked into; and the reply to
      // the last attempt may have been lost.
      const unclear = isHeadshotProError(error) && (error.reason === "rejected" || error.mayHaveHappened);
      if (!unclear || error.method !== "POST" || (await this.lookUp(email))) throw error;
    }
  }

  private repeated<T>(verb: Verb, send: (pass: Pass) => Promise<T>): Promise<T> {
    return withRetries(verb, send, this.waits, this.settings.timeoutMs);
  }
}

/** A list is as old as its first page. */
function afterFirst(pass: Pass, sent: () => void): Pass {
  let told = false;
  return async () => {
    const done = await pass();
    if (!told) sent();
    told = true;
    return done;
  };
}
