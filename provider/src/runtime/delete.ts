import { isHeadshotProError } from "../client";
import type { InviteState } from "../membership/invite";
import { hasHeadshots } from "../membership/status";
import { currentSession, explained } from "./process";
import type { Session } from "./session";
import { VerbError } from "./verb-error";

/** Revokes a person's invite after a fresh look at her status; somebody who is gone already is a success. */
async function deleteInvite(id: string, known: InviteState): Promise<void> {
  const session = currentSession();
  await explained(`${id} was not revoked`, () =>
    revokeUnlessGuarded(session, id, known.forceDestroy ?? false),
  );
}

async function revokeUnlessGuarded(session: Session, email: string, forceDestroy: boolean): Promise<void> {
  const found = await session.lookUp(email);
  if (!found) return;
  if (hasHeadshots(found.status) && !forceDestroy && !session.settings.forceDestroy) {
    throw new VerbError(
      `${email} has headshots (${found.status}); revoking would delete them for good. ` +
        "To delete them: set forceDestroy: true and run `pulumi up` before removing the resource, or run this " +
        "command with HEADSHOTPRO_FORCE_DESTROY=true. To keep them and stop managing this person: " +
        "retainOnDelete, or `pulumi state delete`.",
    );
  }
  try {
    await session.revoke(email, found);
  } catch (error) {
    // The vendor's reference has no code for "already revoked", so a refusal is looked into.
    const refused = isHeadshotProError(error) && error.reason === "rejected";
    if (!refused || (await session.lookUp(email))) throw error;
  }
}

export { deleteInvite as delete };
