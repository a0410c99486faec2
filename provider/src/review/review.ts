import { isOver, mayHaveHeadshots, refusalToAdopt } from "../invite/guard";
import { type Change, type Changed, changesIn, told } from "./change";
import type { Finding } from "./finding";
import { type People, peopleOf } from "./people";
import type { Preview } from "./preview";
import { type Remark, remarks } from "./remarks";
import { type Removals, removalsIn } from "./removals";
import { replacementOf } from "./replacements";
import { updateOf } from "./updates";

export interface Review {
  findings: Finding[];
  errors: Remark[];
  warnings: Remark[];
  /** How many resources change that are not people. */
  others: number;
  removals: Removals;
  /** Pending invites that come and go. HeadshotPro caps how many there are at twice the credits. */
  pending: { added: number; removed: number };
}

/**
 * What a preview means for people. Nothing is asked of the API: statuses are those of the state.
 *
 * Like the provider itself, it goes by persons and not by resources: one who is removed under one name and
 * declared under another keeps their invite.
 *
 * @param at when it is reviewed: what has expired by then is sent again.
 * @param maxRemovals how many people may lose their invite before a human decides; undefined: a quarter, and at least 3.
 */
export function reviewOf(preview: Preview, at = new Date(), maxRemovals?: number): Review {
  const { people: changes, had, others } = changesIn(preview);
  const people = peopleOf(changes);
  const findings = changes.flatMap((change) => findingOf(change, people, at));
  return {
    findings,
    errors: remarks(preview, "error"),
    warnings: remarks(preview, "warning"),
    others,
    removals: removalsIn(preview, findings, had, maxRemovals),
    pending: {
      added: findings.filter(addsPending).length,
      removed: findings.filter(removesPending).length,
    },
  };
}

/** An invite that is sent again in its own place was counted already, unless it was gone. */
function addsPending({ kind, emailed, status }: Finding): boolean {
  const inPlace = (kind === "renewed" || kind === "resent") && status === "pending";
  return emailed && !inPlace;
}

function removesPending({ kind, status, losesInvite, stays }: Finding): boolean {
  const moves = kind === "moved" || (kind === "organization" && !stays);
  return status === "pending" && (losesInvite || moves);
}

function findingOf(change: Change, people: People, at: Date): Finding[] {
  const { op, was, now } = change;
  if (op === "delete") return was ? removal(change, was, people) : [];
  if (!now) return [];
  if (!was || op === "create") return [arrival(change, now, people)];
  const changed: Changed = { ...change, was, now };
  return [op === "update" ? updateOf(changed, at) : replacementOf(changed, people, at)];
}

function arrival(
  { organization }: Change,
  now: NonNullable<Change["now"]>,
  { removed, isKept }: People,
): Finding {
  const known = removed.get(now.key ?? "");
  const finding = {
    person: now.person,
    organization,
    after: told(now.inputs.team ?? now.inputs.teamId),
    losesInvite: false,
  };
  if (!known || !isKept(now.key)) return { ...finding, kind: "invited", emailed: true };
  const refusal = refusalToAdopt(now.person ?? "", known, now.inputs.adopt, false);
  return {
    ...finding,
    kind: "kept",
    emailed: false,
    status: known.status,
    reason: refusal
      ? `\`pulumi up\` will stop: ${refusal}`
      : "another resource declares them: nothing is sent or revoked",
    ...(refusal ? { headshots: "guarded" as const } : {}),
  };
}

function removal(change: Change, was: NonNullable<Change["was"]>, { declared }: People): Finding[] {
  const { status, forceDestroy } = was.state;
  const finding = { person: was.person, organization: change.organization, status, emailed: false };
  if (was.retained) return [{ ...finding, kind: "released", losesInvite: false }];
  // The resource that declares them tells the rest.
  if (declared.has(was.key ?? "")) return [];
  const fate = mayHaveHeadshots(was.state) ? (forceDestroy ? "lost" : "guarded") : undefined;
  return [{ ...finding, kind: "revoked", losesInvite: !fate && !isOver(status), headshots: fate }];
}
