import type { Emulator, StoredInvite } from "headshotpro-emulator";
import type { Action, Declared, Who } from "./script";

export const KEY = "hp_live_5ecretKey0fTheModel";
export const TEAMS = { T1: "One", T2: "Two" };
/** A team that the API does not know. */
export const NO_TEAM = "T9";

export const emailOf = (who: string) => `${who}@acme.com`;

export function liveAt(emulator: Emulator, email: string): StoredInvite | undefined {
  const invite = emulator.invite(email);
  return invite && invite.status !== "revoked" && invite.status !== "deleted" ? invite : undefined;
}

/** What somebody does outside of the stack; nothing, where it cannot happen from where things stand. */
export function act(emulator: Emulator, who: Who, action: Action): void {
  const email = emailOf(who);
  const steps: Record<Action, () => unknown> = {
    accept: () => emulator.accept(email),
    upload: () => emulator.startUpload(email),
    complete: () => liveAt(emulator, email) && emulator.setStatus(email, "completed"),
    leave: () => emulator.leave(email),
    "become strange": () => liveAt(emulator, email) && emulator.setStatus(email, "archived_by_vendor"),
    "revoke by hand": () => liveAt(emulator, email) && emulator.revokeByHand(email),
    // People at the dashboard write names as they like.
    "invite by hand": () => emulator.inviteByHand({ email: email.replace(/^./, (a) => a.toUpperCase()) }),
    "move to T1": () => liveAt(emulator, email) && emulator.moveToTeam(email, "T1"),
    "move to T2": () => liveAt(emulator, email) && emulator.moveToTeam(email, "T2"),
    "move to no team": () => liveAt(emulator, email) && emulator.moveToTeam(email, null),
  };
  try {
    steps[action]();
  } catch {
    // not from here
  }
}

/** The declaration, as the program writes it. */
export function inputsOf({ who, loud, ...rest }: Declared): Record<string, unknown> {
  const email = emailOf(who);
  return { email: loud ? ` ${email.toUpperCase()}` : email, ...rest };
}
