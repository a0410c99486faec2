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
  /**
   * 24 hexadecimal digits, from the upload on until the model is deleted. The invite to a next shoot has the model of
   * the last one.
   */
  modelId?: string;
  /** When the shoot of this model was completed: retention and the next shoot count from here. */
  completedAt?: string;
  /** Over, and the person was invited again since: no end point shows it. */
  superseded?: true;
}

/** What may change in an invite. */
export interface Changes {
  status?: string;
  teamId?: string | null;
  /** Undefined takes it away. */
  modelId?: string | undefined;
  /** Undefined takes it away. */
  completedAt?: string | undefined;
  expiresAt?: string;
  /** The invite to a next shoot has a link and a date of its own. */
  id?: string;
  createdAt?: string;
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
export function toExpiry(createdAt: Date): string {
  return new Date(createdAt.getTime() + LIFE_MS).toISOString();
}

/** When an invite was sent whose link ends at a time. */
export function toSent(expiresAt: Date): string {
  return new Date(expiresAt.getTime() - LIFE_MS).toISOString();
}

export function toLink(invite: Pick<StoredInvite, "id">): string {
  return `https://www.headshotpro.com/auth/signup?invite=${invite.id}`;
}

/** Over: the address may be invited again. Every other status, unknown ones too, is live. */
export function isOver(invite: Pick<StoredInvite, "status">): boolean {
  return invite.status === "revoked" || invite.status === "deleted";
}

/** Whether somebody has signed up, now or for an earlier shoot, and still belongs to the organization. */
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

/** Which of several live entries for an address GET answers and revoke ends. */
export type GetAnswers = "newest" | "oldest";

/** How addresses match, and which entry speaks for one. */
export interface EntriesStyle {
  caseSensitive: boolean;
  getAnswers: GetAnswers;
}

/** Every invite there ever was, in order of creation; an address may have several. */
export class Entries {
  readonly #style: EntriesStyle;
  readonly #all: StoredInvite[];
  readonly #shown = new Map<string, StoredInvite[]>();
  #pending = 0;

  constructor(all: StoredInvite[], style: EntriesStyle) {
    this.#style = style;
    this.#all = all;
    for (const entry of all) if (!entry.superseded) this.#show(entry);
  }

  get all(): readonly StoredInvite[] {
    return this.#all;
  }

  /** How many are pending. */
  get pending(): number {
    return this.#pending;
  }

  /** The entry that speaks for an address: a live one, else the newest that is over. */
  find(email: string): StoredInvite | undefined {
    const shown = this.#shown.get(this.#key(email)) ?? [];
    const live = shown.filter((entry) => !isOver(entry));
    return (this.#style.getAnswers === "oldest" ? live[0] : live.at(-1)) ?? shown.at(-1);
  }

  add(entry: StoredInvite): void {
    insert(this.#all, entry);
    this.#show(entry);
  }

  /** Hides what there was for an address; all of it must be over. */
  supersede(email: string): void {
    for (const entry of this.#shown.get(this.#key(email)) ?? []) entry.superseded = true;
    this.#shown.delete(this.#key(email));
  }

  /** The only place that changes an entry, so that the pending count and the order follow. */
  change(entry: StoredInvite, changes: Changes): void {
    if (entry.status === "pending") this.#pending -= 1;
    Object.assign(entry, changes);
    if (entry.status === "pending") this.#pending += 1;
    if (isOver(entry) || entry.modelId === undefined) delete entry.modelId;
    if (entry.modelId === undefined || entry.completedAt === undefined) delete entry.completedAt;
    if (changes.createdAt !== undefined) this.#sort(entry);
  }

  #sort(entry: StoredInvite): void {
    for (const entries of [this.#all, this.#shown.get(this.#key(entry.email)) ?? []]) {
      entries.splice(entries.indexOf(entry), 1);
      insert(entries, entry);
    }
  }

  #show(entry: StoredInvite): void {
    const key = this.#key(entry.email);
    const shown = this.#shown.get(key);
    if (shown) insert(shown, entry);
    else this.#shown.set(key, [entry]);
    if (entry.status === "pending") this.#pending += 1;
  }

  #key(email: string): string {
    return this.#style.caseSensitive ? email : email.toLowerCase();
  }
}

function insert(entries: StoredInvite[], entry: StoredInvite): void {
  const before = entries.findLastIndex(({ createdAt }) => createdAt <= entry.createdAt);
  entries.splice(before + 1, 0, entry);
}
