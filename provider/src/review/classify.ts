import { refusalToAdopt } from "../invite/adoption";
import { FLAGS } from "../invite/difference";
import { UNKNOWN } from "../invite/inputs";
import { hasHeadshots, isOver } from "../invite/status";
import { type Change, type Changed, type Changes, isTakenOver } from "./changes";
import { visible, visibleOrNull } from "./preview-json";
import { explainSending, sendReasonsIn, updateReasonsIn } from "./send-reasons";

/** What is going to happen to one person. */
export interface Finding {
  kind:
    | "invited"
    | "moved" /** into another team: revoked, and invited again */
    | "organization" /** invited in another organization, then revoked in the one that they leave */
    | "address" /** another person in their place: invited, then the old one is revoked */
    | "renewed" /** sent again, because it expired */
    | "resent" /** sent again on request, or because an earlier run was stopped halfway */
    | "revoked"
    | "released"
    | "kept"
    | "settings";
  /** Their address; undefined if the preview does not tell: it is secret, or known only later. */
  person?: string;
  /** The name of the explicit provider. */
  organization?: string;
  /** Whether an e-mail is sent to them. */
  emailed: boolean;
  /** Whether an invite that nobody used is taken away for good. */
  losesInvite: boolean;
  /** `lost`: the headshots are deleted. `guarded`: `up` refuses, unless the configuration allows it. */
  headshots?: "lost" | "guarded";
  /** As of the last refresh. */
  status?: string;
  /** Whether the old invite is not revoked after all: it is retained, or another resource declares the person. */
  stays?: true;
  /** Another address, team or provider; left out: none; null: the preview does not tell. */
  before?: string | null;
  after?: string | null;
  /** A sentence that says why. */
  reason?: string;
}

/** What the default provider is called beside explicit ones. */
const DEFAULT = "default";

/**
 * What a change means for the person. It goes by persons and not by resources, as the provider does: somebody who is
 * removed under one name and declared under another keeps their invite.
 *
 * @param at the time of the review: what has expired by then is sent again
 * @returns undefined if another change says it
 */
export function classify(change: Change, changes: Changes, at: Date): Finding | undefined {
  const { op, was, now } = change;
  if (op === "delete") return was && classifyRemoval(change, was, changes);
  if (!now) return undefined;
  if (!was || op === "create") return classifyArrival(change, now, changes);
  const changed: Changed = { ...change, was, now };
  if (op === "update") return classifyUpdate(changed, at);
  if (!isSamePerson(changed)) return anotherAddress(changed, changes);
  return was.provider === now.provider ? sameInvite(changed, at) : anotherOrganization(changed, changes);
}

function classifyRemoval(
  { organization }: Change,
  was: NonNullable<Change["was"]>,
  { declared }: Changes,
): Finding | undefined {
  const { status, forceDestroy } = was.state;
  const finding = { person: was.person, organization, status, emailed: false };
  if (was.retained) return { ...finding, kind: "released", losesInvite: false };
  if (declared.has(was.key ?? "")) return undefined;
  const headshots = hasHeadshots(status) ? (forceDestroy ? "lost" : "guarded") : undefined;
  return { ...finding, kind: "revoked", losesInvite: !headshots && !isOver(status), headshots };
}

function classifyArrival(
  { organization }: Change,
  { key, person = "", inputs }: NonNullable<Change["now"]>,
  changes: Changes,
): Finding {
  const known = changes.removed.get(key ?? "");
  const finding = {
    person: person || undefined,
    organization,
    after: visibleOrNull(inputs.team ?? inputs.teamId),
    losesInvite: false,
  };
  if (!known || !isTakenOver(changes, key)) return { ...finding, kind: "invited", emailed: true };
  const kept = { ...finding, kind: "kept" as const, emailed: false, status: known.status };
  const refusal = refusalToAdopt(person, known.status, inputs.adopt, false);
  return refusal
    ? { ...kept, reason: `\`pulumi up\` will stop: ${refusal}`, headshots: "guarded" }
    : { ...kept, reason: "another resource declares them: nothing is sent or revoked" };
}

/** Somebody who stays the same resource: moved to another team, sent again, or only recorded. */
function classifyUpdate(change: Changed, at: Date): Finding {
  const { was, now, organization } = change;
  const reasons = updateReasonsIn(change, at);
  const finding = { person: now.person, organization, losesInvite: false, status: was.state.status };
  if (reasons.includes("team")) return anotherTeam(change);
  if (reasons.length === 0) return { ...finding, kind: "settings", emailed: false, reason: settings(change) };
  return {
    ...finding,
    kind: reasons.includes("expired") ? "renewed" : "resent",
    emailed: true,
    reason: explainSending(reasons, was.state, now.inputs.resend),
  };
}

function settings({ was, now }: Changed): string {
  const flags = FLAGS.filter((flag) => was.state[flag] !== (now.inputs[flag] ?? undefined));
  return flags.map((flag) => `${flag}: ${toFlagText(now.inputs[flag])}`).join(", ");
}

function toFlagText(value: unknown): string {
  if (value === undefined || value === null) return "left out";
  return typeof value === "string" ? (visible(value) ?? "not told") : String(value);
}

/** Revoked here, and invited again into another team. */
function anotherTeam({ was, now, organization }: Changed): Finding {
  const { status, forceDestroy, teamId, team, teamName } = was.state;
  const allowed = now.inputs.teamId === UNKNOWN ? forceDestroy === true : forceDestroy !== false;
  const fate = allowed && now.inputs.forceDestroy !== false ? "lost" : "guarded";
  return {
    kind: "moved",
    person: now.person,
    organization,
    emailed: true,
    losesInvite: false,
    status,
    // `diff` lets pass what has headshots only where they may go, or where the team is not known yet.
    headshots: hasHeadshots(status) ? fate : undefined,
    before: visibleOrNull(teamName ?? team ?? teamId),
    after: visibleOrNull(now.inputs.team ?? now.inputs.teamId),
  };
}

function isSamePerson({ was, now, differing }: Changed): boolean {
  if (was.person !== undefined && now.person !== undefined) return was.person === now.person;
  return now.inputs.email !== UNKNOWN && !differing.includes("email");
}

/** The engine replaces the resource, and the provider keeps the invite; what is due is done all the same. */
function sameInvite(change: Changed, at: Date): Finding {
  const { was, now, organization } = change;
  const reasons = sendReasonsIn(change, at);
  if (reasons.includes("team")) return anotherTeam(change);
  const { status } = was.state;
  const finding = { person: now.person, organization, status, losesInvite: false };
  return reasons.includes("revoked")
    ? { ...finding, kind: "resent", emailed: true, reason: explainSending(reasons, was.state, undefined) }
    : {
        ...finding,
        kind: "kept",
        emailed: false,
        reason: "the engine replaces the resource, not the invite",
      };
}

function anotherOrganization(change: Changed, changes: Changes): Finding {
  const { was, now } = change;
  return {
    ...leaving(change, changes, now.inputs.forceDestroy === false),
    kind: "organization",
    // They lose no invite: they get another one.
    losesInvite: false,
    before: was.provider ?? DEFAULT,
    after: now.provider ?? DEFAULT,
  };
}

function anotherAddress(change: Changed, changes: Changes): Finding {
  const { was, now, organization } = change;
  const finding = leaving(change, changes, false);
  return {
    ...finding,
    kind: "address",
    organization,
    losesInvite: !finding.stays && !finding.headshots && !isOver(was.state.status),
    before: was.person ?? null,
    after: now.person ?? null,
  };
}

/**
 * The invite that is left behind. `diff` lets pass what has headshots only where they may go; but where the address is
 * known only later, or the state did not say whose organization it is, the revoke decides.
 */
function leaving({ was, now, differing }: Changed, changes: Changes, forbidden: boolean) {
  const { status, forceDestroy } = was.state;
  const stays = was.retained || changes.declared.has(was.key ?? "");
  const vetted = was.provider === now.provider || differing.includes("__organization");
  const allowed = vetted && now.inputs.email !== UNKNOWN ? forceDestroy !== false : forceDestroy === true;
  const fate = allowed && !forbidden ? ("lost" as const) : ("guarded" as const);
  return {
    person: now.person,
    status,
    emailed: !isTakenOver(changes, now.key),
    ...(stays ? { stays: true as const } : {}),
    headshots: hasHeadshots(status) && !stays ? fate : undefined,
  };
}
