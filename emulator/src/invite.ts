/** The statuses of the contract; the API may answer with others. */
export type InviteStatus =
  | "pending"
  | "accepted"
  | "uploading"
  | "generating"
  | "completed"
  | "revoked"
  | "deleted";

/** An invite as the emulator keeps it: more than any one end point shows. */
export interface StoredInvite {
  /** Random and unguessable: whoever has it can sign up. */
  id: string;
  /** As it was given at the invitation, in its own case. */
  email: string;
  /** One of {@link InviteStatus}, or whatever `people.setStatus` was given. */
  status: string;
  teamId: string | null;
  createdAt: string;
  expiresAt: string;
  /** 24 hexadecimal digits, from the upload on until the model is deleted; a next shoot's invite has the last one's. */
  modelId?: string;
  /** When the shoot of this model was completed: from here on retention and the next shoot count. */
  completedAt?: string;
  /** Over, and the person was invited again since: no end point shows it. */
  superseded?: true;
}

/** An e-mail that would have reached a person. */
export interface Email {
  to: string;
  link: string;
  teamId: string | null;
  /** ISO, by the emulator's clock. */
  at: string;
  /** Sent by an admin from the dashboard, not through the API. */
  byHand?: true;
  /** Sent by HeadshotPro itself: the invite to a next shoot. */
  byVendor?: true;
}

const LIFE_MS = 30 * 86_400_000;

/** Links expire 30 days after the invite. */
export function expiryOf(createdAt: Date): string {
  return new Date(createdAt.getTime() + LIFE_MS).toISOString();
}

export function linkOf(invite: Pick<StoredInvite, "id">): string {
  return `https://www.headshotpro.com/auth/signup?invite=${invite.id}`;
}

/** Over: the address may be invited again. Every other status, unknown ones too, is live. */
export function isOver(invite: Pick<StoredInvite, "status">): boolean {
  return invite.status === "revoked" || invite.status === "deleted";
}

/** Whether somebody has signed up, now or for an earlier shoot, and is not gone: those can be assigned to a team. */
export function isMember(invite: StoredInvite): boolean {
  return !isOver(invite) && (invite.status !== "pending" || invite.modelId !== undefined);
}

// Dots make several ways to match a long domain, so the length is checked before the pattern.
const ADDRESS =
  /^[^\s@<>(),;:"\\[\]\p{Cc}]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/iu;

/** Whether the API would take this for an e-mail address: as it stands, nothing is trimmed. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && ADDRESS.test(text);
}
