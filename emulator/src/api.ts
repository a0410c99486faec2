import { type ErrorStyle, failure, html, type Reply, type SuccessStyle, success } from "./envelopes";
import { type StoredInvite, toLink } from "./invites";
import type { Keys } from "./keys";
import type { Organization } from "./organization";
import { type CodeStyle, Refused, toProblem } from "./refusals";
import type { Call, Verb } from "./routes";

/** Where the API's behaviour is not known, or differs between its pages: which one to play. */
export interface ApiStyle {
  envelope: SuccessStyle;
  errors: ErrorStyle;
  codes: CodeStyle;
  revoked: "forgotten" | "kept";
  moves: "ignored" | "refused";
  pageSize?: number | undefined;
  rateLimitCode: boolean;
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
      this.#keys.authorize(authorization, call.scope);
      if (call.refusal) throw new Refused(call.refusal.reason, call.refusal.message);
      return success(this.#do(call, unreadable), this.#style.envelope);
    } catch (error) {
      if (error instanceof Refused) return this.refuse(error);
      throw error;
    }
  }

  /** A success of the usual shape about this person, whoever was asked for; nothing happens. */
  answerAbout(email: string, verb: Verb): Reply {
    const stranger = { id: "0".repeat(32), email, status: "pending", teamId: null };
    const person = this.#organization.find(email) ?? stranger;
    const bodies = { create: createBody, get: getBody, revoke: () => revokeBody(person.email) };
    return success(bodies[verb as keyof typeof bodies](person), this.#style.envelope);
  }

  /** The usual success of a `revoke`, `assign` or `deleteTeam`, and nothing happens. */
  answerWithoutEffect({ verb, emails: [email = ""] }: Call): Reply {
    const body = verb === "revoke" ? revokeBody(email) : verb === "assign" ? ASSIGNED : TEAM_DELETED;
    return success(body, this.#style.envelope);
  }

  refuse(refused: Refused): Reply {
    const { code, ...rest } = toProblem(refused, this.#style.codes);
    const codeless = refused.reason === "rate-limited" && !this.#style.rateLimitCode;
    return failure(codeless ? rest : { code, ...rest }, this.#style.errors);
  }

  #do({ verb, emails, teamId, name = "", query }: Call, unreadable: number): object {
    const organization = this.#organization;
    const [email = ""] = emails;
    switch (verb) {
      case "list":
        return this.#list(query, unreadableRows(unreadable));
      case "create":
        return createBody(organization.create({ email, teamId }));
      case "get":
        return getBody(this.#mustFind(email));
      case "revoke":
        organization.revoke(email, (invite) => this.#visible(invite));
        return revokeBody(email);
      case "credits":
        return { credits: organization.credits };
      case "teams":
        return { teams: organization.teams.list };
      case "createTeam":
        organization.createTeam(name);
        return organizationBody(organization);
      case "renameTeam":
        organization.renameTeam(teamId ?? "", name);
        return organizationBody(organization);
      case "deleteTeam":
        organization.deleteTeam(teamId ?? "");
        return TEAM_DELETED;
      case "assign":
        organization.assign(teamId ?? "", emails, this.#style.moves);
        return ASSIGNED;
      default:
        return organizationBody(organization);
    }
  }

  #list(query: URLSearchParams, unreadable: unknown[]): object {
    const { teams } = this.#organization;
    // Newest first, as in the vendor's example.
    const listed = this.#organization.all().filter((invite) => !invite.superseded && this.#visible(invite));
    listed.reverse();
    const rows = (from: number, to: number) => [
      ...unreadable.slice(from, to),
      ...listed
        .slice(Math.max(0, from - unreadable.length), Math.max(0, to - unreadable.length))
        .map((invite) => toRow(invite, teams.nameOf(invite.teamId))),
    ];
    const total = unreadable.length + listed.length;
    const { pageSize } = this.#style;
    if (pageSize === undefined) return { invites: rows(0, total) };

    const limit = Math.min(wholeNumber(query, "limit") || pageSize, pageSize);
    const offset = wholeNumber(query, "offset");
    const invites = rows(offset, offset + limit);
    return { invites, pagination: { total, limit, offset, hasMore: offset + invites.length < total } };
  }

  #mustFind(email: string): StoredInvite {
    const invite = this.#organization.find(email);
    if (!invite || !this.#visible(invite)) throw new Refused("no-invite");
    return invite;
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

const ASSIGNED = { message: "Members assigned to the team" };
const TEAM_DELETED = { message: "Team deleted" };

function organizationBody({ uid, name, teams }: Organization): object {
  return { organization: { uid, name, website: "https://example.com", teams: teams.list } };
}

function createBody(invite: Pick<StoredInvite, "id" | "email" | "teamId">): object {
  const { id, email, teamId } = invite;
  // `input` carries the address alone, as in the vendor's example of a create with a team.
  return { input: { email }, message: "Invite sent", link: toLink(invite), id, teamId };
}

function getBody(invite: Shown): object {
  return { invite: { email: invite.email, ...shown(invite) } };
}

function revokeBody(email: string): object {
  return { message: "Invite revoked", input: { email } };
}

function toRow(invite: StoredInvite, teamName: string | null): object {
  return { email: invite.email, ...shown(invite), teamName, createdAt: invite.createdAt };
}

type Shown = Pick<StoredInvite, "email" | "status" | "teamId" | "modelId">;

/** What both GETs show. `modelId` is absent, not null, while there is none. */
function shown({ status, modelId, teamId }: Shown): object {
  return { status, ...(modelId !== undefined && { modelId }), teamId };
}

/** Rows that no reader can take for an invite: nothing, no address, and what is not an address or no object. */
function unreadableRows(count: number): unknown[] {
  const kinds = [null, { status: "pending", teamId: null }, { email: 7, status: "pending" }, "row", []];
  return Array.from({ length: count }, (_, n) => kinds[n % kinds.length]);
}
