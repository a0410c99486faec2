import type { Emulator } from "headshotpro-emulator";
import { isLive } from "./organizations";
import type { Action, Declared, Who } from "./script";

const HOUR_MS = 3_600_000;

/** Of all the people only she is below another domain. */
const DOMAINS: Partial<Record<Who, string>> = { dora: "contractors.example" };

export const emailOf = (who: Who) => `${who}@${DOMAINS[who] ?? "acme.com"}`;

/** What somebody does outside of the stack; nothing, where it cannot happen from where things stand. */
export function act(emulator: Emulator, who: Who, action: Action): void {
  const email = emailOf(who);
  const invite = emulator.invite(email);
  const live = invite !== undefined && isLive(invite);
  const hoursAgo = (hours: number) => new Date(emulator.clock.now().getTime() - hours * HOUR_MS);
  const steps: Record<Action, () => unknown> = {
    accept: () => emulator.accept(email),
    upload: () => emulator.startUpload(email),
    complete: () => live && emulator.setStatus(email, "completed"),
    leave: () => emulator.leave(email),
    "become strange": () => live && emulator.setStatus(email, "archived_by_vendor"),
    "revoke by hand": () => live && emulator.revokeByHand(email),
    // People at the dashboard write names as they like.
    "invite by hand": () => emulator.inviteByHand({ email: email.replace(/^./, (a) => a.toUpperCase()) }),
    "move to T1": () => live && emulator.moveToTeam(email, "T1"),
    "move to T2": () => live && emulator.moveToTeam(email, "T2"),
    "move to no team": () => live && emulator.moveToTeam(email, null),
    "get an older completed entry": () =>
      live && emulator.addEntry({ email, status: "completed", createdAt: hoursAgo(1000) }),
    "get a newer pending entry": () =>
      live && emulator.addEntry({ email, status: "pending", createdAt: hoursAgo(0) }),
  };
  try {
    steps[action]();
  } catch {
    // not from here
  }
}

/** The inputs, as the program writes them. */
export function inputsOf(declared: Declared): Record<string, unknown> {
  const { who, at, loud, team, retainOnDelete, protect, deleteBeforeReplace, ...rest } = declared;
  const spelt = (text: string) => (loud ? ` ${text.toUpperCase()}` : text);
  return { email: spelt(emailOf(who)), ...(team !== undefined && { team: spelt(team) }), ...rest };
}
