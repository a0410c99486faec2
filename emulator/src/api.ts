import { type ErrorStyle, failure, html, type Reply, type SuccessStyle, success } from "./envelopes";
import { linkOf, type StoredInvite } from "./invite";
import type { Organization } from "./organization";
import { type CodeStyle, problemOf, Refused } from "./refusals";
import type { Call } from "./routes";

/** Where the API's behaviour is not known, or differs between its pages: which one to play. */
export interface ApiStyle {
  apiKey: string;
  memberKey?: string | undefined;
  envelope: SuccessStyle;
  errors: ErrorStyle;
  codes: CodeStyle;
  revoked: "forgotten" | "kept";
  pageSize?: number | undefined;
  rateLimitCode: boolean;
}

/** The four end points: a call and the key it came with in, a reply out. */
export class Api {
  readonly #organization: Organization;
  readonly #style: ApiStyle;

  constructor(organization: Organization, style: ApiStyle) {
    this.#organization = organization;
    this.#style = style;
  }

  answer(call: Call, authorization: string | undefined): Reply {
    // Like a wrong base URL: whatever serves it knows nothing of this API's envelopes.
    if (call.verb === "other") return html(404, "404 Not Found");
    try {
      this.#authorize(authorization);
      if (call.refusal) throw new Refused(call.refusal.reason, call.refusal.message);
      return success(this.#do(call), this.#style.envelope);
    } catch (error) {
      if (error instanceof Refused) return this.refuse(error);
      throw error;
    }
  }

  refuse(refused: Refused): Reply {
    const { code, ...rest } = problemOf(refused, this.#style.codes);
    const codeless = refused.reason === "rate-limited" && !this.#style.rateLimitCode;
    return failure(codeless ? rest : { code, ...rest }, this.#style.errors);
  }

  #authorize(authorization: string | undefined): void {
    const key = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
    if (key === this.#style.apiKey) return;
    throw new Refused(key !== undefined && key === this.#style.memberKey ? "forbidden" : "unauthorized");
  }

  #do({ verb, email = "", teamId, query }: Call): object {
    switch (verb) {
      case "list":
        return this.#list(query);
      case "create": {
        const invite = this.#organization.create({ email, teamId });
        // `input` carries the address alone, as in the vendor's example of a create with a team.
        const { id } = invite;
        const input = { email };
        return { input, message: "Invite sent", link: linkOf(invite), id, teamId: invite.teamId };
      }
      case "get": {
        const invite = this.#organization.find(email);
        if (!invite || !this.#visible(invite)) throw new Refused("no-invite");
        return { invite: { email: invite.email, ...shown(invite) } };
      }
      default:
        this.#organization.revoke(email, (invite) => this.#visible(invite));
        return { message: "Invite revoked", input: { email } };
    }
  }

  #list(query: URLSearchParams): object {
    const { teams } = this.#organization;
    const row = (invite: StoredInvite) => ({
      email: invite.email,
      ...shown(invite),
      teamName: invite.teamId === null ? null : (teams.get(invite.teamId) ?? null),
      createdAt: invite.createdAt,
    });
    // Newest first, as in the vendor's example.
    const listed = this.#organization.all().filter((invite) => !invite.superseded && this.#visible(invite));
    listed.reverse();
    const { pageSize } = this.#style;
    if (pageSize === undefined) return { invites: listed.map(row) };

    const limit = Math.min(wholeNumber(query, "limit") || pageSize, pageSize);
    const offset = wholeNumber(query, "offset");
    const total = listed.length;
    const invites = listed.slice(offset, offset + limit).map(row);
    return { invites, pagination: { total, limit, offset, hasMore: offset + invites.length < total } };
  }

  #visible(invite: StoredInvite): boolean {
    return this.#style.revoked === "kept" || invite.status !== "revoked";
  }
}

/** What both GETs show. `modelId` is absent, not null, while there is none. */
function shown({ status, modelId, teamId }: StoredInvite): object {
  return { status, ...(modelId !== undefined && { modelId }), teamId };
}

function wholeNumber(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? "0";
  if (!/^\d{1,9}$/.test(text)) throw new Refused("bad-request", `${name} must be a whole number`);
  return Number(text);
}
