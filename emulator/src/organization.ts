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
export interface OrganizationContext {
  caseSensitive: boolean;
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

/** One organization: its invites, teams and credits, and the rules that hold for them. */
export class Organization {
  readonly outbox: Email[];
  readonly teams: Map<string, string>;
  readonly #context: OrganizationContext;
  readonly #all: StoredInvite[];
  readonly #current = new Map<string, StoredInvite>();
  #credits: number;
  #pending = 0;

  constructor(state: OrganizationState, context: OrganizationContext) {
    this.#context = context;
    this.#credits = state.credits;
    this.#all = state.invites;
    this.outbox = state.outbox;
    this.teams = new Map(Object.entries(state.teams));
    for (const invite of this.#all) this.#index(invite);
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
    return { credits: this.#credits, teams, invites: this.#all, outbox: this.outbox };
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
    return this.#all;
  }

  /** The one invite of an address that counts: the newest, live or over. */
  find(email: string): StoredInvite | undefined {
    return this.#current.get(this.#key(email));
  }

  /** Invites somebody and e-mails them; throws {@link Refused}, and then nothing has happened. */
  create({ email, teamId }: Invitation, byHand = false): StoredInvite {
    if (!isAddress(email)) throw new Refused("malformed-email");
    const former = this.find(email);
    // A pending invite whose link has expired still counts as live: it has to be revoked first.
    if (former && !isOver(former)) throw new Refused("already-invited");
    if (teamId !== undefined && !this.teams.has(teamId)) throw new Refused("no-team");
    if (this.#credits <= 0) throw new Refused("no-credits");
    if (this.#pending >= this.#credits * 2) throw new Refused("too-many-pending");

    if (former) former.superseded = true;
    const now = this.#context.now();
    const invite: StoredInvite = {
      id: this.#context.newId(16),
      email,
      status: "pending",
      teamId: teamId ?? null,
      createdAt: now.toISOString(),
      expiresAt: expiryOf(now),
    };
    this.#add(invite);
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

  /** Puts one more entry for an address into the list; GET and revoke do not see it. */
  addDuplicate(email: string, status: string, createdAt: Date): void {
    const id = this.#context.newId(16);
    const times = { createdAt: createdAt.toISOString(), expiresAt: expiryOf(createdAt) };
    this.#add({ id, email, status, teamId: null, ...times, duplicate: true });
    this.#context.changed();
  }

  /**
   * The only place that changes an invite, so that the pending count and the state file follow.
   *
   * @param creditsTaken in the same effect, so that no crash comes between the two
   * @returns a copy
   */
  change(
    invite: StoredInvite,
    changes: { status?: string; teamId?: string | null; modelId?: string },
    creditsTaken = 0,
  ): StoredInvite {
    if (invite.status === "pending") this.#pending -= 1;
    Object.assign(invite, changes);
    if (invite.status === "pending") this.#pending += 1;
    if (isOver(invite)) delete invite.modelId;
    this.#credits -= creditsTaken;
    this.#context.changed();
    return { ...invite };
  }

  #send(invite: StoredInvite, byHand: boolean): void {
    const { email: to, teamId, createdAt: at } = invite;
    const email: Email = { to, link: linkOf(invite), teamId, at, ...(byHand && { byHand }) };
    this.outbox.push(email);
    this.#context.changed();
    this.#context.emailed(email);
  }

  #add(invite: StoredInvite): void {
    this.#all.push(invite);
    this.#index(invite);
  }

  #index(invite: StoredInvite): void {
    if (invite.duplicate || invite.superseded) return;
    this.#current.set(this.#key(invite.email), invite);
    if (invite.status === "pending") this.#pending += 1;
  }

  #key(email: string): string {
    return this.#context.caseSensitive ? email : email.toLowerCase();
  }
}
