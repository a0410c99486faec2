import { HeadshotProClient } from "../client/client";
import { ApiError, isApiError } from "../client/errors";
import type { Surroundings } from "../client/transport";
import type { Invite, OrganizationInfo, RequestHooks, SentInvite } from "../client/types";
import { type Clock, MACHINE_CLOCK, sleep } from "../clock";
import type { CanonicalEmail } from "../invite/email";
import { isGone, isOver } from "../invite/headshots-guard";
import { type ListedPerson, listedPeople, type PeopleFilter } from "../invite/people";
import { plainName, type Team } from "../invite/team";
import type { Settings } from "../settings";
import { FRESH_MS, InviteLookup, type Look } from "./lookup";
import type { Purpose } from "./rate-limiter";
import { type Attempts, backOffMs, Requests } from "./retry";
import { type Everyone, PeopleList, type PersonEntry, SharedAnswer, TeamMoves } from "./shared-requests";

/** A person as the API has them: `email` in the API's spelling, a date and a team's name if the list had them. */
export type FoundInvite = Invite & { teamName?: string; createdAt?: string };

/** Our clocks and the API's, and the time that a request is under way, may make an invite look so much older. */
const CLEARLY_MS = 60_000;

/** A date and a team's name do not change while an invite lives, so a list of this age serves. */
const DETAILS_MAX_AGE_MS = 60_000;

/** For an answer that a caller can do without. */
const OPTIONAL_TIMEOUT_MS = 5_000;

/** All that this process does at the API goes through one session: its connections, pace, retries and lists. */
export class Session {
  private readonly client: HeadshotProClient;
  private readonly list: PeopleList;
  private readonly teamList: SharedAnswer<Team[]>;
  private readonly owner: SharedAnswer<OrganizationInfo>;
  private readonly ownerAtOnce: SharedAnswer<OrganizationInfo>;
  private readonly creditCount: SharedAnswer<number>;
  private readonly lookup: InviteLookup;
  private readonly moves: TeamMoves;
  private readonly requests: Requests;
  private readonly clock: Clock;
  /** Revokes that are under way, from the first attempt to the last. */
  private readonly revokes = new Map<CanonicalEmail, Attempts>();

  constructor(
    readonly settings: Settings,
    log: (line: string) => void,
    surroundings: Partial<Surroundings> = {},
  ) {
    this.clock = surroundings.clock ?? MACHINE_CLOCK;
    this.client = new HeadshotProClient(settings, surroundings);
    this.requests = new Requests(log, this.clock, settings.timeoutMs);
    const { client, clock, requests } = this;
    const read = <T>(send: (hooks: Required<RequestHooks>) => Promise<T>) => requests.send("read", send);
    const get = (email: CanonicalEmail) => read((hooks) => client.getInvite(email, hooks));
    this.list = new PeopleList(
      (sent) => read((hooks) => client.listInvites(onFirstRequest(hooks, sent))),
      clock,
    );
    this.lookup = new InviteLookup(get, this.list, clock);
    this.teamList = new SharedAnswer(() => read((hooks) => client.listTeams(hooks)), clock);
    this.owner = new SharedAnswer(() => read((hooks) => client.getOrganization(hooks)), clock);
    const askOnce = (hooks: RequestHooks) => client.getOrganization(hooks, OPTIONAL_TIMEOUT_MS);
    this.ownerAtOnce = new SharedAnswer(() => requests.send("read", askOnce, { isOptional: true }), clock);
    this.creditCount = new SharedAnswer(() => read((hooks) => client.getCredits(hooks)), clock);
    this.moves = new TeamMoves(
      (teamId, emails) => requests.send("move", (hooks) => client.moveToTeam(teamId, emails, hooks)),
      clock,
    );
  }

  /**
   * Sends one invite, and so one e-mail.
   *
   * @param sent called when the request goes, again for each repeat: it may have to wait before. If it throws, nothing
   * is sent.
   * @throws ApiError
   */
  async invite(email: CanonicalEmail, teamId: string | undefined, sent = () => {}): Promise<SentInvite> {
    const send = (hooks: Required<RequestHooks>) =>
      this.client.createInvite({ email, teamId }, onFirstRequest(hooks, sent));
    try {
      return await this.requests.send("create", send);
    } finally {
      this.list.changed(email);
    }
  }

  /** Waits before an invite is sent again that a look-up did not find. @param sends how many were sent */
  async backOff(sends: number): Promise<void> {
    await sleep(this.clock, backOffMs(sends, Math.random()));
  }

  /**
   * Whether an invite was made clearly before a moment, so that it is not what was sent then.
   *
   * @param createdAt by the API's clock, ISO 8601; not known is not before.
   * @param moment by this machine's, in milliseconds.
   */
  isFromBefore(createdAt: string | undefined, moment: number): boolean {
    return this.requests.toOwnTime(Date.parse(createdAt ?? "")) < moment - CLEARLY_MS;
  }

  /**
   * One person's invite, at most 10 s old, also if they are `deleted`. Undefined if they were never invited, or their
   * invite was revoked.
   *
   * @throws ApiError
   */
  async lookUp(email: CanonicalEmail): Promise<Invite | undefined> {
    return (await this.lookup.look(email, "record")).found;
  }

  /**
   * Everyone with a live invite, and those who are `deleted` (with 0 `liveEntries`), at most 10 s old.
   *
   * @throws ApiError
   */
  async everyone(): Promise<Everyone> {
    const { people, unreadable } = await this.list.everyone(FRESH_MS);
    return { people: new Map([...people].filter(([, { status }]) => !isGone(status))), unreadable };
  }

  /**
   * {@link lookUp} with the canonical address. Only {@link people} has the date of the invite and the team's name.
   *
   * @throws ApiError
   */
  async person(email: CanonicalEmail): Promise<Invite | undefined> {
    const found = await this.lookUp(email);
    return found && { ...found, email };
  }

  /** Those of {@link everyone} whom a filter lets pass, and how many rows cannot be read. @throws ApiError */
  async people(filter: PeopleFilter): Promise<{ invites: ListedPerson[]; unreadable: number }> {
    const { people, unreadable } = await this.everyone();
    return { invites: listedPeople(people, filter), unreadable };
  }

  /** The organization's teams, sorted by name, at most 10 s old. @throws ApiError */
  async teams(): Promise<{ teams: Team[] }> {
    const teams = await this.teamList.noOlderThan(FRESH_MS);
    return { teams: [...teams].sort((a, b) => (a.name < b.name ? -1 : 1)) };
  }

  /**
   * The teams as this run first saw them. They come with the organization, of which the `uid` is asked for anyway; the
   * list of teams is asked for only if those that are wanted are not among them. Where a key may not have that list, the
   * organization's own says enough.
   *
   * @throws ApiError
   */
  async teamsOfRun(areThere: (teams: readonly Team[]) => boolean): Promise<Team[]> {
    if (this.teamList.wasAsked) return this.teamList.ofRun();
    const teams = (await this.organizationAtOnce())?.teams;
    if (teams && areThere(teams)) return teams;
    return this.teamList.ofRun().catch((error) => teams ?? Promise.reject(error));
  }

  /**
   * Makes a team.
   *
   * @throws ApiError, also if the reply does not name it.
   */
  async createTeam(name: string): Promise<Team> {
    const { teams = [] } = await this.changeTeams("make a team", (hooks) =>
      this.client.createTeam(name, hooks),
    );
    const made = teams.find((team) => plainName(team.name) === plainName(name));
    if (made) return made;
    const text = "the reply does not name the team";
    throw new ApiError({ reason: "unusable-reply", method: "POST", path: "/organization/teams", text });
  }

  /** Gives a team another name. @throws ApiError */
  async renameTeam(id: string, name: string): Promise<void> {
    await this.changeTeams("change a team", (hooks) => this.client.renameTeam(id, name, hooks));
  }

  /** Deletes a team, whose people stay without one. @returns false if it was not there. @throws ApiError */
  async deleteTeam(id: string): Promise<boolean> {
    try {
      return await this.changeTeams("change a team", (hooks) => this.client.deleteTeam(id, hooks));
    } finally {
      this.list.changedElsewhere();
    }
  }

  private changeTeams<T>(purpose: Purpose, send: (hooks: RequestHooks) => Promise<T>): Promise<T> {
    return this.requests.send(purpose, send).finally(() => this.teamList.changedElsewhere());
  }

  /** Whose API key it is, for a caller who has to know: asked once in a run, a failure too. @throws ApiError */
  async organization(): Promise<OrganizationInfo> {
    const known = this.ownerAtOnce.wasAsked ? await this.organizationAtOnce() : undefined;
    return known ?? this.owner.ofRun();
  }

  /** The same for a caller who can do without, in one attempt of 5 s; undefined without an answer. */
  async organizationAtOnce(): Promise<OrganizationInfo | undefined> {
    const asked = this.owner.wasAsked ? this.owner : this.ownerAtOnce;
    return asked.ofRun().catch((error) => {
      if (isApiError(error)) return undefined;
      throw error;
    });
  }

  /** How many credits the organization had when this run first asked, or why it may not know. @throws ApiError */
  credits(): Promise<number> {
    return this.creditCount.ofRun();
  }

  /** Makes every later answer newer than now: another process of this run has changed something. */
  changedElsewhere(): void {
    this.teamList.changedElsewhere();
    this.list.changedElsewhere();
  }

  /** A person's live entry in the list, at most 10 s old: only it has the date of the invite. @throws ApiError */
  async listed(email: CanonicalEmail): Promise<PersonEntry | undefined> {
    const { entry } = await this.list.find(email, FRESH_MS);
    return entry && !isOver(entry.status) ? entry : undefined;
  }

  /**
   * Adds what only the list has, if the list can be had: without it the expiry is unknown. A list that fails is not asked
   * for this again for a minute, or each person would wait for it.
   */
  async withDetails(email: CanonicalEmail, found: Invite): Promise<FoundInvite> {
    const listed = await this.list.findUnlessFailing(email, DETAILS_MAX_AGE_MS).catch(() => undefined);
    const entry = listed?.entry;
    return entry && !isOver(entry.status)
      ? { ...found, teamName: entry.teamName, createdAt: entry.createdAt }
      : found;
  }

  /**
   * Moves a person who has signed up into a team, together with others who are under way to it: no e-mail, and the
   * headshots stay. The API's answer is no proof that it happened, so look afterwards; every later look is newer.
   *
   * @param spelling the address as the API spells it, from a look.
   * @throws ApiError
   */
  async moveToTeam(email: CanonicalEmail, teamId: string, spelling: string = email): Promise<void> {
    try {
      await this.moves.into(teamId, spelling);
    } finally {
      this.list.changed(email);
    }
  }

  /**
   * Looks at a person before a revoke, for {@link revokeSeen}.
   *
   * @throws ApiError
   * @example
   * for (;;) {
   *   const look = await session.lookToRevoke(email);
   *   if (!look.found || isOver(look.found.status)) return;
   *   requireNoHeadshots(look.found);
   *   if ((await session.revokeSeen(email, look)) !== "stale") return;
   * }
   */
  lookToRevoke(email: CanonicalEmail): Promise<Look> {
    return this.lookup.look(email, "revoke");
  }

  /**
   * Revokes what was seen. Each attempt needs a look of its own that is at most 10 s old when the revoke is sent,
   * because the person may upload photos while an attempt waits.
   *
   * @param sent called when the revoke goes. If it throws, nothing is sent.
   * @returns "revoked": there is no live invite any more; "gone": the same, and it may not have been this that ended it,
   * so they may be `deleted`; "stale": look, and decide again. It has waited by then, for its turn or after a failure that
   * passes by itself.
   * @throws ApiError
   */
  revokeSeen(email: CanonicalEmail, look: Look, sent = () => {}): Promise<"revoked" | "gone" | "stale"> {
    return this.lookup.during(email, () => this.revokeOnce(email, look, sent));
  }

  private async revokeOnce(
    email: CanonicalEmail,
    { found, seenAt }: Look,
    sent: () => void,
  ): Promise<"revoked" | "gone" | "stale"> {
    if (!found || isOver(found.status)) return "gone";
    const attempts = this.revokes.get(email) ?? this.requests.begin("revoke");
    this.revokes.set(email, attempts);
    const { beforeRequest, afterResponse } = onFirstRequest(attempts.hooks, sent);
    await beforeRequest();
    if (this.clock.now() - seenAt > FRESH_MS) {
      afterResponse();
      return "stale";
    }
    let isRevoked = false;
    try {
      isRevoked = await this.client
        .revokeInvite(found.email, { afterResponse })
        .finally(() => this.list.changed(email));
    } catch (error) {
      if (await this.requests.waitAfter(error, attempts)) return "stale";
      this.revokes.delete(email);
      if (!(await this.isRevokedAllTheSame(email, error))) throw error;
    }
    this.revokes.delete(email);
    return isRevoked ? "revoked" : "gone";
  }

  /**
   * The vendor's reference has no code for "already revoked", so a refusal is looked into; and the reply to the last
   * attempt may have been lost.
   */
  private async isRevokedAllTheSame(email: CanonicalEmail, error: unknown): Promise<boolean> {
    const unclear = isApiError(error) && (error.reason === "rejected" || error.mayHaveHappened);
    if (!unclear) return false;
    const found = await this.lookUp(email);
    return !found || isOver(found.status);
  }
}

/** Calls back when a request goes: for a list when its first page goes, because that is how old the list is. */
function onFirstRequest(hooks: Required<RequestHooks>, sent: () => void): Required<RequestHooks> {
  let isSent = false;
  return {
    ...hooks,
    beforeRequest: async () => {
      await hooks.beforeRequest();
      try {
        if (!isSent) sent();
      } catch (error) {
        hooks.afterResponse();
        throw error;
      }
      isSent = true;
    },
  };
}
