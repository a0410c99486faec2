import { isOver, mayHaveHeadshots } from "../invite/guard";
import { UNKNOWN } from "../invite/inputs";
import type { Changed } from "./change";
import type { Finding } from "./finding";
import type { People } from "./people";
import { decisionFor, sentence } from "./reasons";

/** What the default provider is called beside explicit ones. */
const DEFAULT = "default";

/** Another address, another organization, or the same person as another resource. */
export function replacementOf(change: Changed, people: People, at: Date): Finding {
  if (!isSamePerson(change)) return anotherAddress(change, people);
  return change.was.provider === change.now.provider
    ? sameInvite(change, at)
    : anotherOrganization(change, people);
}

function isSamePerson({ was, now, differing }: Changed): boolean {
  if (was.person !== undefined && now.person !== undefined) return was.person === now.person;
  return now.inputs.email !== UNKNOWN && !differing.includes("email");
}

/** The engine replaces the resource, and the provider keeps the invite; what is due is done all the same. */
function sameInvite(change: Changed, at: Date): Finding {
  const { was, now, organization } = change;
  const decision = decisionFor(change, at);
  const { status } = was.state;
  const common = { person: now.person, organization, status, losesInvite: false };
  return decision.kind === "send"
    ? { ...common, kind: "resent", emailed: true, reason: sentence(decision.reasons, was.state, undefined) }
    : { ...common, kind: "kept", emailed: false, reason: "the engine replaces the resource, not the invite" };
}

function anotherOrganization(change: Changed, people: People): Finding {
  const { was, now } = change;
  return {
    ...leaving(change, people, now.inputs.forceDestroy === false),
    kind: "organization",
    // They lose no invite: they get another one.
    losesInvite: false,
    before: was.provider ?? DEFAULT,
    after: now.provider ?? DEFAULT,
  };
}

function anotherAddress(change: Changed, people: People): Finding {
  const { was, now, organization } = change;
  const finding = leaving(change, people, false);
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
function leaving({ was, now, differing }: Changed, { declared, isKept }: People, forbidden: boolean) {
  const { status, forceDestroy } = was.state;
  const stays = was.retained || declared.has(was.key ?? "");
  const vetted = was.provider === now.provider || differing.includes("__organization");
  const allowed = vetted && now.inputs.email !== UNKNOWN ? forceDestroy !== false : forceDestroy === true;
  const fate = allowed && !forbidden ? ("lost" as const) : ("guarded" as const);
  return {
    person: now.person,
    status,
    emailed: !isKept(now.key),
    ...(stays ? { stays: true as const } : {}),
    headshots: mayHaveHeadshots(was.state) && !stays ? fate : undefined,
  };
}
