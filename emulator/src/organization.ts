import { type Changes, Entries, type EntriesStyle } from "./entries";
import { type Email, expiryOf, isAddress, isMember, isOver, linkOf, type StoredInvite } from "./invite";
import { Refused } from "./refusals";
import { type Automation, checkAutomation, nextEvent, nextShoot } from "./schedule";

/** Everything that outlives a request; what a state file holds, with the clock. */
export interface OrganizationState {
  uid: string;
  name: string;
  automation: Automation;
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
  modelId?: string | undefined;
}

/** One organization: its invites, teams and credits, and the rules that hold for them. */
export class Organization {
  readonly outbox: Email[];
  readonly teams: Map<string, string>;
  readonly #context: OrganizationContext;
  readonly #entries: Entries;
  readonly uid: string;
  readonly name: string;
  #credits: number;
  #automation: Automation;
  /** Nothing happens by itself before, in milliseconds since 1970. */
  #nextDue = 0;

  constructor(state: OrganizationState, context: OrganizationContext) {
    this.#context = context;
    this.uid = state.uid;
    this.name = state.name;
    this.#credits = state.credits;
    checkAutomation(state.automation);
    this.#automation = state.automation;
    this.#entries = new Entries(state.invites, context);
    this.outbox = state.outbox;
    this.teams = new Map(Object.entries(state.teams));
  }

  /** How many invites are pending, and how many may be. */
  get pending(): { count: number; limit: number } {
    this.settle();
    return { count: this.#entries.pending, limit: this.#credits * 2 };
  }

  get credits(): number {
    return this.#credits;
  }

  set credits(credits: number) {
    this.#credits = credits;
    this.#context.changed();
  }

  /** What HeadshotPro does by itself. */
  get automation(): Automation {
    return { ...this.#automation };
  }

  /** From now on: what would have been due before happens at once. */
  set automation(automation: Automation) {
    checkAutomation(automation);
    this.settle();
    this.#automation = automation;
    this.#nextDue = 0;
    this.#context.changed();
  }

  state(): OrganizationState {
    const { uid, name, outbox } = this;
    const teams = Object.fromEntries(this.teams);
    const invites = [...this.#entries.all];
    return { uid, name, automation: this.#automation, credits: this.#credits, teams, invites, outbox };
  }

  /** As the API shows it. */
  profile(): { uid: string; name: string; website: string; teams: { id: string; name: string }[] } {
    const { uid, name } = this;
    const teams = [...this.teams].map(([id, teamName]) => ({ id, name: teamName }));
    return { uid, name, website: "https://example.com", teams };
  }

  /** Puts a team there, or names it anew, whatever the others are called. */
  addTeam(id: string, name: string): void {
    this.teams.set(id, name);
    this.#context.changed();
  }

  /** Throws {@link Refused} on no name and on one that exists, in upper or lower case. */
  createTeam(name: string): string {
    const id = `team_${this.#context.newId(6)}`;
    this.addTeam(id, this.#teamName(name, id));
    return id;
  }

  /** Throws as {@link Organization.createTeam}, and on a team that does not exist. */
  renameTeam(id: string, name: string): void {
    this.#mustHaveTeam(id);
    this.addTeam(id, this.#teamName(name, id));
  }

  /** Its people stay, without a team; throws on a team that does not exist. */
  deleteTeam(id: string): void {
    this.#mustHaveTeam(id);
    this.teams.delete(id);
    for (const entry of this.#entries.all) if (entry.teamId === id) entry.teamId = null;
    this.#context.changed();
  }

  /**
   * Moves members into a team. Nobody is e-mailed, and models stay.
   *
   * @param others what becomes of a request that has people who are no members
   */
  assign(teamId: string, emails: readonly string[], others: "ignored" | "refused"): void {
    this.#mustHaveTeam(teamId);
    const members = emails
      .map((email) => this.find(email))
      .filter((invite) => invite !== undefined)
      .filter(isMember);
    if (others === "refused" && members.length < emails.length) throw new Refused("no-member");
    for (const member of members) this.change(member, { teamId });
  }

  #mustHaveTeam(id: string): void {
    if (!this.teams.has(id)) throw new Refused("no-team");
  }

  #teamName(text: string, id: string): string {
    const name = text.trim();
    if (name === "") throw new Refused("team-name");
    const isTaken = ([other, taken]: [string, string]) =>
      other !== id && taken.trim().toLowerCase() === name.toLowerCase();
    if ([...this.teams].some(isTaken)) throw new Refused("team-exists");
    return name;
  }

  clearOutbox(): void {
    this.outbox.length = 0;
    this.#context.changed();
  }

  all(): readonly StoredInvite[] {
    this.settle();
    return this.#entries.all;
  }

  /** The one invite of an address that counts, live or over. */
  find(email: string): StoredInvite | undefined {
    this.settle();
    return this.#entries.find(email);
  }

  /** Invites somebody and e-mails them; throws {@link Refused}, and then nothing has happened. */
  create({ email, teamId }: Invitation, flags: Pick<Email, "byHand"> = {}): StoredInvite {
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
    this.#send(invite, flags);
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
    if (status === "completed") entry.completedAt = entry.createdAt;
    this.#nextDue = 0;
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
    const completed = invite.status !== "completed" && changes.status === "completed";
    const completedAt = completed ? { completedAt: this.#context.now().toISOString() } : {};
    this.#entries.change(invite, { ...completedAt, ...changes });
    this.#nextDue = 0;
    this.#credits -= creditsTaken;
    this.#context.changed();
    return { ...invite };
  }

  /** HeadshotPro invites somebody again, who keeps the model of the last shoot. */
  inviteToNextShoot(invite: StoredInvite, at: Date, status: string): StoredInvite {
    const changed = this.change(invite, nextShoot(at, this.#context.newId(16), status));
    this.#send(invite, { byVendor: true });
    return changed;
  }

  /** Does what has become due since the last look. */
  settle(): void {
    const { retentionDays, nextShootMonths } = this.#automation;
    const now = this.#context.now().getTime();
    if ((retentionDays ?? nextShootMonths) === undefined || now < this.#nextDue) return;
    let nextDue = Number.POSITIVE_INFINITY;
    for (const entry of [...this.#entries.all]) {
      let event = nextEvent(entry, this.#automation);
      for (; event && event.at.getTime() <= now; event = nextEvent(entry, this.#automation)) {
        if (event.kind === "next shoot") this.inviteToNextShoot(entry, event.at, "pending");
        else if (entry.status === "completed") this.change(entry, { status: "deleted" });
        else this.change(entry, { modelId: undefined });
      }
      if (event) nextDue = Math.min(nextDue, event.at.getTime());
    }
    this.#nextDue = nextDue;
  }

  #invite(email: string, status: string, teamId: string | null, createdAt: Date): StoredInvite {
    const times = { createdAt: createdAt.toISOString(), expiresAt: expiryOf(createdAt) };
    return { id: this.#context.newId(16), email, status, teamId, ...times };
  }

  #send(invite: StoredInvite, flags: Pick<Email, "byHand" | "byVendor">): void {
    const { email: to, teamId, createdAt: at } = invite;
    const email: Email = { to, link: linkOf(invite), teamId, at, ...flags };
    this.outbox.push(email);
    this.#context.changed();
    this.#context.emailed(email);
  }
}
