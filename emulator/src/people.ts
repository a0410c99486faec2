import { isShowable } from "./clock";
import { isMember, type StoredInvite, toSent } from "./invites";
import type { Invitation, Organization } from "./organization";

/**
 * What people and dashboard admins do, outside the API. Each throws an Error that says why, and
 * changes nothing, when it cannot happen from where the invite stands.
 *
 * @example
 * emulator.accept("ada@acme.com");
 * emulator.startUpload("ada@acme.com"); // a credit is spent, and from here on there are headshots
 */
export interface People {
  /** An admin invites from the dashboard: the same rules, and an e-mail flagged `byHand`. */
  inviteByHand(invitation: Invitation): StoredInvite;
  /** pending → accepted, while the link has not expired. */
  accept(email: string): StoredInvite;
  /**
   * Makes the link of a pending invite expire now, long before its time: as if it had been sent 30 days ago, because a
   * link's end follows from that date, the only one that the API shows.
   */
  expire(email: string): StoredInvite;
  /** accepted → uploading: takes a credit and starts a model. */
  startUpload(email: string): StoredInvite;
  /** uploading → generating. */
  generate(email: string): StoredInvite;
  /** generating → completed. */
  complete(email: string): StoredInvite;
  /** completed → uploading: an admin gives a retry. The results are deleted, and the model's id stays. */
  giveRetry(email: string): StoredInvite;
  /**
   * HeadshotPro invites somebody `completed` to the next shoot: pending again, or at once `accepted`, with a new date
   * and link, an e-mail flagged `byVendor`, and still the model of the last shoot.
   */
  inviteToNextShoot(email: string, status?: "pending" | "accepted"): StoredInvite;
  /** Anyone who signed up → deleted, and the model with them: they leave, or an admin removes the member. */
  leave(email: string): StoredInvite;
  /** An admin revokes from the dashboard. */
  revokeByHand(email: string): StoredInvite;
  /** An admin moves somebody; throws on an unknown team. */
  moveToTeam(email: string, teamId: string | null): StoredInvite;
  /** Any status at all, for statuses that nobody has documented; takes no credit. */
  setStatus(email: string, status: string): StoredInvite;
  /**
   * One more entry, also for an address that has a live one; takes no credit, and nobody is e-mailed.
   * Throws on an unknown team and on what is not a date.
   */
  addEntry(entry: Entry): StoredInvite;
}

/** An entry as nobody's invitation made it. */
export interface Entry {
  email: string;
  /** Any status at all. */
  status: string;
  teamId?: string | null;
  /** Now by default. */
  createdAt?: string | Date;
  /** The model of an earlier shoot; by default a status with headshots has a model of its own, and no other has one. */
  modelId?: string;
}

const WITH_MODEL = new Set(["uploading", "generating", "completed"]);

export function createPeople(
  organization: Organization,
  { now, newId }: { now(): Date; newId(bytes: number): string },
): People {
  function find(email: string): StoredInvite {
    const invite = organization.find(email);
    if (!invite) throw new Error(`${email} has no invite`);
    return invite;
  }

  function step(email: string, from: string, to: string): StoredInvite {
    const invite = find(email);
    if (invite.status !== from) {
      throw new Error(`${email} cannot become ${to}: the invite is ${invite.status}, not ${from}`);
    }
    return invite;
  }

  function checkTeam(teamId: string | null): void {
    if (teamId !== null && !organization.teams.has(teamId)) throw new Error(`there is no team ${teamId}`);
  }

  const modelFor = (status: string): { modelId?: string } =>
    WITH_MODEL.has(status) ? { modelId: newId(12) } : {};

  return {
    inviteByHand: (invitation) => organization.create(invitation, { byHand: true }),
    accept(email) {
      const invite = step(email, "pending", "accepted");
      if (now().toISOString() >= invite.expiresAt) {
        throw new Error(`${email} cannot accept: the link expired on ${invite.expiresAt}`);
      }
      return organization.change(invite, { status: "accepted" });
    },
    expire(email) {
      const invite = find(email);
      if (invite.status !== "pending")
        throw new Error(`${email} cannot expire: the invite is ${invite.status}`);
      const at = now();
      if (invite.expiresAt <= at.toISOString()) return invite;
      return organization.change(invite, { createdAt: toSent(at), expiresAt: at.toISOString() });
    },
    startUpload(email) {
      const invite = step(email, "accepted", "uploading");
      if (organization.credits <= 0) throw new Error(`${email} cannot upload: no credits are left`);
      const model = { modelId: newId(12), completedAt: undefined };
      return organization.change(invite, { status: "uploading", ...model }, 1);
    },
    generate: (email) =>
      organization.change(step(email, "uploading", "generating"), { status: "generating" }),
    complete: (email) => organization.change(step(email, "generating", "completed"), { status: "completed" }),
    giveRetry: (email) =>
      organization.change(step(email, "completed", "uploading"), {
        status: "uploading",
        completedAt: undefined,
      }),
    inviteToNextShoot(email, status = "pending") {
      if (!["pending", "accepted"].includes(status)) {
        throw new Error(`an invite to a next shoot is pending or accepted, not ${status}`);
      }
      return organization.inviteToNextShoot(step(email, "completed", status), now(), status);
    },
    leave(email) {
      const invite = find(email);
      if (!isMember(invite)) throw new Error(`${email} cannot leave: the invite is ${invite.status}`);
      return organization.change(invite, { status: "deleted" });
    },
    revokeByHand: (email) => organization.revoke(email, () => true),
    moveToTeam(email, teamId) {
      checkTeam(teamId);
      return organization.change(find(email), { teamId });
    },
    setStatus(email, status) {
      const invite = find(email);
      return organization.change(invite, { status, ...(!invite.modelId && modelFor(status)) });
    },
    addEntry({ email, status, teamId = null, createdAt = now(), modelId = modelFor(status).modelId }) {
      checkTeam(teamId);
      const at = new Date(createdAt);
      if (!isShowable(at.getTime())) throw new Error(`not a date: ${String(createdAt)}`);
      return organization.addEntry({ email, status, teamId, createdAt: at, modelId });
    },
  };
}
