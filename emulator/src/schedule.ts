import { expiryOf, type StoredInvite } from "./invite";

/** What HeadshotPro does by itself, as an admin has set it; undefined is off. */
export interface Automation {
  /** "Delete all user data after … days". */
  retentionDays: number | undefined;
  /** "Send new shoot invite every … months". */
  nextShootMonths: number | undefined;
}

/** Something that becomes due for a person without anybody's doing. */
export interface DueEvent {
  kind: "retention" | "next shoot";
  at: Date;
}

const DAY_MS = 86_400_000;

/** Throws on what the dashboard would not take. */
export function checkAutomation({ retentionDays, nextShootMonths }: Automation): void {
  const isWhole = (value: number | undefined, most: number) =>
    value === undefined || (Number.isInteger(value) && value >= 1 && value <= most);
  if (!isWhole(retentionDays, 3650)) {
    throw new Error(`retentionDays is a whole number from 1 to 3650, not ${retentionDays}`);
  }
  if (!isWhole(nextShootMonths, 60)) {
    throw new Error(`nextShootMonths is a whole number from 1 to 60, not ${nextShootMonths}`);
  }
}

/**
 * What happens to an entry next, and when; undefined if nothing ever does. Both count from the end of the shoot whose
 * model is there: once retention has deleted it, there is no next shoot either.
 */
export function nextEvent(
  { status, createdAt, completedAt, modelId }: StoredInvite,
  { retentionDays, nextShootMonths }: Automation,
): DueEvent | undefined {
  // State files of earlier versions do not tell when a shoot was completed.
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

/** What the invite to a next shoot changes; the model of the last one stays. */
export function nextShoot(at: Date, id: string, status: string) {
  return { id, status, createdAt: at.toISOString(), expiresAt: expiryOf(at) };
}
