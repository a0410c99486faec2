import type { z } from "zod";
import { inSeconds } from "../invite/invite";
import type { Team } from "../invite/team";
import { DEFAULT_BASE_URL, keyProblem, parseBaseUrl } from "./endpoint";
import { isApiError } from "./errors";
import {
  createReply,
  creditsReply,
  doneReply,
  getReply,
  listReply,
  organizationReply,
  type Page,
  parseReply,
  requireSamePerson,
  teamsReply,
} from "./schemas";
import { type Request, type Success, type Surroundings, Transport } from "./transport";
import type { ClientOptions, Invite, InviteList, OrganizationInfo, RequestHooks, SentInvite } from "./types";

const ORGANIZATION = "/organization";
const INVITES = `${ORGANIZATION}/invites`;
const TEAMS = `${ORGANIZATION}/teams`;

function teamPath(id: string): string {
  return `${TEAMS}/${encodeURIComponent(id)}`;
}

/** @throws whatever is not the API's own word that there is no such person or team. */
function undefinedIfNotFound(error: unknown): undefined {
  if (!isApiError(error) || error.reason !== "not-found") throw error;
}

/** A reply that is no list takes a few hundred bytes; with more, something else is answering. */
const SMALL_BYTES = 1024 * 1024;

/**
 * HeadshotPro's invites API, and what belongs to it of the organization, its teams and its credits, each end point one
 * request: no retries, no caching, no Pulumi.
 *
 * Each takes {@link RequestHooks} as its last argument, for a caller with a rate limiter. Without them, requests are
 * sent at once.
 *
 * @example
 * const client = new HeadshotProClient({ apiKey: process.env.HEADSHOTPRO_API_KEY! });
 * const ada = await client.getInvite("ada@acme.com"); // undefined: nobody invited them
 */
export class HeadshotProClient {
  private readonly transport: Transport;

  /** @throws RangeError if the key, the base URL or the proxy of the environment cannot be used; no secret is quoted. */
  constructor(options: ClientOptions, surroundings?: Partial<Surroundings>) {
    const problem = keyProblem(options.apiKey);
    if (problem !== undefined) throw new RangeError(`the API key cannot be used: ${problem}`);
    const settings = {
      apiKey: options.apiKey,
      baseUrl: parseBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL),
      timeoutMs: options.timeoutMs ?? 30_000,
      maxResponseBytes: options.maxResponseBytes ?? 64 * 1024 * 1024,
    };
    this.transport = new Transport(settings, surroundings);
  }

  /**
   * Everyone in the organization: one request, or one for each page if the API ever pages this list. Rows that cannot
   * be read are counted.
   *
   * @throws ApiError
   * @example
   * const { invites, unreadable } = await client.listInvites();
   * if (unreadable > 0) console.warn(`${unreadable} people are missing here`);
   */
  async listInvites(hooks?: RequestHooks): Promise<InviteList> {
    const list: InviteList = { invites: [], unreadable: 0 };
    for (const row of await this.rows(INVITES, listReply, "invites", hooks)) {
      if ("unreadable" in row) list.unreadable++;
      else list.invites.push(row);
    }
    return list;
  }

  /**
   * The organization's teams: one request, or one for each page if the API ever pages this list.
   *
   * @throws ApiError
   * @example
   * const marketing = (await client.listTeams()).find(({ name }) => name === "Marketing");
   */
  listTeams(hooks?: RequestHooks): Promise<Team[]> {
    return this.rows(TEAMS, teamsReply, "teams", hooks);
  }

  /**
   * Invites a person: **this sends a real e-mail**.
   *
   * @throws ApiError, also for a reply about another person. If its `mayHaveHappened` is true, look the person up before
   * another attempt.
   */
  async createInvite(person: { email: string; teamId?: string }, hooks?: RequestHooks): Promise<SentInvite> {
    const success = await this.sendSmall({ method: "POST", path: INVITES, body: person }, hooks);
    const { id, link, teamId, input } = parseReply(success, createReply, "id");
    requireSamePerson(success, person.email, input?.email);
    return { inviteId: id, link, teamId, sentAt: inSeconds(success.answeredAt) };
  }

  /**
   * One person's invite; undefined if the API itself says that there is none.
   *
   * @throws ApiError, also for a 404 that is not the API's (a wrong base URL, a proxy), and for another person's invite.
   */
  async getInvite(email: string, hooks?: RequestHooks): Promise<Invite | undefined> {
    const path = `${INVITES}/${encodeURIComponent(email).replace("%40", "@")}`;
    const success = await this.sendSmall({ method: "GET", path }, hooks).catch(undefinedIfNotFound);
    if (!success) return undefined;
    const { invite } = parseReply(success, getReply, "invite");
    requireSamePerson(success, email, invite.email);
    return invite;
  }

  /**
   * Revokes a person's invite. **This deletes the person's headshots, if there are any, for good.**
   *
   * @returns false if there was nothing left to revoke.
   * @throws ApiError
   */
  async revokeInvite(email: string, hooks?: RequestHooks): Promise<boolean> {
    const request = { method: "POST", path: `${INVITES}/revoke`, body: { email } } as const;
    try {
      const success = await this.sendSmall(request, hooks);
      const { input } = parseReply(success, doneReply, "success");
      requireSamePerson(success, email, input?.email);
      return true;
    } catch (error) {
      if (isApiError(error) && (error.reason === "not-found" || error.code === "ALREADY_DELETED"))
        return false;
      throw error;
    }
  }

  /**
   * Moves people who have signed up into a team: no revoke, no e-mail, and their headshots stay. The vendor does not
   * say what becomes of an address that nobody has, or of a person who has not signed up: look afterwards.
   *
   * @param emails in the API's own spelling.
   * @throws ApiError, also if this key may not change teams.
   * @example
   * await client.moveToTeam("team_xyz789", ["ada@acme.com", "bob@acme.com"]);
   */
  async moveToTeam(teamId: string, emails: readonly string[], hooks?: RequestHooks): Promise<void> {
    const success = await this.sendSmall(
      { method: "POST", path: `${teamPath(teamId)}/members`, body: { emails } },
      hooks,
    );
    parseReply(success, doneReply, "success");
  }

  /**
   * Makes a team. No two have the same name: one that exists is refused (`reason` is `rejected`).
   *
   * @returns the organization with all its teams.
   * @throws ApiError. If its `mayHaveHappened` is true, look the name up before another attempt.
   * @example
   * const { teams = [] } = await client.createTeam("Marketing");
   */
  async createTeam(name: string, hooks?: RequestHooks): Promise<OrganizationInfo> {
    const success = await this.sendSmall({ method: "POST", path: TEAMS, body: { name } }, hooks);
    return parseReply(success, organizationReply, "organization").organization;
  }

  /** Gives a team another name; its people stay in it. @throws ApiError, also for a name that another team has. */
  async renameTeam(id: string, name: string, hooks?: RequestHooks): Promise<void> {
    const success = await this.sendSmall({ method: "PUT", path: teamPath(id), body: { name } }, hooks);
    parseReply(success, doneReply, "success");
  }

  /**
   * Deletes a team. Its people stay in the organization, without a team.
   *
   * @returns false if the API itself says that there is no such team.
   * @throws ApiError
   */
  async deleteTeam(id: string, hooks?: RequestHooks): Promise<boolean> {
    const request = { method: "DELETE", path: teamPath(id) } as const;
    const success = await this.sendSmall(request, hooks).catch(undefinedIfNotFound);
    if (!success) return false;
    parseReply(success, doneReply, "success");
    return true;
  }

  /**
   * Whose key it is.
   *
   * @param timeoutMs if it is less than the client's.
   * @throws ApiError, also if this key may not ask.
   * @example
   * await client.getOrganization(); // { uid: "4mQ8Zr", name: "Acme" }
   */
  async getOrganization(hooks?: RequestHooks, timeoutMs?: number): Promise<OrganizationInfo> {
    const success = await this.sendSmall({ method: "GET", path: ORGANIZATION, timeoutMs }, hooks);
    return parseReply(success, organizationReply, "organization").organization;
  }

  /**
   * How many credits the organization has.
   *
   * @throws ApiError, also if this key may not see them.
   * @example
   * await client.getCredits(); // 42
   */
  async getCredits(hooks?: RequestHooks): Promise<number> {
    const success = await this.sendSmall({ method: "GET", path: `${ORGANIZATION}/credits` }, hooks);
    return parseReply(success, creditsReply, "credits").credits;
  }

  /** Closes the kept-open connections. */
  close(): void {
    this.transport.close();
  }

  private sendSmall(request: Request, hooks?: RequestHooks): Promise<Success> {
    return this.transport.send({ ...request, maxBytes: SMALL_BYTES }, hooks);
  }

  private async rows<Row, Key extends string>(
    list: string,
    schema: z.ZodType<Record<Key, Row[]> & Page>,
    key: Key,
    hooks: RequestHooks | undefined,
  ): Promise<Row[]> {
    const rows: Row[] = [];
    const seen = new Set<string>();
    for (let path = list; ; ) {
      const success = await this.transport.send({ method: "GET", path }, hooks);
      const { [key]: found, pagination } = parseReply(success, schema, key);
      const before = seen.size;
      for (const row of found) {
        rows.push(row);
        if (pagination) seen.add(JSON.stringify(row));
      }
      // A page that adds nothing (an API that ignores `offset`) would be asked for again and again.
      if (!pagination?.hasMore || seen.size === before) return rows;
      path = `${list}?limit=${pagination.limit ?? found.length}&offset=${rows.length}`;
    }
  }
}
