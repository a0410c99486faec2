import { FLAGS } from "../invite/decide";
import { UNKNOWN } from "../invite/inputs";
import { hasHeadshots } from "../invite/guard";
import { type Changed, shown, told } from "./change";
import type { Finding } from "./finding";
import { reasonsToUpdate, sentence } from "./reasons";

/** Somebody who stays the same resource: moved into another team, sent again, or only recorded. */
export function updateOf(change: Changed, at: Date): Finding {
  const { was, now, organization } = change;
  const reasons = reasonsToUpdate(change, at);
  const common = { person: now.person, organization, losesInvite: false, status: was.state.status };
  if (reasons.includes("team")) return moved(change);
  if (reasons.length === 0) return { ...common, kind: "settings", emailed: false, reason: settings(change) };
  const expired = reasons.includes("expired");
  const reason = sentence(reasons, was.state, now.inputs.resend);
  return { ...common, kind: expired ? "renewed" : "resent", emailed: true, reason };
}

/** Revoked here, and invited again into another team. */
export function moved({ was, now, organization }: Changed): Finding {
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
    before: told(teamName ?? team ?? teamId),
    after: told(now.inputs.team ?? now.inputs.teamId),
  };
}

function settings({ was, now }: Changed): string {
  const flags = FLAGS.filter((flag) => was.state[flag] !== (now.inputs[flag] ?? undefined));
  return flags.map((flag) => `${flag}: ${flagText(now.inputs[flag])}`).join(", ");
}

function flagText(value: unknown): string {
  if (value === undefined || value === null) return "left out";
  return typeof value === "string" ? (shown(value) ?? "not told") : String(value);
}
