import { personOf } from "../../provider/src/invite/email";
import type { InviteState } from "../../provider/src/invite/invite";

/** Somebody who was invited into a team and has not used the invite, for the tables of rules. */
export const ADA: InviteState = {
  email: personOf("ada@acme.com"),
  teamId: "t1",
  status: "pending",
  createdAt: "2026-11-01T09:00:00.000Z",
  expiresAt: "2026-12-01T09:00:00.000Z",
  adopted: false,
  renewals: 0,
};

/**
 * A rate limit that no test reaches, told in each reply. An API that tells of none is taken to have the vendor's 300
 * requests a minute, which many tests together exceed.
 */
export const NO_LIMIT = { limit: 1_000_000, windowSeconds: 60 };

/** What makes the engine write the state once, at the end, and not after each step. */
export const CHECKPOINTS_OFF = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** So deep that whoever walks through it by recursion runs out of stack. */
export function deep(levels: number): string {
  return `${'{"error":['.repeat(levels)}1${"]}".repeat(levels)}`;
}
