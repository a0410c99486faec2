import type { Team } from "../invite/team";

/** One person's invite, as the API tells of one person. */
export interface Invite {
  /**
   * In the API's spelling, since a revoke has to call people as the API does; compare addresses without case. What
   * is no address is cleaned for printing.
   */
  email: string;
  /** `pending`, `accepted`, `uploading`, `generating`, `completed`, `revoked`, `deleted`, or what the API adds later. */
  status: string;
  /** The model that headshots are made with, once there is one. */
  modelId?: string;
  teamId?: string;
}

/** One person's invite as the list carries it. A status that cannot be read there is `unknown`. */
export interface ListedInvite extends Invite {
  teamName?: string;
  /** When the invite was sent: ISO 8601, as the API writes it. */
  createdAt?: string;
}

/** Everyone in the organization. */
export interface InviteList {
  invites: ListedInvite[];
  /** How many rows of the list cannot be read. `invites` is everyone only if it is 0. */
  unreadable: number;
}

/** Whose API key it is. */
export interface OrganizationInfo {
  /** Names the organization: the same for each of its keys. */
  uid: string;
  name?: string;
  /** Undefined if the API does not tell them here. */
  teams?: Team[];
}

/** An invite that was sent just now. */
export interface SentInvite {
  inviteId: string;
  /** The personal sign-up link. Whoever has it can sign up in the person's place: a secret. */
  link?: string;
  teamId?: string;
  /** By the API's clock, which tells whole seconds: ISO 8601. */
  sentAt: string;
}
