import { strict as assert } from "node:assert";
import {
  aboutPeople,
  announcesSend,
  checkOnce,
  hasHeadshots,
  hasSignedUp,
  isAnnounced,
  isDeletedFirst,
  isRevokeAnnounced,
  isUsable,
  movesTeam,
  saysSend,
} from "./facts";
import { emailOf, placeOf } from "./organizations";
import { type Operation, placeOfResource, type Resource } from "./planning";
import { EngineError } from "./processes";
import type { Observation, World } from "./world";

/** What was done in all. */
export interface Figures {
  scripts: number;
  commands: number;
  requests: number;
}

/** What the laws have to remember from one command to the next. */
export class Bookkeeping {
  /** The `resend` that the latest e-mail to a place carried out, for as long as no state tells of it. */
  private readonly resent = new Map<string, number>();

  /** Who was sent an invite of which no state tells. */
  private readonly unrecorded = new Set<string>();

  constructor(private readonly figures: Figures = { scripts: 0, commands: 0, requests: 0 }) {}

  scriptEnded(requests: number): void {
    this.figures.scripts++;
    this.figures.requests += requests;
  }

  /** Whether a person is still owed the e-mail of a raised `resend`. To be asked before {@link note}. */
  owesResend(place: string, { declared, stateBefore }: Observation): boolean {
    const { slot, as } = declared.get(place) ?? {};
    const old = stateBefore.find((one) => one.slot === slot && !one.doomed);
    const done = Math.max(Number(old?.outputs.resend ?? 0), this.resent.get(place) ?? 0);
    return (as?.resend ?? 0) > done;
  }

  /** Whether what is at a place may be an invite of ours: sent, and the record lost. To be asked before {@link note}. */
  mayBeOurs(place: string, { emails }: Observation): boolean {
    return this.unrecorded.has(place) || emails.includes(place);
  }

  note(seen: Observation): void {
    this.figures.commands++;
    for (const place of seen.emails) this.unrecorded.add(place);
    for (const one of seen.stateAfter) this.unrecorded.delete(placeOfResource(one));
    for (const place of seen.emails) this.resent.set(place, seen.declared.get(place)?.as.resend ?? 0);
    for (const { slot, outputs } of seen.stateAfter)
      for (const [place, { slot: other, as }] of seen.declared)
        if (other === slot && outputs.resend === as.resend) this.resent.delete(place);
  }
}

/** Laws 1, 3, 4, 5 and 7: they hold after each command, whatever disturbed it. */
export function checkAlways(world: World, seen: Observation, books: Bookkeeping): void {
  checkPreview(seen);
  checkRevokes(seen);
  checkEmails(world, seen, books);
  checkAdoptions(seen, books);
  checkLosses(world, seen);
  checkTeams(world, seen);
  checkReplacements(world, seen);
  checkMessages(seen);
  if (seen.command === "refresh") checkRefresh(world, seen);
}

/** Law 1: whose invite was taken away, and whether they might lose it. */
function checkRevokes(seen: Observation): void {
  for (const { place, before } of seen.revokes) {
    const recorded = seen.stateBefore.filter((one) => placeOfResource(one) === place);
    const retained = recorded.every((one) => one.retainOnDelete && !seen.declared.has(place));
    const allowed = !hasHeadshots(before) || recorded.some((one) => mayDelete(seen, place, one));
    assert.ok(recorded.length > 0, `law 1: ${place} was revoked, whom this stack did not manage`);
    assert.ok(!retained, `law 1: ${place} was revoked, and is to be retained`);
    assert.ok(allowed, `law 1: ${place} (${before?.status}) was revoked, and nobody allowed that`);
    if (seen.command === "destroy") continue;
    assert.equal(seen.command, "up", `law 1: a ${seen.command} revoked ${place}`);
    assert.ok(isRevokeAnnounced(seen, place), `law 5: ${place} was revoked, and the preview did not say so`);
    const isDue = !seen.declared.has(place) || announcesSend(seen, place) || isDeletedFirst(seen, place);
    assert.ok(isDue, `law 1: ${place} was revoked, whom the program declares`);
  }
}

/**
 * Whether headshots may be deleted with a resource: its record has to say so, and the program wherever it says
 * something of the person or of the resource; both fall back on the environment.
 */
function mayDelete(
  { declared, disturbed, command, preview }: Observation,
  place: string,
  old: Resource,
): boolean {
  const byDefault = disturbed.force ?? false;
  if (!((old.inputs.forceDestroy as boolean | undefined) ?? byDefault)) return false;
  if (command === "destroy") return true;
  const wasAsked = (slot: string) => preview.planned.some((one) => one.slot === slot && one.asked === true);
  for (const [other, { slot, as }] of declared) {
    // Whom the user has replaced on request the engine compares with nobody: then only the record is known.
    const isInPlace = slot === old.slot && !old.doomed && !wasAsked(slot);
    if (isInPlace && !(as.forceDestroy ?? byDefault)) return false;
    if (other.slice(2) === place.slice(2) && as.forceDestroy === false) return false;
  }
  return true;
}

/** Whom somebody acted on while the command ran. */
function disturbedPlace({ disturbed: { meanwhile } }: Observation): string | undefined {
  return meanwhile && placeOf(meanwhile.org ?? 0, emailOf(meanwhile.who));
}

/** Law 3: who was e-mailed, and who lost an invite for it. */
function checkEmails(world: World, seen: Observation, books: Bookkeeping): void {
  const { emails, revokes, declared, command } = seen;
  for (const place of new Set(emails)) {
    assert.ok(declared.has(place) && command === "up", `law 3: ${place} was e-mailed, whom nobody declares`);
    const announced = isAnnounced(seen, place) || isDeletedFirst(seen, place);
    assert.ok(announced, `law 5: ${place} was e-mailed, and the preview did not say so`);
    const count = emails.filter((one) => one === place).length;
    assert.equal(count, 1, `law 3: ${count} e-mails to ${place} in one run`);
    checkTurn(seen, place, books);
  }
  if (command === "destroy") return;
  for (const place of new Set([...emails, ...revokes.map((one) => one.place)])) {
    const wanted = declared.get(place)?.as;
    const [invite] = seen.liveBefore.get(place) ?? [];
    if (place === disturbedPlace(seen) || world.odd.has(place) || !wanted || !invite) continue;
    const inTeam = (wanted.teamId ?? invite.teamId) === invite.teamId;
    const inOrder =
      hasSignedUp(invite) || (isUsable(invite, seen.endedAt) && inTeam && !books.owesResend(place, seen));
    const what = emails.includes(place) ? "was e-mailed" : "was revoked";
    assert.ok(!inOrder || isDeletedFirst(seen, place), `law 3: ${place} ${what} with a good invite`);
  }
}

/**
 * Law 3: somebody whose turn is over gets nothing, unless `resend` was raised or another resource declares them. Of a
 * resource that it was told to replace the engine tells nobody that it was there.
 */
function checkTurn(seen: Observation, place: string, books: Bookkeeping): void {
  if (!seen.deletedBefore.has(place) || place === disturbedPlace(seen)) return;
  const slot = seen.declared.get(place)?.slot;
  const isKnown = seen.stateBefore.some(
    (one) => one.slot === slot && placeOfResource(one) === place && !one.doomed && !one.halfReplaced,
  );
  const wasAsked = seen.planned.some((one) => one.slot === slot && one.asked === true);
  const mayBe = !isKnown || wasAsked || books.owesResend(place, seen);
  assert.ok(mayBe, `law 3: ${place} was e-mailed, who is deleted`);
}

/** Law 1: whoever was there already is only taken over as the program allows it. */
function checkAdoptions(seen: Observation, books: Bookkeeping): void {
  const recorded = new Set(seen.stateBefore.map(placeOfResource));
  for (const one of seen.stateAfter) {
    const place = placeOfResource(one);
    const [found] = seen.liveBefore.get(place) ?? [];
    const as = seen.declared.get(place)?.as;
    if (recorded.has(place) || !found || !as || seen.emails.includes(place)) continue;
    const allowed = hasHeadshots(found)
      ? as.adopt === true
      : as.adopt !== false || books.mayBeOurs(place, seen);
    assert.ok(allowed, `law 1: ${place} (${found.status}) was taken over, and nobody allowed that`);
  }
}

/** Law 4: who is known to have lost their invite in a command that came to its end is not recorded as invited. */
function checkLosses({ organizations }: World, seen: Observation): void {
  const { kill, crash, stop } = seen.disturbed;
  if (kill || crash || stop) return;
  for (const { place } of seen.revokes) {
    const replies = seen.requests.filter(
      ({ verb, org, email }) => verb === "revoke" && `${org}/${email}` === place,
    );
    const isKnown = replies.some(({ status, fault }) => status === 200 && fault === undefined);
    const recorded = seen.stateAfter.filter((one) => placeOfResource(one) === place && !one.halfReplaced);
    // The engine tells a delete nothing of the person's other resource: one that a destroy deletes as well, or one that
    // `--target` leaves out.
    const wereSeveral = seen.stateBefore.filter((one) => placeOfResource(one) === place).length > 1;
    if (wereSeveral && (seen.command === "destroy" || seen.disturbed.target)) continue;
    if (!isKnown || recorded.length !== 1 || organizations.live(place).length > 0) continue;
    const told = recorded[0]?.outputs.status;
    assert.equal(told, "revoked", `law 4: ${place} was revoked, and that is not recorded`);
  }
}

/** Law 4: a team that was recorded anew is where the person is; and a command that says nothing has moved them. */
function checkTeams({ organizations, odd }: World, seen: Observation): void {
  const teamAt = (place: string) => organizations.standing(place)?.teamId ?? undefined;
  const isSure = (place: string) => !odd.has(place) && place !== disturbedPlace(seen);
  for (const one of seen.stateAfter) {
    const place = placeOfResource(one);
    const before = seen.stateBefore.find(
      (other) => other.slot === one.slot && placeOfResource(other) === place && other.doomed === one.doomed,
    );
    if (!before || one.outputs.status === "revoked" || !isSure(place)) continue;
    if (one.outputs.teamId !== before.outputs.teamId)
      assert.equal(one.outputs.teamId, teamAt(place), `law 4: the team of ${place} was recorded anew`);
  }
  if (seen.errors.length > 0 || seen.killed || seen.command !== "up") return;
  for (const operation of seen.planned) {
    const { op, place, goal } = operation;
    if (op !== "update" || !movesTeam(operation) || !isSure(place) || organizations.live(place).length === 0)
      continue;
    assert.equal(teamAt(place), goal?.inputs.teamId, `law 4: ${place} was not moved, and nobody said so`);
  }
}

/** Law 2: nobody is replaced who stays in an organization, be the provider or its key another one. */
function checkReplacements(world: World, { preview: { planned } }: Observation): void {
  const isNeedless = ({ op, asked, old, goal, place, oldPlace }: Operation) =>
    op === "replace" &&
    !asked &&
    !old?.halfReplaced &&
    place === oldPlace &&
    old &&
    goal &&
    (old.provider === goal.provider || world.isSurelySame(old, goal.provider));
  const needless = planned.filter(isNeedless).map(({ place }) => place);
  assert.deepEqual(needless, [], "law 2: replaced for nothing");
}

function checkMessages({ errors, preview, printed, stateAfter }: Observation): void {
  const messages = [...errors, ...preview.errors].flatMap((error) => {
    if (error instanceof EngineError) return [];
    assert.equal((error as Error).name, "UserError", `not a message for a user: ${(error as Error).stack}`);
    return [(error as Error).message];
  });
  for (const text of [...messages, ...[...printed, ...preview.printed].map(({ line }) => line)])
    assert.doesNotMatch(text, /\n|undefined|\[object|NaN|\bnull\b/, "not fit to be read");
  const written = JSON.stringify([messages, printed, preview.printed, stateAfter]);
  assert.ok(!written.includes("hp_live_"), "law 7: a key was told");
}

/** Law 4: whoever is there, and whoever is deleted, stays in the state. */
function checkRefresh({ organizations }: World, { stateBefore, stateAfter, liveBefore }: Observation): void {
  for (const { id, slot, org } of stateBefore) {
    const place = placeOf(org, id);
    const isThere = organizations.live(place).length > 0 && liveBefore.get(place)?.length;
    const isKept = stateAfter.some((one) => one.id === id && one.slot === slot && one.org === org);
    const isDeleted = organizations.standing(place)?.status === "deleted";
    assert.ok(isKept || !(isThere || isDeleted), `law 4: a refresh lost ${place}, who is still there`);
  }
}

/**
 * Law 5: a preview asks for nothing but what is asked once, and a look at somebody for whose headshots it would refuse; and
 * it sees a guard.
 */
function checkPreview(seen: Observation): void {
  const { preview, stateBefore, liveBefore } = seen;
  checkOnce(seen, preview.requests);
  for (const { verb, email } of aboutPeople(preview.requests)) {
    assert.ok(verb === "get" || verb === "list", `law 5: a preview sent a ${verb}`);
    const guarded = stateBefore.filter(({ outputs }) => hasHeadshots(outputs));
    const isGuard = guarded.some(({ id }) => verb === "list" || id === email);
    assert.ok(isGuard, `law 5: a preview looked at ${email}, where nothing is refused`);
  }
  for (const operation of preview.planned) {
    const { oldPlace = "", old, asked, goal } = operation;
    const known = hasHeadshots(old?.outputs) && hasHeadshots(liveBefore.get(oldPlace)?.[0]);
    if (!old || !known || asked || old.halfReplaced || !takesAway(seen, operation)) continue;
    const byDefault = seen.disturbed.force ?? false;
    const allowed = (old.outputs.forceDestroy ?? byDefault) && (goal?.inputs.forceDestroy ?? byDefault);
    const mayGo = allowed && operation.op === "replace";
    assert.ok(mayGo, `law 5: the preview would take ${oldPlace} away, who has headshots`);
  }
}

const takesAway = (seen: Observation, { op, place }: Operation) =>
  op === "replace" || (op === "update" && saysSend(seen, place));
