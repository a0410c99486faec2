import type { z } from "zod";
import { inSeconds } from "../invite/invite";
import type { Team } from "../invite/team";
import { keyProblem } from "./api-key";
import { DEFAULT_BASE_URL, parseBaseUrl } from "./base-url";
import { isHeadshotProError } from "./headshotpro-error";
import type { Invite, InviteList, OrganizationInfo, SentInvite } from "./invite";
import type { RequestHooks } from "./request-hooks";
import {
  createReply,
  creditsReply,
  doneReply,
  getReply,
  listReply,
  organizationReply,
  type Page,
  teamsReply,
} from "./schemas";
import { type Surroundings, Transport } from "./transport";
import { requireSamePerson, usable } from "./usable-reply";

export interface ClientOptions {
  /** The organization's API key. */
  apiKey: string;
  /** Default {@link DEFAULT_BASE_URL}. https, or http on loopback; with its path. */
  baseUrl?: string;
  /** Milliseconds for one request, from connecting to the last byte. Default 30,000. */
  timeoutMs?: number;
  /** A larger list is refused. Default 64 MiB: 50,000 people are 10 MiB. Other replies end at 1 MiB anyway. */
  maxResponseBytes?: number;
}

const ORGANIZATION = "/organization";
const INVITES = `${ORGANIZATION}/invites`;
const TEAMS = `${ORGANIZATION}/teams`;

/** What is told of one person, or of the credits, takes a few hundred bytes; with more, something else is answering. */
const ONE_PERSON_BYTES = 1024 * 1024;

/**
 * HeadshotPro's invites API, and what belongs to it of the organization, its teams and its credits, each end point one request: no retries, no caching, no
 * Pulumi.
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
   * @throws HeadshotProError
   * @example
   * const { invites, unreadable } = await client.listInvites();
   * if (unreadable > 0) console.warn(`${unreadable} people are missing here`);
   */
  async listInvites(hooks?: RequestHooks): Promise<InviteList> {
    const list: InviteList = { invites: [], unreadable: 0 };
    for (const row of await this.rowsOf(INVITES, listReply, "invites", hooks)) {
      if ("unreadable" in row) list.unreadable++;
      else list.invites.push(row);
    }
    return list;
  }

  /**
   * The organization's teams: one request, or one for each page if the API ever pages this list.
   *
   * @throws HeadshotProError
   * @example
   * const marketing = (await client.listTeams()).find(({ name }) => name === "Marketing");
   */
  listTeams(hooks?: RequestHooks): Promise<Team[]> {
    return this.rowsOf(TEAMS, teamsReply, "teams", hooks);
  }

  /**
   * Invites a person: **this sends a real e-mail**.
   *
   * @throws HeadshotProError, also for a reply about somebody else. If its `mayHaveHappened` is true, look the person up before another attempt.
   */
  async createInvite(person: { email: string; teamId?: string }, hooks?: RequestHooks): Promise<SentInvite> {
    const asked = { method: "POST", path: INVITES, email: person.email } as const;
    const about = { body: person, maxBytes: ONE_PERSON_BYTES, hooks };
    const success = await this.transport.send(asked.method, asked.path, about);
    const { id, link, teamId, input } = usable(asked, success, createReply, "id");
    requireSamePerson(asked, success, input?.email);
    return { inviteId: id, link, teamId, sentAt: inSeconds(success.answeredAt) };
  }

  /**
   * One person's invite; undefined if the API itself says that there is none.
   *
   * @throws HeadshotProError, also for a 404 that is not the API's (a wrong base URL, a proxy) and for an answer about
   * somebody else.
   */
  async getInvite(email: string, hooks?: RequestHooks): Promise<Invite | undefined> {
    const path = `${INVITES}/${encodeURIComponent(email).replace("%40", "@")}`;
    const asked = { method: "GET", path, email } as const;
    try {
      const success = await this.transport.send("GET", path, { maxBytes: ONE_PERSON_BYTES, hooks });
      const { invite } = usable(asked, success, getReply, "invite");
      requireSamePerson(asked, success, invite.email);
      return invite;
    } catch (error) {
      if (isHeadshotProError(error) && error.reason === "not-found") return undefined;
      throw error;
    }
  }

  /**
   * Revokes a person's invite. **This deletes the person's headshots, if there are any, for good.**
   *
   * @returns false if there was nothing left to revoke.
   * @throws HeadshotProError
   */
  async revokeInvite(email: string, hooks?: RequestHooks): Promise<boolean> {
    const asked = { method: "POST", path: `${INVITES}/revoke`, email } as const;
    try {
      const about = { body: { email }, maxBytes: ONE_PERSON_BYTES, hooks };
      const success = await this.transport.send(asked.method, asked.path, about);
      const { input } = usable(asked, success, doneReply, "success");
      requireSamePerson(asked, success, input?.email);
      return true;
    } catch (error) {
      if (isHeadshotProError(error) && (error.reason === "not-found" || error.code === "ALREADY_DELETED"))
        return false;
      throw error;
    }
  }

  /**
   * Moves people who have signed up into a team: no revoke, no e-mail, and their headshots stay. The vendor does not
   * say what becomes of an address that nobody has, or of somebody who has not signed up: look afterwards.
   *
   * @param emails in the API's own spelling.
   * @throws HeadshotProError, also if this key may not change teams.
   * @example
   * await client.moveToTeam("team_xyz789", ["ada@acme.com", "bob@acme.com"]);
   */
  async moveToTeam(teamId: string, emails: readonly string[], hooks?: RequestHooks): Promise<void> {
    const asked = { method: "POST", path: `${TEAMS}/${encodeURIComponent(teamId)}/members` } as const;
    const about = { body: { emails }, maxBytes: ONE_PERSON_BYTES, hooks };
    usable(asked, await this.transport.send(asked.method, asked.path, about), doneReply, "success");
  }

  /**
   * Whose key it is.
   *
   * @throws HeadshotProError, also if this key may not ask.
   * @example
   * await client.getOrganization(); // { uid: "4mQ8Zr", name: "Acme" }
   */
  async getOrganization(hooks?: RequestHooks): Promise<OrganizationInfo> {
    const asked = { method: "GET", path: ORGANIZATION } as const;
    const success = await this.transport.send(asked.method, asked.path, { hooks });
    return usable(asked, success, organizationReply, "organization").organization;
  }

  /**
   * How many credits the organization has.
   *
   * @throws HeadshotProError, also if this key may not see them.
   * @example
   * await client.getCredits(); // 42
   */
  async getCredits(hooks?: RequestHooks): Promise<number> {
    const asked = { method: "GET", path: "/organization/credits" } as const;
    const about = { maxBytes: ONE_PERSON_BYTES, hooks };
    const success = await this.transport.send(asked.method, asked.path, about);
    return usable(asked, success, creditsReply, "credits").credits;
  }

  private async rowsOf<Row, Key extends string>(
    list: string,
    schema: z.ZodType<Record<Key, Row[]> & Page>,
    key: Key,
    hooks: RequestHooks | undefined,
  ): Promise<Row[]> {
    const rows: Row[] = [];
    const seen = new Set<string>();
    for (let path = list; ; ) {
      const success = await this.transport.send("GET", path, { hooks });
      const { [key]: found, pagination } = usable({ method: "GET", path }, success, schema, key);
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

  /** Closes the kept-open connections. */
  close(): void {
    this.transport.close();
  }
}
