import { type Decision, FLAGS } from "../invite/decide";
import { type Changed, shown, told } from "./change";
import type { Finding } from "./finding";
import { decisionForUpdate, sentence } from "./reasons";

/** Somebody who stays the same resource: moved into another team, sent again, or only recorded. */
export function updateOf(change: Changed, at: Date): Finding {
  const { was, now, organization } = change;
  const decision = decisionForUpdate(change, at);
  const reasons = "reasons" in decision ? decision.reasons : [];
  const common = { person: now.person, organization, losesInvite: false, status: was.state.status };
  if (decision.kind === "assign" || reasons.includes("team")) return moved(change, decision);
  if (reasons.length === 0) return { ...common, kind: "settings", emailed: false, reason: settings(change) };
  const expired = reasons.includes("expired");
  const reason = sentence(reasons, was.state, now.inputs.resend);
  return { ...common, kind: expired ? "renewed" : "resent", emailed: true, reason };
}

/** Moved by HeadshotPro if they have signed up; else revoked here, and invited again into another team. */
export function moved({ was, now, organization }: Changed, { kind }: Decision): Finding {
  const { status, teamId, team, teamName } = was.state;
  return {
    kind: "moved",
    person: now.person,
    organization,
    emailed: kind !== "assign",
    losesInvite: false,
    status,
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
