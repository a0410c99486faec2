import { type CanonicalEmail, personOf } from "../invite/email";
import { isOver, refusalToRevoke } from "../invite/headshots-guard";
import { type StoredState, stateOf } from "../invite/invite";
import { reachedOrganization } from "../invite/organization";
import { UserError } from "../user-error";
import type { Context } from "./context";
import { ownership, unclearOwnership } from "./peers";

/**
 * Revokes a person's invite after a fresh look; somebody who is gone or `deleted` already is a success. The program may
 * declare the person still: in a renamed resource, in one of two that swap, in a resource that the engine was told to
 * replace, or by another provider. The invite is theirs by then.
 *
 * @throws UserError if the person has headshots that may not be deleted, or if it is not known whose the invite is.
 */
export async function deleteInvite(context: Context, id: string, known: StoredState): Promise<void> {
  // An import may have spelt it in another way.
  const email = personOf(id);
  const endDelete = context.people.startDelete(email);
  let isGone = false;
  try {
    isGone = await revoke(context, email, known);
  } finally {
    endDelete(isGone);
  }
}

/** @returns whether there is no invite any more. */
async function revoke(context: Context, email: CanonicalEmail, known: StoredState): Promise<boolean> {
  const { session } = context;
  const failed = `${email} was not revoked`;
  let owner = await ownerOf(context, email, known, failed);
  while (owner.stays === undefined) {
    const look = await context.explained(failed, session.lookToRevoke(email));
    if (!look.found || isOver(look.found.status)) return true;
    // The program may have come to them meanwhile, in this process or in another one.
    owner = await ownerOf(context, email, known, failed);
    if (owner.stays !== undefined) break;
    const { forbids } = owner;
    const allowed = !forbids && (known.forceDestroy ?? session.settings.forceDestroy);
    const isProtected = forbids || known.forceDestroy === false;
    const why = refusalToRevoke(email, look.found, { allowed, isProtected, isDirect: context.isDirect });
    if (why !== undefined) throw new UserError(why);
    const requireTime = () => context.timeLimits.requireTime(failed);
    const outcome = await context.explained(failed, session.revokeSeen(email, look, requireTime));
    if (outcome !== "stale") return true;
  }
  context.log(`${email} stays invited: ${owner.stays}`);
  return false;
}

/**
 * Whose the invite is by now, as far as the program, the other providers of this run and the state tell.
 *
 * @returns why it stays, if somebody declares the person, and whether another provider forbids that headshots are deleted.
 */
async function ownerOf(
  context: Context,
  email: CanonicalEmail,
  known: StoredState,
  failed: string,
): Promise<{ stays?: string; forbids: boolean }> {
  if (context.people.declared(email) !== undefined)
    return { stays: declaredText(context, email, known), forbids: false };
  const state = stateOf({ ...known, email });
  await context.reachOrganization(state.__organization, email, failed);
  const { organization, surroundings } = context;
  if (!organization) return { forbids: false };
  const mine = reachedOrganization(state.__organization, organization);
  const declarations = surroundings.peers.declarationsOf(email);
  const { isTheirs, isUnclear, forbids } = ownership(mine, declarations);
  if (isUnclear) throw new UserError(unclearOwnership(failed, mine, declarations));
  const stays = "another provider declares them in the same organization, so nothing was revoked or sent";
  return isTheirs ? { stays, forbids } : { forbids };
}

function declaredText(context: Context, email: CanonicalEmail, known: StoredState): string {
  // The engine gives the outputs of a resource that it was told to replace (or that was renamed) to nobody but us.
  const isLinkLost = known.link !== undefined && !context.people.recorded(email);
  return (
    "the program still declares them, so the old resource was removed without a revoke or an e-mail" +
    `${isLinkLost ? "; its sign-up link is not recorded any more" : ""}. To send the invite again: raise \`resend\``
  );
}
