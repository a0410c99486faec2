import { HeadshotProClient } from "../client/client";
import { isHeadshotProError } from "../client/headshotpro-error";
import type { Invite, SentInvite } from "../client/invite";
import type { RequestHooks } from "../client/request-hooks";
import type { Surroundings } from "../client/transport";
import { MACHINE_CLOCK, sleep } from "../clock";
import type { CanonicalEmail } from "../invite/email";
import { isOver } from "../invite/status";
import type { Team } from "../invite/team";
import type { Settings } from "../settings/configuration";
import { BackOffs } from "./back-off";
import { FRESH_MS, InviteDirectory } from "./invite-directory";
import { type Everyone, type ListedPerson, PeopleList } from "./people-list";
import { RequestScheduler, type Verb } from "./request-scheduler";
import { backOffMs, Final, type Waits, withRetries } from "./retry";
import { TeamList } from "./team-list";

/** A person as the API has them: `email` in the API's spelling, a date and a team's name if the list had them. */
export type FoundInvite = Invite & { teamName?: string; createdAt?: string };

/** Our clocks and the API's, and the time that a request is under way, may make an invite look so much older. */
const CLEARLY_MS = 60_000;

/** A date and a team's name do not change while an invite lives, so a list of this age tells them. */
const DETAILS_MAX_AGE_MS = 60_000;

/** All that this process does at the API goes through one session: its connections, pace, retries and lists. */
export class Session {
  private readonly client: HeadshotProClient;
  private readonly list: PeopleList;
  private readonly teamList: TeamList;
  private readonly directory: InviteDirectory;
  private readonly waits: Waits;

  constructor(
    readonly settings: Settings,
    readonly say: (line: string) => void,
    surroundings: Partial<Surroundings> = {},
  ) {
    const clock = surroundings.clock ?? MACHINE_CLOCK;
    this.client = new HeadshotProClient(settings, surroundings);
    this.waits = { scheduler: new RequestScheduler(say, clock), backOffs: new BackOffs(say, clock), clock };
    const fetchAll = (sent: () => void) =>
      this.repeated("read", (hooks) => this.client.listInvites(onFirstRequest(hooks, sent)));
    this.list = new PeopleList(fetchAll, clock);
    const get = (email: CanonicalEmail) =>
      this.repeated("read", (hooks) => this.client.getInvite(email, hooks));
    this.teamList = new TeamList(() => this.repeated("read", (hooks) => this.client.listTeams(hooks)), clock);
    this.directory = new InviteDirectory(get, this.list, clock);
  }

  /**
   * Sends one invite, and so one e-mail.
   *
   * @param sent called when the request goes, again for each repeat: it may have to wait before.
   * @throws HeadshotProError
   */
  async invite(email: CanonicalEmail, teamId: string | undefined, sent = () => {}): Promise<SentInvite> {
    const send = (hooks: RequestHooks) =>
      this.client.createInvite({ email, teamId }, onFirstRequest(hooks, sent));
    try {
      return await this.repeated("create", send);
    } finally {
      this.list.changed(email);
    }
  }

  /** Waits before the next invite to somebody whom a look-up did not find. @param sends how many were sent */
  async backOff(sends: number): Promise<void> {
    await sleep(this.waits.clock, backOffMs(sends, Math.random()));
  }

  /**
   * Whether an invite was made clearly before a moment, so that it is not what was sent then.
   *
   * @param createdAt by the API's clock, ISO 8601; not known is not before.
   * @param moment by this machine's, in milliseconds.
   */
  isFromBefore(createdAt: string | undefined, moment: number): boolean {
    return this.waits.scheduler.latestHere(Date.parse(createdAt ?? "")) < moment - CLEARLY_MS;
  }

  /** A look at one person, at most 10 s old; undefined if there is no live invite. @throws HeadshotProError */
  async lookUp(email: CanonicalEmail): Promise<Invite | undefined> {
    return (await this.directory.look(email, "record")).found;
  }

  /** Everyone with a live invite, at most 10 s old. @throws HeadshotProError */
  async everyone(): Promise<Everyone> {
    const { people, unreadable } = await this.list.everyone(FRESH_MS);
    return { people: new Map([...people].filter(([, { status }]) => !isOver(status))), unreadable };
  }

  /** The organization's teams, at most 10 s old. @throws HeadshotProError */
  teams(): Promise<Team[]> {
    return this.teamList.noOlderThan(FRESH_MS);
  }

  /** The teams as they were when this run first asked for them. @throws HeadshotProError */
  teamsOfRun(): Promise<Team[]> {
    return this.teamList.ofRun();
  }

  /** Makes every later answer newer than now: another process of this run has changed something. */
  changedElsewhere(): void {
    this.teamList.changedElsewhere();
    this.list.changedElsewhere();
  }

  /** What the list tells of a person, at most 10 s old: only it knows when an invite was sent. @throws HeadshotProError */
  async listed(email: CanonicalEmail): Promise<ListedPerson | undefined> {
    const { entry } = await this.list.find(email, FRESH_MS);
    return entry && !isOver(entry.status) ? entry : undefined;
  }

  /**
   * Adds what only the list tells. Best effort: without it, an expiry is not known, and nothing is claimed. A
   * list that fails is not asked for this again for a minute, or each person would wait for it.
   */
  async withDetails(email: CanonicalEmail, found: Invite): Promise<FoundInvite> {
    const listed = await this.list.findUnlessFailing(email, DETAILS_MAX_AGE_MS).catch(() => undefined);
    const entry = listed?.entry;
    return entry && !isOver(entry.status)
      ? { ...found, teamName: entry.teamName, createdAt: entry.createdAt }
      : found;
  }

  /**
   * Revokes a person's invite. Each attempt is preceded by its own look, which is at most 10 s old when the revoke
   * is sent, because they may upload photos while an attempt waits; and whoever is gone by then is revoked.
   *
   * @param mayRevoke decides about what the look found; it may throw.
   * @returns what was left alone because `mayRevoke` said no; undefined: there is no invite any more.
   * @throws HeadshotProError
   */
  async revoke(email: CanonicalEmail, mayRevoke: (found: Invite) => boolean): Promise<Invite | undefined> {
    const look = () =>
      this.directory.look(email, "revoke").catch((error) => {
        throw new Final(error);
      });
    try {
      return await this.directory.during(email, () =>
        this.repeated("revoke", async ({ beforeRequest, afterResponse }) => {
          for (;;) {
            const { found, seenAt } = await look();
            if (!found || !mayRevoke(found)) return found;
            await beforeRequest();
            if (this.waits.clock.now() - seenAt <= FRESH_MS) {
              await this.client
                .revokeInvite(found.email, { afterResponse })
                .finally(() => this.list.changed(email));
              return;
            }
            // It waited for the rate limit longer than the look is good for.
            afterResponse();
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

  private repeated<T>(verb: Verb, send: (hooks: Required<RequestHooks>) => Promise<T>): Promise<T> {
    return withRetries(verb, send, this.waits, this.settings.timeoutMs);
  }
}

/** Calls back when a request goes: for a list when its first page goes, because that is how old the list is. */
function onFirstRequest(hooks: RequestHooks, sent: () => void): RequestHooks {
  let told = false;
  return {
    ...hooks,
    beforeRequest: async () => {
      await hooks.beforeRequest?.();
      if (!told) sent();
      told = true;
    },
  };
}
