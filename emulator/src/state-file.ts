import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { OrganizationState } from "./organization";

/** What survives a restart. */
export interface SavedState extends OrganizationState {
  clockOffsetMs: number;
}

const VERSION = 1;

/** Undefined when there is no file yet; throws, and leaves the file alone, when it cannot be read. */
export function loadState(file: string): SavedState | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const state = parse(text);
  if (state) return state;
  throw new Error(
    `the state file ${file} is damaged or not an emulator's; it was left as it is: repair it, or move it away to start afresh`,
  );
}

/** Written aside and renamed, so that a killed emulator leaves the old state or the new, never half. */
export function saveState(file: string, state: SavedState): void {
  const aside = `${file}.${process.pid}.tmp`;
  // For its owner only: who has a link can sign up as that person.
  writeFileSync(aside, `${JSON.stringify({ version: VERSION, ...state })}\n`, { mode: 0o600 });
  renameSync(aside, file);
}

function parse(text: string): SavedState | undefined {
  try {
    const { version, ...state } = JSON.parse(text) as SavedState & { version: number };
    return version === VERSION && isState(state) ? state : undefined;
  } catch {
    return undefined;
  }
}

function isState({ clockOffsetMs, credits, teams, invites, outbox }: SavedState): boolean {
  return (
    Number.isFinite(clockOffsetMs) &&
    Number.isFinite(credits) &&
    isRecordOfStrings(teams) &&
    Array.isArray(invites) &&
    invites.every(isInvite) &&
    Array.isArray(outbox)
  );
}

function isRecordOfStrings(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((name) => typeof name === "string")
  );
}

function isInvite({ id, email, status, createdAt, expiresAt }: SavedState["invites"][number]): boolean {
  return [id, email, status, createdAt, expiresAt].every((field) => typeof field === "string");
}
