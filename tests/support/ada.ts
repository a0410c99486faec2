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
