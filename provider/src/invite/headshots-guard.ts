import { UNKNOWN } from "./inputs";
import type { InviteInputs, InviteState, ReplacedProperty } from "./invite";

/** What says whether somebody may have headshots. */
interface Standing {
  status: string;
  modelId?: string;
}

/** The statuses on the vendor's page that come before the first photo; any other one, an unknown one too, is after it. */
const WITHOUT_HEADSHOTS = ["pending", "accepted"];

/** Whether the invite is over: it was revoked, or the person was deleted. They can be invited anew. */
export function isOver(status: string): boolean {
  return status === "revoked" || status === "deleted";
}

/** Whether the invite was taken away. Somebody who is `deleted` is over, but not gone: they had their turn. */
export function isGone(status: string): boolean {
  return status === "revoked";
}

/**
 * The one boundary that nothing crosses by default: whether a revoke could destroy headshots, or the photos they are
 * being made from. An unknown status counts as yes, and so does a `modelId` on a live entry: a person whom HeadshotPro
 * has invited to another shoot is `pending` and still has the model of the last one.
 *
 * @example
 * mayHaveHeadshots({ status: "accepted" }); // false
 * mayHaveHeadshots({ status: "generating" }); // true
 * mayHaveHeadshots({ status: "pending", modelId: "507f1f77bcf86cd799439011" }); // true
 */
export function mayHaveHeadshots({ status, modelId }: Standing): boolean {
  return !isOver(status) && (modelId !== undefined || !WITHOUT_HEADSHOTS.includes(status));
}

/** Whether somebody has used the invite. Then HeadshotPro moves them between teams, and nothing is revoked for that. */
export function hasSignedUp(standing: Standing): boolean {
  return !isOver(standing.status) && (standing.status !== "pending" || mayHaveHeadshots(standing));
}

/** A standing for messages. @example "pending, with the model of an earlier shoot" */
export function standingText({ status, modelId }: Standing): string {
  const early = WITHOUT_HEADSHOTS.includes(status) && modelId !== undefined;
  return early ? `${status}, with the model of an earlier shoot` : status;
}

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
  // A preview may not know the address yet: it shows the replacement as possible, and the `up` decides.
  if (properties.every((property) => property === "email" && declared.email === UNKNOWN)) return undefined;
  const consent = { program: declared.forceDestroy, recorded: state.forceDestroy, byDefault };
  if (!mayDelete(consent) && (state.forceDestroy ?? byDefault))
    return (
      `${state.email} may no longer lose headshots under this program, but the state still allows it. Run ` +
      "`pulumi up` with forceDestroy: false alone first, then make this change."
    );
  if (!mayHaveHeadshots(state) || mayDelete(consent)) return undefined;
  const [change, keep] = properties.includes("email")
    ? ["inviting another address in their place", "declare the new address as another resource"]
    : ["a move to another organization", "leave the provider as it was"];
  const wayOut = declared.forceDestroy
    ? "forceDestroy is new in this program: run `pulumi up` with it alone first, then make this change."
    : "To delete them: set forceDestroy: true, run `pulumi up`, then make this change.";
  return (
    `${state.email} has headshots (${standingText(state)}); ${change} would delete them for good. ` +
    `${wayOut} To keep them: undo the change, or ${keep}.`
  );
}

/**
 * Why a person's invite must not be revoked, or undefined if it may: the resource is leaving the stack.
 *
 * @param how.isProtected whether `forceDestroy: false` said so, of the state or of the program: it wins over the
 * environment.
 * @param how.isDirect whether `pulumi do` asks, without a program or a state.
 */
export function refusalToRevoke(
  email: string,
  seen: Standing,
  how: { allowed: boolean; isProtected: boolean; isDirect: boolean },
): string | undefined {
  if (how.allowed || !mayHaveHeadshots(seen)) return undefined;
  const refused = `${email} has headshots (${standingText(seen)}); revoking would delete them for good.`;
  if (how.isDirect)
    return `${refused} Nothing was revoked. To delete them: run the same command with --headshotpro:force-destroy.`;
  const orEnvironment = how.isProtected ? "" : ", or run this command with HEADSHOTPRO_FORCE_DESTROY=true";
  return (
    `${refused} To delete them: ` +
    `set forceDestroy: true and run \`pulumi up\` before removing the resource${orEnvironment}. ` +
    "To keep them and stop managing this person: use retainOnDelete or `pulumi state delete`."
  );
}

/**
 * What is said of somebody with headshots whom `pulumi do` reads: `delete --dry-run` asks for no more than that, and a
 * read does not know which command it is for.
 */
export function directHeadshotsLine(
  email: string,
  seen: Standing,
  forceDestroy: boolean,
): string | undefined {
  if (!mayHaveHeadshots(seen)) return undefined;
  const outcome = forceDestroy
    ? "a `delete` would delete them for good (forceDestroy)"
    : "a `delete` would be refused, unless --headshotpro:force-destroy allows it to delete them for good";
  return `${email} has headshots (${standingText(seen)}): ${outcome}`;
}

/**
 * Why a person who was found already invited is not adopted, or undefined if they are.
 *
 * @param adopt what the program (or the configuration) says; undefined adopts unused invites only.
 * @param replyLost our own invite to them was sent and its reply was lost: then an unused invite is most likely
 *   that one, and refusing it would leave behind an invite that no stack knows of.
 * @param isDirect whether `pulumi do` asks, for which there is no program that could be changed.
 */
export function refusalToAdopt(
  email: string,
  seen: Standing,
  adopt: boolean | undefined,
  replyLost: boolean,
  isDirect = false,
): string | undefined {
  const hasHeadshots = mayHaveHeadshots(seen);
  if (isDirect && adopt !== true && (hasHeadshots || (adopt === false && !replyLost)))
    return (
      `${email} is already in the organization (${standingText(seen)}), so nothing was sent. To see them: \`read\`. ` +
      `${hasHeadshots ? "" : "To send the invite again: `patch --resend 1`. "}To move them to a team: \`patch\`. ` +
      "To have `create` succeed without an e-mail: --adopt."
    );
  if (hasHeadshots && adopt !== true)
    return (
      `${email} is already in the organization and has headshots (${standingText(seen)}), so this stack does not ` +
      "adopt them: a later destroy would concern real headshots. To manage this person: set adopt: true. " +
      "To leave the person alone: remove the resource from the program."
    );
  if (adopt === false && !replyLost)
    return (
      `${email} is already invited (${standingText(seen)}), and adopt: false does not allow this stack to adopt them. ` +
      "To manage this person: leave adopt out. To send a new invite: revoke the old one first."
    );
  return undefined;
}
