import { ASSIGNED, createBody, getBody, revokeBody, rowOf, TEAM_DELETED, unreadableRows } from "./bodies";
import { type ErrorStyle, failure, html, type Reply, type SuccessStyle, success } from "./envelopes";
import type { StoredInvite } from "./invite";
import type { Keys } from "./keys";
import type { Organization } from "./organization";
import { type CodeStyle, problemOf, Refused } from "./refusals";
import type { Call } from "./routes";

/** Where the API's behaviour is not known, or differs between its pages: which one to play. */
export interface ApiStyle {
  memberKey?: string | undefined;
  envelope: SuccessStyle;
  errors: ErrorStyle;
  codes: CodeStyle;
  revoked: "forgotten" | "kept";
  pageSize?: number | undefined;
  rateLimitCode: boolean;
  moves: "ignored" | "refused";
}

/** The end points: a call and the key it came with in, a reply out. */
export class Api {
  readonly #organization: Organization;
  readonly #keys: Keys;
  readonly #style: ApiStyle;

  constructor(organization: Organization, keys: Keys, style: ApiStyle) {
    this.#organization = organization;
    this.#keys = keys;
    this.#style = style;
  }

  /** @param unreadable so many rows of the list make no sense. */
  answer(call: Call, authorization: string | undefined, unreadable = 0): Reply {
    // Like a wrong base URL: whatever serves it knows nothing of this API's envelopes.
    if (call.verb === "other") return html(404, "404 Not Found");
    try {
      this.#authorize(call, authorization);
      if (call.refusal) throw new Refused(call.refusal.reason, call.refusal.message);
      return success(this.#do(call, unreadable), this.#style.envelope);
    } catch (error) {
      if (error instanceof Refused) return this.refuse(error);
      throw error;
    }
  }

  /** A success of the usual shape about this person, whoever was asked for; nothing happens. */
  answerAbout(email: string, verb: Call["verb"]): Reply {
    const stranger = { id: "0".repeat(32), email, status: "pending", teamId: null };
    const person = this.#organization.find(email) ?? stranger;
    const bodies = { create: createBody, get: getBody, revoke: () => revokeBody(person.email) };
    return success(bodies[verb as keyof typeof bodies](person), this.#style.envelope);
  }

  /** The usual success, and nothing happens. */
  answerIdly({ verb, emails: [email = ""] }: Call): Reply {
    const body = verb === "revoke" ? revokeBody(email) : verb === "assign" ? ASSIGNED : TEAM_DELETED;
    return success(body, this.#style.envelope);
  }

  refuse(refused: Refused): Reply {
    const { code, ...rest } = problemOf(refused, this.#style.codes);
    const codeless = refused.reason === "rate-limited" && !this.#style.rateLimitCode;
    return failure(codeless ? rest : { code, ...rest }, this.#style.errors);
  }

  #authorize({ scope }: Call, authorization: string | undefined): void {
    const key = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
    if (key === undefined) throw new Refused("unauthorized");
    const scopes = this.#keys.scopes(key);
    if (!scopes) throw new Refused(key === this.#style.memberKey ? "forbidden" : "unauthorized");
    if (scope && !scopes.includes(scope)) {
      throw new Refused("out-of-scope", `The API key has not the scope ${scope}`);
    }
  }

  #do({ verb, emails, teamId, name = "", query }: Call, unreadable: number): object {
    const [email = ""] = emails;
    switch (verb) {
      case "list":
        return this.#list(query, unreadableRows(unreadable));
      case "create":
        return createBody(this.#organization.create({ email, teamId }));
      case "get": {
        const invite = this.#organization.find(email);
        if (!invite || !this.#visible(invite)) throw new Refused("no-invite");
        return getBody(invite);
      }
      case "teams":
        return { teams: this.#organization.profile().teams };
      case "organization":
        return { organization: this.#organization.profile() };
      case "createTeam":
        this.#organization.createTeam(name);
        return { organization: this.#organization.profile() };
      case "renameTeam":
        this.#organization.renameTeam(teamId ?? "", name);
        return { organization: this.#organization.profile() };
      case "deleteTeam":
        this.#organization.deleteTeam(teamId ?? "");
        return TEAM_DELETED;
      case "assign":
        this.#organization.assign(teamId ?? "", emails, this.#style.moves);
        return ASSIGNED;
      case "credits":
        return { credits: this.#organization.credits };
      default:
        this.#organization.revoke(email, (invite) => this.#visible(invite));
        return revokeBody(email);
    }
  }

  #list(query: URLSearchParams, unreadable: unknown[]): object {
    // Newest first, as in the vendor's example.
    const listed = this.#organization.all().filter((invite) => !invite.superseded && this.#visible(invite));
    listed.reverse();
    const rows = (from: number, to: number) => [
      ...unreadable.slice(from, to),
      ...listed
        .slice(Math.max(0, from - unreadable.length), Math.max(0, to - unreadable.length))
        .map((invite) => rowOf(invite, this.#organization.teams)),
    ];
    const total = unreadable.length + listed.length;
    const { pageSize } = this.#style;
    if (pageSize === undefined) return { invites: rows(0, total) };

    const limit = Math.min(wholeNumber(query, "limit") || pageSize, pageSize);
    const offset = wholeNumber(query, "offset");
    const invites = rows(offset, offset + limit);
    return { invites, pagination: { total, limit, offset, hasMore: offset + invites.length < total } };
  }

  #visible(invite: StoredInvite): boolean {
    return this.#style.revoked === "kept" || invite.status !== "revoked";
  }
}

function wholeNumber(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? "0";
  if (!/^\d{1,9}$/.test(text)) throw new Refused("bad-request", `${name} must be a whole number`);
  return Number(text);
}
