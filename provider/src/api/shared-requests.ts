import { isApiError } from "../client/errors";
import type { InviteList, ListedInvite } from "../client/types";
import { type Clock, sleep } from "../clock";
import type { CanonicalEmail } from "../invite/email";
import { type Person, peopleByEmail } from "../invite/people";

/** A person's entry in the list of everyone. */
export type PersonEntry = Person<ListedInvite>;

/** A list that fails is not asked for again so soon by callers that can do without it. */
const FAILING_MS = 60_000;

/** Whom the list has and how many of its rows cannot be read. */
export interface Everyone {
  people: ReadonlyMap<CanonicalEmail, PersonEntry>;
  unreadable: number;
}

/** One answer of the API about everyone. */
interface Asked {
  /** When it was sent for, and how many changes had been made by then. Infinite until it is sent. */
  sent: { at: number; changes: number };
  everyone: Promise<Everyone>;
}

/** The list of everyone, fetched once for many questions, and anew about a person whom this process has changed since. */
export class PeopleList {
  private latest?: Asked;
  /** Counted, not timed: times give no order within a millisecond, or after the clock was set back. */
  private changes = 0;
  private readonly lastChanges = new Map<CanonicalEmail, number>();
  private lastChangeElsewhere = 0;
  private failed?: { error: unknown; until: number };

  /** @param fetchAll calls back when the request is sent, again for each repeat: it may have to wait before. */
  constructor(
    private readonly fetchAll: (sent: () => void) => Promise<InviteList>,
    private readonly clock: Clock,
  ) {}

  /**
   * Somebody's entry, and since when that is known.
   *
   * @param maxAgeMs how old the answer may be, in milliseconds, from when it was sent for.
   */
  async find(
    email: CanonicalEmail,
    maxAgeMs: number,
  ): Promise<{ entry: PersonEntry | undefined; askedAt: number }> {
    const change = Math.max(this.lastChanges.get(email) ?? 0, this.lastChangeElsewhere);
    const asked = this.noOlderThan(maxAgeMs, change);
    const { people } = await asked.everyone;
    return { entry: people.get(email), askedAt: asked.sent.at };
  }

  /** The same for callers that can do without: for a minute after a failure it fails at once. */
  async findUnlessFailing(email: CanonicalEmail, maxAgeMs: number): ReturnType<PeopleList["find"]> {
    if (this.failed && this.clock.now() < this.failed.until) throw this.failed.error;
    return this.find(email, maxAgeMs);
  }

  /** @param maxAgeMs as above */
  everyone(maxAgeMs: number): Promise<Everyone> {
    return this.noOlderThan(maxAgeMs, this.changes).everyone;
  }

  /** To be called after each create, revoke and move of this process. */
  changed(email: CanonicalEmail): void {
    this.lastChanges.set(email, ++this.changes);
  }

  /** To be called when another process has changed anything: lists that were asked for before are too old. */
  changedElsewhere(): void {
    this.lastChangeElsewhere = ++this.changes;
  }

  private noOlderThan(maxAgeMs: number, change: number): Asked {
    const { latest } = this;
    const usable = latest && this.clock.now() - latest.sent.at <= maxAgeMs && latest.sent.changes >= change;
    return usable ? latest : this.ask();
  }

  private ask(): Asked {
    const sent = { at: Infinity, changes: Infinity };
    const noteSent = () => void Object.assign(sent, { at: this.clock.now(), changes: this.changes });
    const everyone = this.fetchAll(noteSent).then(({ invites, unreadable }) => ({
      people: peopleByEmail(invites),
      unreadable,
    }));
    const asked = { sent, everyone };
    this.latest = asked;
    everyone.then(
      () => {
        this.failed = undefined;
      },
      (error: unknown) => {
        this.failed = { error, until: this.clock.now() + FAILING_MS };
        if (this.latest === asked) this.latest = undefined;
      },
    );
    return asked;
  }
}

/** One answer for all the people of a run who need it. */
export class SharedAnswer<T> {
  private latest?: { askedAt: number; answer: Promise<T> };

  constructor(
    private readonly fetch: () => Promise<T>,
    private readonly clock: Clock,
  ) {}

  /** Whether this run has asked for it already. */
  get wasAsked(): boolean {
    return this.latest !== undefined;
  }

  /** As it was when this run first asked. A failure too, or each person would wait for the same failure. */
  ofRun(): Promise<T> {
    return (this.latest ?? this.ask()).answer;
  }

  /** @param maxAgeMs how old the answer may be, in milliseconds. */
  noOlderThan(maxAgeMs: number): Promise<T> {
    const { latest } = this;
    const usable = latest && this.clock.now() - latest.askedAt <= maxAgeMs;
    return (usable ? latest : this.ask()).answer;
  }

  /** To be called when something else may have changed it: the answer that is there is too old. */
  changedElsewhere(): void {
    this.latest = undefined;
  }

  private ask() {
    this.latest = { askedAt: this.clock.now(), answer: this.fetch() };
    return this.latest;
  }
}

/** A move waits so long for others into the same team. */
const GATHERING_MS = 5;

/** People in one request. */
const MOST_AT_ONCE = 100;

interface Group {
  emails: string[];
  moved: Promise<void>;
}

/** Moves people into teams: those who are under way to the same team at the same time share a request. */
export class TeamMoves {
  private readonly gathering = new Map<string, Group>();

  constructor(
    private readonly move: (teamId: string, emails: readonly string[]) => Promise<void>,
    private readonly clock: Clock,
  ) {}

  /**
   * If the API refuses a request, each of its people is asked for alone: one who cannot be moved must not keep the
   * others.
   *
   * @param email in the API's own spelling.
   * @throws ApiError
   */
  async into(teamId: string, email: string): Promise<void> {
    const group = this.gathering.get(teamId) ?? this.gather(teamId);
    group.emails.push(email);
    if (group.emails.length === MOST_AT_ONCE) this.gathering.delete(teamId);
    try {
      await group.moved;
    } catch (error) {
      const refused = isApiError(error) && (error.reason === "rejected" || error.reason === "not-found");
      if (!refused || group.emails.length === 1) throw error;
      await this.move(teamId, [email]);
    }
  }

  private gather(teamId: string): Group {
    const emails: string[] = [];
    const moved = sleep(this.clock, GATHERING_MS).then(() => {
      if (this.gathering.get(teamId) === group) this.gathering.delete(teamId);
      return this.move(teamId, emails);
    });
    const group = { emails, moved };
    this.gathering.set(teamId, group);
    return group;
  }
}
