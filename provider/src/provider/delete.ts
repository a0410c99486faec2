import type { CanonicalEmail } from "../invite/email";
import { refusalToRevoke } from "../invite/headshots-guard";
import type { StoredState } from "../invite/invite";
import { personOf } from "../invite/people";
import { UserError } from "../user-error";
import { ownership, unclearOwnership } from "./peers";
import type { Run } from "./run";

/**
 * See {@link InviteProvider.delete}. The program may declare the person still: in a renamed resource, in one of two
 * that swap, in a resource that the engine was told to replace, or by another provider. The invite is theirs by then.
 */
export function deleteInvite(run: Run, id: string, known: StoredState): Promise<void> {
  // An import may have spelt it in another way.
  const email = personOf(id);
  return run.notes.leave(email, () => revoked(run, email, known));
}

/** @returns whether there is no invite any more. */
async function revoked(run: Run, email: CanonicalEmail, known: StoredState): Promise<boolean> {
  const failed = `${email} was not revoked`;
  const isDeclared = () => run.notes.declared(email) !== undefined;
  const stays = (line: string) => {
    run.say(`${email} stays invited: ${line}`);
    return false;
  };
  if (isDeclared()) return stays(declaredLine(run, email, known));
  const mine = run.organization ?? { key: "" };
  const declarations = run.surroundings.peers.declarationsOf(email);
  const { isTheirs, isUnclear, forbids } = ownership(mine, declarations);
  if (isUnclear) throw new UserError(unclearOwnership(failed, mine, declarations));
  if (isTheirs)
    return stays("another provider declares them in the same organization, so nothing was revoked or sent");
  const allowed = !forbids && (known.forceDestroy ?? run.session.settings.forceDestroy);
  const revoke = () =>
    run.session.revoke(email, ({ status }) => {
      // The program may have come to them meanwhile.
      if (isDeclared()) return false;
      const refusal = refusalToRevoke(email, status, allowed, forbids || known.forceDestroy === false);
      if (refusal !== undefined) throw new UserError(refusal);
      return true;
    });
  const left = await run.explained(failed, revoke);
  return left === undefined || stays(declaredLine(run, email, known));
}

function declaredLine(run: Run, email: CanonicalEmail, known: StoredState): string {
  return (
    "the program still declares them, so the old resource was removed without a revoke or an e-mail" +
    `${linkLost(run, email, known)}. To send the invite again: raise \`resend\``
  );
}

/** The engine gives the outputs of a resource that it was told to replace (or that was renamed) to nobody but us. */
function linkLost(run: Run, email: CanonicalEmail, known: StoredState): string {
  return known.link !== undefined && !run.notes.recorded(email)
    ? "; its sign-up link is not recorded any more"
    : "";
}
