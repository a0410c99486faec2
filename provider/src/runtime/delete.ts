import type { InviteState } from "../membership/invite";
import { personOf } from "../membership/people";
import { hasHeadshots } from "../membership/status";
import { isDeclared } from "./declared";
import { isMovedAlready, isMoving } from "./moves";
import { currentSession, explained } from "./process";
import { VerbError } from "./verb-error";

/** Revokes a person's invite after a fresh look at her status; somebody who is gone already is a success. */
async function deleteInvite(id: string, known: Partial<InviteState>): Promise<void> {
  // An import may have spelt it in another way.
  const email = personOf(id);
  const session = currentSession();
  if (isDeclared(email) && !isMoving(email))
    return session.say(`${email} is declared by another resource, so the invite was not revoked`);
  const forced = known.forceDestroy ?? session.settings.forceDestroy;
  await explained(`${email} was not revoked`, () =>
    session.revoke(email, (found) => {
      if (isMovedAlready(email, found)) return false;
      const { status } = found;
      if (hasHeadshots(status) && !forced)
        throw new VerbError(refusalToRevoke(email, status, known.forceDestroy === false));
      return true;
    }),
  );
}

/** @param protectedHere whether the person's own `forceDestroy: false` said so: it wins over the environment. */
function refusalToRevoke(email: string, status: string, protectedHere: boolean): string {
  const orEnvironment = protectedHere ? "" : ", or run this command with HEADSHOTPRO_FORCE_DESTROY=true";
  return (
    `${email} has headshots (${status}); revoking would delete them for good. To delete them: ` +
    `set forceDestroy: true and run \`pulumi up\` before removing the resource${orEnvironment}. ` +
    "To keep them and stop managing this person: retainOnDelete, or `pulumi state delete`."
  );
}

export { deleteInvite as delete };
