import { type Changes, Entries, type EntriesStyle } from "./entries";
import { type Email, expiryOf, isAddress, isOver, linkOf, type StoredInvite } from "./invite";
import { Refused } from "./refusals";

/** Everything that outlives a request; what a state file holds, with the clock. */
export interface OrganizationState {
  credits: number;
  teams: Record<string, string>;
  invites: StoredInvite[];
  outbox: Email[];
}

/** What the organization needs from outside, so that its rules stay free of I/O. */
export interface OrganizationContext extends EntriesStyle {
  now(): Date;
  /** A random identifier of so many bytes, in hexadecimal digits. */
  newId(bytes: number): string;
  /** Runs after every effect. */
  changed(): void;
  /** Runs for every e-mail sent. */
  emailed(email: Email): void;
}

/** An invitation to send. */
export interface Invitation {
  email: string;
  teamId?: string | undefined;
}

/** An entry that did not come about by an invitation. */
export interface NewEntry {
  email: string;
  status: string;
  teamId: string | null;
  createdAt: Date;
  modelId?: string;
}

/** One organization: its invites, teams and credits, and the rules that hold for them. */
export class Organization {
  readonly outbox: Email[];
  readonly teams: Map<string, string>;
  readonly #context: OrganizationContext;
  readonly #entries: Entries;
  #credits: number;

  constructor(state: OrganizationState, context: OrganizationContext) {
    this.#context = context;
    this.#credits = state.credits;
    this.#entries = new Entries(state.invites, context);
    this.outbox = state.outbox;
    this.teams = new Map(Object.entries(state.teams));
  }

  /** How many invites are pending, and how many may be. */
  get pending(): { count: number; limit: number } {
    return { count: this.#entries.pending, limit: this.#credits * 2 };
  }

  get credits(): number {
    return this.#credits;
  }

  set credits(credits: number) {
    this.#credits = credits;
    this.#context.changed();
  }

  state(): OrganizationState {
    const teams = Object.fromEntries(this.teams);
    return { credits: this.#credits, teams, invites: [...this.all()], outbox: this.outbox };
  }

  addTeam(id: string, name: string): void {
    this.teams.set(id, name);
    this.#context.changed();
  }

  clearOutbox(): void {
    this.outbox.length = 0;
    this.#context.changed();
  }

  all(): readonly StoredInvite[] {
    return this.#entries.all;
  }

  /** The one invite of an address that counts, live or over. */
  find(email: string): StoredInvite | undefined {
    return this.#entries.find(email);
  }

  /** Invites somebody and e-mails them; throws {@link Refused}, and then nothing has happened. */
  create({ email, teamId }: Invitation, byHand = false): StoredInvite {
    if (!isAddress(email)) throw new Refused("malformed-email");
    const former = this.find(email);
    // A pending invite whose link has expired still counts as live: it has to be revoked first.
    if (former && !isOver(former)) throw new Refused("already-invited");
    if (teamId !== undefined && !this.teams.has(teamId)) throw new Refused("no-team");
    if (this.#credits <= 0) throw new Refused("no-credits");
    if (this.pending.count >= this.pending.limit) throw new Refused("too-many-pending");

    this.#entries.supersede(email);
    const invite = this.#invite(email, "pending", teamId ?? null, this.#context.now());
    this.#entries.add(invite);
    this.#send(invite, byHand);
    return { ...invite };
  }

  /**
   * Ends an invite and deletes its model. Credits stay as they are: an unused invite never took one
   * (credits are consumed at upload), and the credit of a used one is spent.
   */
  revoke(email: string, visible: (invite: StoredInvite) => boolean): StoredInvite {
    const invite = this.find(email);
    if (!invite || !visible(invite)) throw new Refused("no-invite");
    if (isOver(invite)) throw new Refused("already-over");
    return this.change(invite, { status: "revoked" });
  }

  /** Puts an entry there, whatever the rules of {@link Organization.create} say; nobody is e-mailed. */
  addEntry({ email, status, teamId, createdAt, modelId }: NewEntry): StoredInvite {
    const entry = this.#invite(email, status, teamId, createdAt);
    if (modelId !== undefined) entry.modelId = modelId;
    this.#entries.add(entry);
    this.#context.changed();
    return { ...entry };
  }

  /**
   * The only way to change an invite, so that the state file follows.
   *
   * @param creditsTaken in the same effect, so that no crash comes between the two
   * @returns a copy
   */
  change(invite: StoredInvite, changes: Changes, creditsTaken = 0): StoredInvite {
    this.#entries.change(invite, changes);
    this.#credits -= creditsTaken;
    this.#context.changed();
    return { ...invite };
  }

  #invite(email: string, status: string, teamId: string | null, createdAt: Date): StoredInvite {
    const times = { createdAt: createdAt.toISOString(), expiresAt: expiryOf(createdAt) };
    return { id: this.#context.newId(16), email, status, teamId, ...times };
  }

  #send(invite: StoredInvite, byHand: boolean): void {
    const { email: to, teamId, createdAt: at } = invite;
    const email: Email = { to, link: linkOf(invite), teamId, at, ...(byHand && { byHand }) };
    this.outbox.push(email);
    this.#context.changed();
    this.#context.emailed(email);
  }
}
