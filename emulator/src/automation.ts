import type { StoredInvite } from "./invites";

/** What HeadshotPro does by itself, as an admin has set it; undefined is off. */
export interface Automation {
  /** "Delete all user data after … days": 1 to 3650. */
  retentionDays: number | undefined;
  /** "Send new shoot invite every … months": 1 to 60. */
  nextShootMonths: number | undefined;
}

/** Something that happens to an entry without anybody's doing. */
export interface DueEvent {
  kind: "retention" | "next shoot";
  at: Date;
}

const DAY_MS = 86_400_000;

/**
 * What happens to an entry next, and when; undefined if nothing ever does. Both count from the end of the shoot whose
 * model is there: once retention has deleted the model, there is no next shoot either.
 */
function nextEvent(
  { status, createdAt, completedAt, modelId }: StoredInvite,
  { retentionDays, nextShootMonths }: Automation,
): DueEvent | undefined {
  // State files of earlier versions have no date of completion.
  const end = completedAt ?? (status === "completed" ? createdAt : undefined);
  if (end === undefined || modelId === undefined) return undefined;
  const events: DueEvent[] = [];
  if (retentionDays !== undefined) {
    events.push({ kind: "retention", at: new Date(Date.parse(end) + retentionDays * DAY_MS) });
  }
  if (nextShootMonths !== undefined && status === "completed") {
    const at = new Date(end);
    at.setUTCMonth(at.getUTCMonth() + nextShootMonths);
    events.push({ kind: "next shoot", at });
  }
  return events.sort((one, other) => one.at.getTime() - other.at.getTime())[0];
}

/** Finds what is due, without a look at every entry each time. */
export class Schedule {
  #automation: Automation;
  /** Nothing is due before, in milliseconds since 1970. */
  #nextDue = 0;

  /** Throws on what the dashboard would not take. */
  constructor(automation: Automation) {
    this.#automation = check(automation);
  }

  get automation(): Automation {
    return { ...this.#automation };
  }

  set automation(automation: Automation) {
    this.#automation = check(automation);
    this.#nextDue = 0;
  }

  /** An entry was added or changed. */
  changed(): void {
    this.#nextDue = 0;
  }

  /** What is due by now, entry by entry, each in the order of time; the caller carries each out before it takes the next. */
  *due(entries: readonly StoredInvite[], now: number): Generator<[StoredInvite, DueEvent]> {
    const { retentionDays, nextShootMonths } = this.#automation;
    if ((retentionDays ?? nextShootMonths) === undefined || now < this.#nextDue) return;
    let nextDue = Number.POSITIVE_INFINITY;
    for (const entry of [...entries]) {
      let event = nextEvent(entry, this.#automation);
      for (; event && event.at.getTime() <= now; event = nextEvent(entry, this.#automation)) {
        yield [entry, event];
      }
      if (event) nextDue = Math.min(nextDue, event.at.getTime());
    }
    this.#nextDue = nextDue;
  }
}

function check({ retentionDays, nextShootMonths }: Automation): Automation {
  const automation = { retentionDays, nextShootMonths };
  const most = { retentionDays: 3650, nextShootMonths: 60 };
  for (const [name, value] of Object.entries(automation)) {
    const highest = most[name as keyof typeof most];
    if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= highest)) continue;
    throw new Error(`${name} is a whole number from 1 to ${highest}, not ${value}`);
  }
  return automation;
}
