import { isOver, type StoredInvite } from "./invite";

/** Which of several live entries for an address GET answers and revoke ends. */
export type GetAnswers = "newest" | "oldest";

/** How addresses match, and which entry speaks for one. */
export interface EntriesStyle {
  caseSensitive: boolean;
  getAnswers: GetAnswers;
}

/** What may change in an invite. */
export interface Changes {
  status?: string;
  teamId?: string | null;
  /** Undefined takes it away. */
  modelId?: string | undefined;
  completedAt?: string | undefined;
  expiresAt?: string;
  /** Of an invite to a next shoot, which has a link of its own. */
  id?: string;
  createdAt?: string;
}

/** Every entry there ever was, in order of creation; an address may have several. */
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

  /** The only place that changes an entry, so that the pending count follows. */
  change(entry: StoredInvite, changes: Changes): void {
    if (entry.status === "pending") this.#pending -= 1;
    Object.assign(entry, changes);
    if (entry.status === "pending") this.#pending += 1;
    if (isOver(entry) || entry.modelId === undefined) delete entry.modelId;
    if (entry.modelId === undefined || entry.completedAt === undefined) delete entry.completedAt;
    if (changes.createdAt !== undefined) this.#sort(entry);
  }

  /** Puts an entry where its new date belongs. */
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
