import { refusalToAdopt } from "../adoption";
import { differenceOf } from "../difference";
import { type InviteInputs, type InviteState, renewalLine } from "../invite";
import { hasHeadshots, isOver } from "../status";
import { type Change, changesIn, shown } from "./change";
import type { Finding } from "./finding";
import type { Preview } from "./preview";
import { type Remark, remarks } from "./remarks";

export interface Review {
  findings: Finding[];
  errors: Remark[];
  warnings: Remark[];
  /** How many resources change that are not people. */
  others: number;
  /** Pending invites that come and go. HeadshotPro caps how many there are at twice the credits. */
  pending: { added: number; removed: number };
}

/**
 * What a preview means for people. Nothing is asked of the API: statuses are those of the state.
 *
 * Like the provider itself, it goes by persons and not by resources: one who is removed under one name and
 * declared under another keeps her invite.
 */
export function reviewOf(preview: Preview): Review {
  const { people, others } = changesIn(preview);
  const context: Context = {
    declared: new Set(people.flatMap(({ now }) => now?.key ?? [])),
    removed: new Map(people.flatMap(({ was }) => (was?.key ? [[was.key, was.state] as const] : []))),
    announced: preview.diagnostics.map(({ message }) => message.trim()),
  };
  const findings = people.flatMap((change) => findingOf(change, context));
  return {
    findings,
    errors: remarks(preview, "error"),
    warnings: remarks(preview, "warning"),
    others,
    pending: {
      added: findings.filter(({ kind, emailed }) => emailed && kind !== "renewed").length,
      removed: findings.filter(
        ({ kind, status, losesInvite }) => status === "pending" && (losesInvite || kind === "moved"),
      ).length,
    },
  };
}

interface Context {
  /** Keys of everybody whom a step declares. */
  declared: ReadonlySet<string>;
  /** Everybody whom a step takes out of the state. */
  removed: ReadonlyMap<string, InviteState>;
  announced: readonly string[];
}

function findingOf(change: Change, context: Context): Finding[] {
  const { op, was, now } = change;
  if (op === "delete") return was ? removal(change, was, context) : [];
  if (!now) return [];
  if (!was || op === "create") return [arrival(change, now, context)];
  return op === "update" ? [update(change, was, now, context)] : [replacement(change, was, now, context)];
}

function arrival({ organization }: Change, now: NonNullable<Change["now"]>, { removed }: Context): Finding {
  const known = removed.get(now.key ?? "");
  const finding = { person: now.person, organization, after: shown(now.inputs.teamId), losesInvite: false };
  if (!known) return { ...finding, kind: "invited", emailed: true };
  const refusal = refusalToAdopt(now.person ?? "", known.status, now.inputs.adopt, false);
  return {
    ...finding,
    kind: "kept",
    emailed: false,
    status: known.status,
    reason: refusal
      ? `\`pulumi up\` will stop: ${refusal}`
      : "another resource declares her: nothing is sent or revoked",
    ...(refusal ? { headshots: "guarded" as const } : {}),
  };
}

function removal(change: Change, was: NonNullable<Change["was"]>, { declared }: Context): Finding[] {
  const { status, forceDestroy } = was.state;
  const finding = { person: was.person, organization: change.organization, status, emailed: false };
  if (was.retained) return [{ ...finding, kind: "released", losesInvite: false }];
  // The resource that declares her tells the rest.
  if (declared.has(was.key ?? "")) return [];
  const fate = hasHeadshots(status) ? (forceDestroy ? "lost" : "guarded") : undefined;
  return [{ ...finding, kind: "revoked", losesInvite: !fate && !isOver(status), headshots: fate }];
}

function update(
  { organization }: Change,
  was: NonNullable<Change["was"]>,
  now: NonNullable<Change["now"]>,
  { announced }: Context,
): Finding {
  const line = renewalLine(was.state, now.inputs.maxRenewals);
  const renewed = announced.includes(line);
  return {
    kind: renewed ? "renewed" : "settings",
    person: now.person,
    organization,
    emailed: renewed,
    losesInvite: false,
    status: was.state.status,
    reason: renewed
      ? `expired unused on ${was.state.expiresAt?.slice(0, 10)}; renewal ${was.state.renewals + 1}`
      : settings(was.state, now.inputs),
  };
}

/** A move into another team, another address, or the same person by another provider. */
function replacement(
  { organization }: Change,
  was: NonNullable<Change["was"]>,
  now: NonNullable<Change["now"]>,
  { declared, removed }: Context,
): Finding {
  const { status, forceDestroy } = was.state;
  const common = { person: now.person, organization, status };
  // `diff` lets pass what has headshots only where they may go, or where a value is not known yet.
  const fate = hasHeadshots(status) ? (forceDestroy === false ? "guarded" : "lost") : undefined;
  if (was.key !== undefined && was.key === now.key) {
    const difference = differenceOf(was.state, now.inputs, new Date(0));
    if (difference.kind === "replacement")
      return {
        ...common,
        kind: "moved",
        emailed: true,
        losesInvite: false,
        headshots: fate,
        before: was.state.teamId,
        after: shown(now.inputs.teamId),
      };
    return {
      ...common,
      kind: "kept",
      emailed: false,
      losesInvite: false,
      reason: "the engine replaces the resource, not the invite",
    };
  }
  const stays = was.retained || declared.has(was.key ?? "");
  return {
    ...common,
    kind: "address",
    emailed: !removed.has(now.key ?? ""),
    losesInvite: !stays && !fate && !isOver(status),
    headshots: stays ? undefined : fate,
    before: was.person,
    after: now.person,
  };
}

function settings(was: InviteState, now: InviteInputs): string {
  const flags = (["adopt", "forceDestroy", "maxRenewals"] as const).filter((flag) => was[flag] !== now[flag]);
  return flags.map((flag) => `${flag}: ${now[flag] ?? "left out"}`).join(", ");
}
