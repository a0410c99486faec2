import { isOver, mayHaveHeadshots, refusalToAdopt } from "../invite/headshots-guard";
import { UNKNOWN } from "../invite/inputs";
import type { InviteState } from "../invite/invite";
import { type Change, type Changed, type Changes, isTakenOver } from "./changes";
import { changedFlags, decideChange, decideUpdate, explainSending } from "./decisions";
import { visible, visibleOrNull } from "./preview-json";

/** What is going to happen to one person. */
export interface Finding {
  kind:
    | "invited"
    | "assigned" /** to another team by HeadshotPro: they have signed up, and nothing is revoked or sent */
    | "moved" /** into another team: revoked, and invited again */
    | "organization" /** invited in another organization, then revoked in the one that they leave */
    | "address" /** another person in their place: invited, then the old one is revoked */
    | "renewed" /** sent again, because it expired */
    | "resent" /** sent again on request, or because an earlier run was stopped halfway */
    | "revoked"
    | "released"
    | "kept"
    | "settings";
  /** Their address; undefined if the preview does not show it: it is secret, or known only later. */
  person?: string;
  /** The name of the explicit provider. */
  organization?: string;
  /** Whether an e-mail is sent to them. */
  emailed: boolean;
  /** Whether an unused invite is taken away for good. */
  losesInvite: boolean;
  /** `lost`: they are deleted. `guarded`: `up` refuses, unless the configuration allows it. `stay`: nothing happens to them. */
  headshots?: "lost" | "guarded" | "stay";
  /** As of the last refresh, and so is the model. */
  status?: string;
  modelId?: string;
  /** Whether the old invite is not revoked after all: it is retained, or another resource declares the person. */
  stays?: true;
  /** Another address, team or provider; left out: none; null: the preview does not show it. */
  before?: string | null;
  after?: string | null;
  /** A sentence that says why. */
  reason?: string;
}

/** What the default provider is called beside explicit ones. */
const DEFAULT = "default";

const REPLACED = "the engine replaces the resource, not the invite";
const STILL_DECLARED = "the program still declares them: nothing is sent or revoked";

/**
 * What a change means for the person. As for the provider, people count and not resources: a person who is removed under
 * one name and declared under another keeps the invite.
 *
 * @param at the time of the review: what has expired by then is sent again.
 * @returns undefined if another change says it.
 */
export function classify(change: Change, changes: Changes, at: Date): Finding | undefined {
  const { op, was, now } = change;
  if (op === "delete") return was && classifyRemoval(change, was, changes);
  if (!now) return undefined;
  if (!was || op === "create" || op === "import") return classifyArrival(change, now, changes);
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
  const finding = { person: was.person, organization, ...toStanding(was.state), emailed: false };
  if (was.leftBy) {
    const reason = isOver(status) ? was.leftBy : `${was.leftBy}: stays invited`;
    return { ...finding, kind: "released", losesInvite: false, reason };
  }
  const declaredBy = declared.get(was.key ?? "");
  if (declaredBy === "same") return { ...finding, kind: "kept", losesInvite: false, reason: STILL_DECLARED };
  if (declaredBy) return undefined;
  const headshots = mayHaveHeadshots(was.state) ? (forceDestroy ? "lost" : "guarded") : undefined;
  return { ...finding, kind: "revoked", losesInvite: !headshots && !isOver(status), headshots };
}

function classifyArrival(
  { op, was, organization }: Change,
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
  if (op === "import")
    return { ...finding, kind: "kept", emailed: false, reason: "imported: nothing is sent or revoked" };
  if (!known || !isTakenOver(changes, key)) return { ...finding, kind: "invited", emailed: true };
  const kept = { ...finding, kind: "kept" as const, emailed: false, ...toStanding(known) };
  const refusal = refusalToAdopt(person, known, inputs.adopt, false);
  return refusal
    ? { ...kept, reason: `\`pulumi up\` will stop: ${refusal}`, headshots: "guarded" }
    : { ...kept, reason: was ? REPLACED : "another resource declares them: nothing is sent or revoked" };
}

/** The person stays the same resource: they are moved to another team, invited again, or only recorded. */
function classifyUpdate(change: Changed, at: Date): Finding {
  const { was, now, organization } = change;
  const decision = decideUpdate(change, at);
  const finding = { person: now.person, organization, losesInvite: false, ...toStanding(was.state) };
  const teams = {
    before: visibleOrNull(was.state.teamName ?? was.state.team ?? was.state.teamId),
    after: visibleOrNull(now.inputs.team ?? now.inputs.teamId),
  };
  if (decision.kind === "assign") {
    const headshots = mayHaveHeadshots(was.state) ? "stay" : undefined;
    return { ...finding, ...teams, kind: "assigned", emailed: false, headshots };
  }
  if (decision.kind !== "send" && decision.kind !== "reissue") {
    const flags = changedFlags(change).map((flag) => `${flag}: ${toFlagText(now.inputs[flag])}`);
    return { ...finding, kind: "settings", emailed: false, reason: flags.join(", ") };
  }
  const { reasons } = decision;
  if (reasons.includes("team")) return { ...finding, ...teams, kind: "moved", emailed: true };
  const kind = reasons.includes("expired") ? "renewed" : "resent";
  const reason = explainSending(reasons, was.state, now.inputs.resend);
  return { ...finding, kind, emailed: true, reason };
}

function toFlagText(value: unknown): string {
  if (value === undefined || value === null) return "left out";
  return typeof value === "string" ? (visible(value) ?? "not shown") : String(value);
}

function isSamePerson({ was, now, differing }: Changed): boolean {
  if (was.person !== undefined && now.person !== undefined) return was.person === now.person;
  return now.inputs.email !== UNKNOWN && !differing.includes("email");
}

/** The engine replaces the resource, and the provider keeps the invite if there is one. */
function sameInvite(change: Changed, at: Date): Finding {
  const { was, now, organization } = change;
  const decision = decideChange(change, at);
  const finding = { person: now.person, organization, ...toStanding(was.state), losesInvite: false };
  const reasons = "reasons" in decision ? decision.reasons : [];
  if (reasons.includes("missing")) {
    const reason = explainSending(reasons, was.state, undefined);
    return { ...finding, kind: "resent", emailed: true, reason };
  }
  const isMoreDue = decision.kind === "assign" || reasons.length > 0;
  const later = isMoreDue ? "; what else differs is for the next `pulumi up`" : "";
  return { ...finding, kind: "kept", emailed: false, reason: REPLACED + later };
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
  const { forceDestroy } = was.state;
  const stays = was.leftBy !== undefined || changes.declared.has(was.key ?? "");
  const vetted = was.provider === now.provider || differing.includes("__organization");
  const allowed = vetted && now.inputs.email !== UNKNOWN ? forceDestroy !== false : forceDestroy === true;
  const fate = allowed && !forbidden ? ("lost" as const) : ("guarded" as const);
  return {
    person: now.person,
    ...toStanding(was.state),
    emailed: !isTakenOver(changes, now.key),
    ...(stays ? { stays: true as const } : {}),
    headshots: mayHaveHeadshots(was.state) && !stays ? fate : undefined,
  };
}

function toStanding({ status, modelId }: InviteState): Pick<Finding, "status" | "modelId"> {
  return { status, ...(modelId !== undefined && { modelId }) };
}
