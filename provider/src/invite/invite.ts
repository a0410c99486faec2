import { type CanonicalEmail, personOf } from "./email";

/** What a program declares of one person, checked. */
export interface InviteInputs {
  email: CanonicalEmail;
  teamId?: string;
  /** The name by which the program gives `teamId`. */
  team?: string;
  adopt?: boolean;
  forceDestroy?: boolean;
  maxRenewals?: number;
  resend?: number;
  /** Whether the sign-up link is recorded. */
  keepLink?: boolean;
}

/** What the state keeps of one person: the declaration and what was last seen of them at the API. */
export interface InviteState extends InviteInputs {
  status: string;
  modelId?: string;
  teamName?: string;
  createdAt?: string;
  expiresAt?: string;
  adopted: boolean;
  renewals: number;
  link?: string;
  /** Whose organization it is, as `formatOrganization` writes it; earlier versions did not say. */
  __organization?: string;
}

/** A state, or part of one, as it comes from the engine: whoever wrote it may have spelt the address in another way. */
export type StoredState = Partial<Omit<InviteState, "email">> & { email?: string };

/** A person as any of the API's end points shows them. */
export interface SeenInvite {
  status: string;
  modelId?: string;
  teamId?: string;
  teamName?: string;
  createdAt?: string;
}

/** What makes an invite another one; the name as the state has it. */
export type ReplacedProperty = "email" | "__organization";

/** How often an expired invite is sent again if the program does not say. */
export const DEFAULT_MAX_RENEWALS = 3;

/** The outputs that are secret: whoever has the link can sign up as the person. */
export const SECRET_OUTPUTS: readonly string[] = ["link"];

/**
 * The state after a fresh look: what was seen replaces what was known, and what this end point does not tell
 * (GET has no date and no team name) is kept.
 *
 * `teamId` is where the person *is*, so that a difference from the declared team comes to light. The declared name is
 * not that team's, so it goes: the next `check` asks again which team it means.
 */
export function withSeen(
  known: Omit<InviteState, "status"> & { status?: string },
  seen: SeenInvite,
): InviteState {
  const sameTeam = seen.teamId === known.teamId;
  const { link, createdAt, ...rest } = isInvitedAnew(known, seen)
    ? { ...known, link: undefined, createdAt: undefined }
    : known;
  const isAnother = isLater(seen.createdAt, createdAt) || isLater(createdAt, seen.createdAt);
  return dated({
    ...rest,
    // The link of somebody deleted, or of an invite that another one has taken the place of, leads nowhere.
    ...(seen.status === "deleted" || isAnother ? {} : { link }),
    status: seen.status,
    modelId: seen.modelId,
    teamId: seen.teamId,
    team: sameTeam ? known.team : undefined,
    teamName: seen.teamName ?? (sameTeam ? known.teamName : undefined),
    createdAt: seen.createdAt ?? createdAt,
  });
}

/**
 * Whether a pending invite cannot be the known one, which was used or is over: HeadshotPro has invited the person to
 * another shoot, say, and a model that the known one had not tells of the shoot between. Its date is another one, and
 * GET has none.
 */
export function isInvitedAnew(known: { status?: string; modelId?: string }, seen: SeenInvite): boolean {
  const isUsed = ![undefined, "unknown", "pending"].includes(known.status);
  const hasNewModel = known.status === "pending" && seen.modelId !== undefined && known.modelId === undefined;
  return seen.status === "pending" && (isUsed || hasNewModel);
}

/** Between sending an invite and the API's record of it there are moments, and clocks differ. */
const MOMENTS_MS = 60_000;

/** A known date may be that of a reply to the second, which is no earlier than the invite's own. */
export const SAME_INVITE_MS = 2_000;

/** Whether an invite was sent after another, by more than a margin. What is not known is not later. */
export function isLater(
  seen: string | undefined,
  known: string | undefined,
  marginMs: number = MOMENTS_MS,
): boolean {
  return Date.parse(seen ?? "") - Date.parse(known ?? "") > marginMs;
}

/** Sets `expiresAt` from the other properties: only a pending invite has a link that can expire. */
export function dated(state: InviteState): InviteState {
  return { ...state, expiresAt: state.status === "pending" ? expiryOf(state.createdAt) : undefined };
}

/**
 * A state as an import or an earlier version may have left it. What is missing (or null) is filled in: the
 * person was found rather than invited, and a status that nobody has looked at yet is an unknown one. An address
 * that is not canonical is made so: taken as it is, it would be another person's, and replaced.
 */
export function stateOf(stored: StoredState & { email: string }): InviteState {
  // Earlier versions recorded the link's key as well.
  const { inviteId, ...rest } = stored as StoredState & { inviteId?: unknown };
  const known = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null);
  return {
    status: "unknown",
    adopted: true,
    renewals: 0,
    ...Object.fromEntries(known),
    email: personOf(stored.email),
  };
}

/** "Invite links expire after 30 days" (the vendor's reference, Create Invite). */
const LIFETIME_DAYS = 30;

/** A day, or a time with its zone. Date.parse alone takes "1" as well, and a time without zone as local. */
const ISO_8601 = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d))?$/;

/** A time as the `Date` header tells it: in whole seconds. */
const WHOLE_SECONDS = /T\d\d:\d\d:\d\d(Z|[+-])/;

/**
 * When the link of an invite stops working: 30 days after it was sent.
 *
 * @param createdAt ISO 8601; anything else answers undefined.
 * @returns ISO 8601 in UTC, as precise as `createdAt`; undefined if it is not known.
 * @example
 * expiryOf("2026-11-01T09:00:00.000Z"); // "2026-12-01T09:00:00.000Z"
 * expiryOf("2026-11-01T09:00:00Z"); // "2026-12-01T09:00:00Z"
 */
export function expiryOf(createdAt: string | undefined): string | undefined {
  if (createdAt === undefined || !ISO_8601.test(createdAt)) return undefined;
  const expiry = new Date(Date.parse(createdAt) + LIFETIME_DAYS * 24 * 60 * 60 * 1000);
  if (Number.isNaN(expiry.getTime())) return undefined;
  return WHOLE_SECONDS.test(createdAt) ? inSeconds(expiry) : expiry.toISOString();
}

/** A time in whole seconds, as the `Date` header tells it. @example "2026-12-01T09:00:00Z" */
export function inSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}
