import { type Automation, type DueEvent, Schedule } from "./automation";
import {
  type Changes,
  type Email,
  Entries,
  type EntriesStyle,
  isAddress,
  isMember,
  isOver,
  type StoredInvite,
  toExpiry,
  toLink,
} from "./invites";
import { Refused } from "./refusals";
import { Teams } from "./teams";

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

/** Who has sent an e-mail, if it was not the API. */
type Sender = Pick<Email, "byHand" | "byVendor">;

/** One organization: its invites, teams and credits, and the rules that hold for them. */
export class Organization {
  readonly uid: string;
  readonly name: string;
  readonly outbox: Email[];
  readonly #context: OrganizationContext;
  readonly #entries: Entries;
  readonly #teams: Teams;
  readonly #schedule: Schedule;
  #credits: number;

  constructor(
    { uid, name, automation, credits, teams, invites, outbox }: OrganizationState,
    context: OrganizationContext,
  ) {
    this.uid = uid;
    this.name = name;
    this.outbox = outbox;
    this.#context = context;
    this.#entries = new Entries(invites, context);
    this.#teams = new Teams(teams);
    this.#schedule = new Schedule(automation);
    this.#credits = credits;
  }

  /** As it is now, for a state file. */
  state(): OrganizationState {
    const { uid, name, automation, credits, outbox } = this;
    return {
      uid,
      name,
      automation,
      credits,
      teams: this.#teams.names,
      invites: [...this.#entries.all],
      outbox,
    };
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
    return this.#schedule.automation;
  }

  /** What became due under the former settings has happened before these hold. */
  set automation(automation: Automation) {
    this.settle();
    this.#schedule.automation = automation;
    this.#context.changed();
  }

  /** How many invites are pending, and how many may be. */
  get pending(): { count: number; limit: number } {
    this.settle();
    return { count: this.#entries.pending, limit: this.#credits * 2 };
  }

  get teams(): Pick<Teams, "names" | "list" | "has" | "nameOf"> {
    return this.#teams;
  }

  /** Every invite there ever was, oldest first. */
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
  create({ email, teamId }: Invitation, sender: Sender = {}): StoredInvite {
    if (!isAddress(email)) throw new Refused("malformed-email");
    const former = this.find(email);
    // A pending invite whose link has expired still counts as live: it has to be revoked first.
    if (former && !isOver(former)) throw new Refused("already-invited");
    if (teamId !== undefined) this.#teams.mustHave(teamId);
    if (this.#credits <= 0) throw new Refused("no-credits");
    if (this.pending.count >= this.pending.limit) throw new Refused("too-many-pending");

    this.#entries.supersede(email);
    const invite = this.#add({
      email,
      status: "pending",
      teamId: teamId ?? null,
      createdAt: this.#context.now(),
    });
    this.#send(invite, sender);
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

  /**
   * Moves members into a team. Nobody is e-mailed, and models stay.
   *
   * @param others what becomes of a request that names people who are no members
   */
  assign(teamId: string, emails: readonly string[], others: "ignored" | "refused"): void {
    this.#teams.mustHave(teamId);
    const known = emails.map((email) => this.find(email)).filter((invite) => invite !== undefined);
    const members = known.filter(isMember);
    if (others === "refused" && members.length < emails.length) throw new Refused("no-member");
    for (const member of members) this.change(member, { teamId });
  }

  /** Puts a team there, or names it anew, whatever the others are called. */
  addTeam(id: string, name: string): void {
    this.#teams.put(id, name);
    this.#context.changed();
  }

  /** Throws {@link Refused} on no name and on one that exists. Returns the team's id. */
  createTeam(name: string): string {
    const id = `team_${this.#context.newId(6)}`;
    this.#teams.create(id, name);
    this.#context.changed();
    return id;
  }

  /** Throws {@link Refused} on no such team, no name and one that exists. */
  renameTeam(id: string, name: string): void {
    this.#teams.rename(id, name);
    this.#context.changed();
  }

  /** Its people stay, without a team. Throws {@link Refused} on no such team. */
  deleteTeam(id: string): void {
    this.#teams.delete(id);
    for (const entry of this.#entries.all)
      if (entry.teamId === id) this.#entries.change(entry, { teamId: null });
    this.#context.changed();
  }

  /** Puts an entry there, whatever the rules of {@link Organization.create} say; nobody is e-mailed. */
  addEntry(entry: NewEntry): StoredInvite {
    const added = this.#add(entry);
    this.#context.changed();
    return { ...added };
  }

  /** HeadshotPro invites somebody again, who keeps the model of the last shoot. */
  inviteToNextShoot(invite: StoredInvite, at: Date, status: string): StoredInvite {
    const dates = { createdAt: at.toISOString(), expiresAt: toExpiry(at) };
    const changed = this.change(invite, { id: this.#context.newId(16), status, ...dates });
    this.#send(invite, { byVendor: true });
    return changed;
  }

  /**
   * The only way to change an invite, so that the state file follows.
   *
   * @param creditsTaken in the same effect, so that no crash comes between the two
   * @returns a copy
   */
  change(invite: StoredInvite, changes: Changes, creditsTaken = 0): StoredInvite {
    const isCompleted = invite.status !== "completed" && changes.status === "completed";
    const end = isCompleted ? { completedAt: this.#context.now().toISOString() } : {};
    this.#entries.change(invite, { ...end, ...changes });
    this.#schedule.changed();
    this.#credits -= creditsTaken;
    this.#context.changed();
    return { ...invite };
  }

  clearOutbox(): void {
    this.outbox.length = 0;
    this.#context.changed();
  }

  /** Does what HeadshotPro does by itself and has become due since the last look. */
  settle(): void {
    for (const [entry, event] of this.#schedule.due(this.#entries.all, this.#context.now().getTime())) {
      this.#carryOut(entry, event);
    }
  }

  #carryOut(entry: StoredInvite, { kind, at }: DueEvent): void {
    if (kind === "next shoot") this.inviteToNextShoot(entry, at, "pending");
    else if (entry.status === "completed") this.change(entry, { status: "deleted" });
    // Somebody who is invited to the next shoot stays invited.
    else this.change(entry, { modelId: undefined });
  }

  #add({ email, status, teamId, createdAt, modelId }: NewEntry): StoredInvite {
    const dates = { createdAt: createdAt.toISOString(), expiresAt: toExpiry(createdAt) };
    const entry: StoredInvite = { id: this.#context.newId(16), email, status, teamId, ...dates };
    if (modelId !== undefined) entry.modelId = modelId;
    if (status === "completed") entry.completedAt = entry.createdAt;
    this.#entries.add(entry);
    this.#schedule.changed();
    return entry;
  }

  #send(invite: StoredInvite, sender: Sender): void {
    const { email: to, teamId, createdAt: at } = invite;
    const email: Email = { to, link: toLink(invite), teamId, at, ...sender };
    this.outbox.push(email);
    this.#context.changed();
    this.#context.emailed(email);
  }
}
