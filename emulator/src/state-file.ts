import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isShowable } from "./clock";
import type { OrganizationState } from "./organization";

/** What survives a restart. */
export interface SavedState extends OrganizationState {
  clockOffsetMs: number;
}

/** Earlier versions wrote neither of these. */
export type LoadedState = Omit<SavedState, Later> & Partial<Pick<SavedState, Later>>;
type Later = "uid" | "name" | "automation";

const VERSION = 1;

/** Undefined when there is no file yet; throws, and leaves the file alone, when it cannot be read. */
export function loadState(file: string): LoadedState | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new Error(`the state file ${file} cannot be read (${errorCode(error)}): choose another file`);
  }
  const state = parse(text);
  if (state) return state;
  throw new Error(
    `the state file ${file} is damaged or not an emulator's; it was left as it is: repair it, or move it away to start afresh`,
  );
}

/** Throws if {@link saveState} could not write. Leaves the file alone: another emulator may be using it. */
export function checkWritable(file: string): void {
  const aside = toAside(file);
  try {
    writeFileSync(aside, "");
    rmSync(aside);
  } catch (error) {
    throw new Error(
      `the state file ${file} cannot be written (${errorCode(error)}): make its folder writable, or choose another file`,
    );
  }
}

/** Written aside and renamed, so that a killed emulator leaves the old state or the new, never half. */
export function saveState(file: string, state: SavedState): void {
  const aside = toAside(file);
  try {
    // For its owner only: who has a link can sign up as that person.
    writeFileSync(aside, `${JSON.stringify({ version: VERSION, ...state })}\n`, { mode: 0o600 });
    renameSync(aside, file);
  } catch (error) {
    rmSync(aside, { force: true });
    throw new Error(
      `the state file ${file} cannot be written (${errorCode(error)}): what was just done is kept in memory only, until a later change can be written`,
    );
  }
}

function toAside(file: string): string {
  return `${file}.${process.pid}.tmp`;
}

function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function parse(text: string): LoadedState | undefined {
  try {
    const { version, ...state } = JSON.parse(text) as LoadedState & { version: number };
    return version === VERSION && isState(state) ? state : undefined;
  } catch {
    return undefined;
  }
}

function isState({ clockOffsetMs, credits, teams, invites, outbox, ...later }: LoadedState): boolean {
  return (
    typeof clockOffsetMs === "number" &&
    isShowable(Date.now() + clockOffsetMs) &&
    Number.isFinite(credits) &&
    isRecordOf("string", teams) &&
    Array.isArray(invites) &&
    invites.every(isInvite) &&
    Array.isArray(outbox) &&
    ["string", "undefined"].includes(typeof later.uid) &&
    ["string", "undefined"].includes(typeof later.name) &&
    (later.automation === undefined || isRecordOf("number", later.automation))
  );
}

function isRecordOf(type: "string" | "number", value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && Object.values(value).every((one) => typeof one === type)
  );
}

function isInvite({ id, email, status, createdAt, expiresAt }: SavedState["invites"][number]): boolean {
  return [id, email, status, createdAt, expiresAt].every((field) => typeof field === "string");
}
