import type { ReplacedProperty, SendReason } from "./difference";
import { UNKNOWN } from "./inputs";
import type { InviteInputs, InviteState } from "./invite";
import { hasHeadshots } from "./status";
import { teamText } from "./team";

/** `forceDestroy` of one person as the program being applied has it, as the state has it, and if neither says it. */
export interface Consent {
  program: boolean | undefined;
  recorded: boolean | undefined;
  /** The configuration's, or the environment's. */
  byDefault: boolean;
}

/**
 * Whether headshots may be deleted. Both have to say so, each for itself or by the default: a `false` in the program
 * wins over everything, a flag that the program has just dropped is withdrawn, and one that it has just got was not
 * reviewed by an `up` of its own yet.
 *
 * @example
 * mayDelete({ program: false, recorded: true, byDefault: true }); // false
 * mayDelete({ program: undefined, recorded: true, byDefault: false }); // false: just dropped
 */
export function mayDelete({ program, recorded, byDefault }: Consent): boolean {
  return (program ?? byDefault) && (recorded ?? byDefault);
}

/** Why an invite must not be taken away to be sent again, or undefined if it may. */
export function refusalToSend(
  state: InviteState,
  declared: InviteInputs,
  reasons: readonly SendReason[],
  byDefault: boolean,
): string | undefined {
  const consent = { program: declared.forceDestroy, recorded: state.forceDestroy, byDefault };
  // A preview may not know the team yet: it shows the move as possible, and the `up` decides.
  const moves = reasons.includes("team") && declared.teamId !== UNKNOWN;
  if (!moves || !hasHeadshots(state.status) || mayDelete(consent)) return undefined;
  return refusal(
    state,
    declared,
    `a move to ${teamText(declared)}`,
    `leave ${declared.team === undefined ? "teamId" : "team"} out`,
  );
}

/**
 * Why a replacement must not happen, or undefined if it may.
 *
 * The old invite is revoked by what the *state* says of it. So a `forceDestroy` that arrives in the same `up` comes
 * too late, and one that is taken back in the same `up` would still hold: that is refused whatever the status, since
 * the state may not know of the headshots.
 */
export function refusalToReplace(
  state: InviteState,
  declared: InviteInputs,
  properties: readonly ReplacedProperty[],
  byDefault: boolean,
): string | undefined {
  // As for a team: not known yet.
  if (properties.every((property) => property === "email" && declared.email === UNKNOWN)) return undefined;
  const consent = { program: declared.forceDestroy, recorded: state.forceDestroy, byDefault };
  const otherPerson = properties.includes("email");
  if (!mayDelete(consent) && (state.forceDestroy ?? byDefault))
    return (
      `${state.email} may no longer lose headshots under this program, but the state still allows it. Run ` +
      "`pulumi up` with forceDestroy: false alone first, then make this change."
    );
  if (!hasHeadshots(state.status) || mayDelete(consent)) return undefined;
  return otherPerson
    ? refusal(
        state,
        declared,
        "inviting another address in their place",
        "declare the new address as another resource",
      )
    : refusal(state, declared, "a move to another organization", "leave the provider as it was");
}

function refusal(state: InviteState, declared: InviteInputs, change: string, keep: string): string {
  const wayOut = declared.forceDestroy
    ? "forceDestroy is new in this program: run `pulumi up` with it alone first, then make this change."
    : "To delete them: set forceDestroy: true, run `pulumi up`, then make this change.";
  return (
    `${state.email} has headshots (${state.status}); ${change} would delete them for good. ` +
    `${wayOut} To keep them: undo the change, or ${keep}.`
  );
}

/**
 * Why a person's invite must not be revoked, or undefined if it may: the resource is leaving the stack.
 *
 * @param protectedHere whether `forceDestroy: false` said so, of the state or of the program: it wins over the
 * environment.
 */
export function refusalToRevoke(
  email: string,
  status: string,
  allowed: boolean,
  protectedHere: boolean,
): string | undefined {
  if (allowed || !hasHeadshots(status)) return undefined;
  const orEnvironment = protectedHere ? "" : ", or run this command with HEADSHOTPRO_FORCE_DESTROY=true";
  return (
    `${email} has headshots (${status}); revoking would delete them for good. To delete them: ` +
    `set forceDestroy: true and run \`pulumi up\` before removing the resource${orEnvironment}. ` +
    "To keep them and stop managing this person: use retainOnDelete or `pulumi state delete`."
  );
}
