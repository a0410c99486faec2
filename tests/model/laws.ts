import { strict as assert } from "node:assert";
import type { Bookkeeping } from "./bookkeeping";
import { hasHeadshots, isDeletedFirst, isUsable } from "./facts";
import { checkRevokes } from "./law-1";
import { checkLosses, checkReplacements } from "./law-4";
import { checkPreview, isAnnounced } from "./law-5";
import { checkRails } from "./law-8";
import type { Observation } from "./observation";
import { placeOf } from "./organizations";
import { emailOf } from "./people";
import { placeOfResource } from "./planning";
import { EngineError } from "./provider-process";
import { teamMeant } from "./teams";
import type { World } from "./world";

/** Laws 1, 3, 4, 5, 7 and 8: they hold after each command, whatever disturbed it. */
export function checkAlways(world: World, seen: Observation, books: Bookkeeping): void {
  checkPreview(seen);
  checkRevokes(seen);
  checkEmails(world, seen, books);
  checkRails(world, seen);
  checkAdoptions(seen, books);
  checkLosses(world, seen);
  checkReplacements(seen.preview);
  checkResending(seen);
  checkMessages(seen);
  if (seen.command === "refresh") checkRefresh(world, seen);
}

/** Law 3: who was e-mailed, and who lost an invite for it. */
function checkEmails(world: World, seen: Observation, books: Bookkeeping): void {
  const { emails, revokes, declared, command } = seen;
  for (const place of new Set(emails)) {
    assert.ok(declared.has(place) && command === "up", `law 3: ${place} was e-mailed, whom nobody declares`);
    const announced = isAnnounced(seen, place) || isDeletedFirst(seen, place);
    assert.ok(announced, `law 5: ${place} was e-mailed, and the preview did not say so`);
    assert.equal(
      emails.filter((one) => one === place).length,
      1,
      `law 3: two e-mails to ${place} in one run`,
    );
  }
  if (command === "destroy") return;
  const { meanwhile } = seen.disturbed;
  const disturbedPlace = meanwhile && placeOf(meanwhile.org ?? 0, emailOf(meanwhile.who));
  for (const place of new Set([...emails, ...revokes.map((one) => one.place)])) {
    const wanted = declared.get(place)?.as;
    const [invite] = seen.liveBefore.get(place) ?? [];
    if (place === disturbedPlace || world.odd.has(place) || !wanted || !invite) continue;
    const inTeam = (teamMeant(Number(place[0]), wanted) ?? invite.teamId) === invite.teamId;
    const inOrder = isUsable(invite, seen.endedAt) && inTeam && !books.owesResend(place, seen);
    const what = emails.includes(place) ? "was e-mailed" : "was revoked";
    assert.ok(!inOrder || isDeletedFirst(seen, place), `law 3: ${place} ${what} with a good invite`);
  }
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

/** Law 3: where nobody knows what came of an invite, the person is looked up before the next is sent. */
function checkResending({ requests }: Observation): void {
  const unknown = new Set<string>();
  for (const { verb, org, email = "", status, fault } of requests) {
    const place = placeOf(org, email);
    if (verb === "get") unknown.delete(place);
    if (verb !== "create") continue;
    assert.ok(!unknown.has(place), `law 3: an invite to ${place} was repeated without a look`);
    if (typeof status !== "number" || status >= 500 || (status === 200 && fault && fault !== "delay"))
      unknown.add(place);
  }
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

function checkRefresh({ organizations }: World, { stateBefore, stateAfter, liveBefore }: Observation): void {
  for (const { id, slot, org } of stateBefore) {
    const place = placeOf(org, id);
    if (organizations.live(place).length > 0 && liveBefore.get(place)?.length)
      assert.ok(
        stateAfter.some((one) => one.id === id && one.slot === slot && one.org === org),
        `law 4: a refresh lost ${place}, who is still there`,
      );
  }
}
