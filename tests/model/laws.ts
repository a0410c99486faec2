import { strict as assert } from "node:assert";
import { hasHeadshots, liveOf, wasRenewal } from "./facts";
import type { Observation } from "./observation";
import { emailOf, KEY } from "./people";
import type { Operation } from "./planning";
import type { World } from "./world";

/** Laws 1, 3, 4, 5 and 7: they hold after each command, whatever disturbed it. */
export function checkAlways(world: World, seen: Observation): void {
  const { preview, program, stateBefore, emails, revokes, startedAt, command } = seen;
  assert.equal(seen.previewRequests, 0, "law 5: a preview makes no request");

  const announced = (of: (operation: Operation) => boolean) => preview.planned.filter(of);
  for (const { email, before } of revokes) {
    const recorded = stateBefore.filter(({ id }) => id === email);
    if (hasHeadshots(before)) {
      const forced = recorded.some(
        ({ inputs }) => (inputs.forceDestroy ?? seen.disturbed.force ?? false) === true,
      );
      assert.ok(
        forced,
        `law 1: ${email} (${before?.status}) was revoked, and nobody said forceDestroy before`,
      );
    }
    assert.ok(recorded.length > 0, `law 1: ${email} was revoked, whom this stack did not manage`);
    if (command === "destroy") continue;
    const said = announced(
      (one) =>
        one.old?.id === email && (one.op === "delete" || one.op === "replace" || wasRenewal(one, startedAt)),
    );
    assert.ok(said.length > 0, `law 5: ${email} was revoked, and the preview did not say so`);
  }
  for (const email of new Set(emails)) {
    const said = announced(
      (one) =>
        one.id === email && (one.op === "create" || one.op === "replace" || wasRenewal(one, startedAt)),
    );
    assert.ok(said.length > 0, `law 5: ${email} was e-mailed, and the preview did not say so`);
    assert.equal(
      emails.filter((one) => one === email).length,
      1,
      `law 3: two e-mails to ${email} in one run`,
    );
  }
  if (command !== "destroy") {
    for (const email of new Set([...emails, ...revokes.map((one) => one.email)])) {
      if (seen.disturbed.meanwhile && emailOf(seen.disturbed.meanwhile.who) === email) continue;
      const wanted = [...program.values()].find(({ who }) => emailOf(who) === email);
      const invite = liveOf(seen.invitesBefore, email);
      // The API's `Date` header, which the state counts from, knows no milliseconds.
      const usable = invite && (invite.status !== "pending" || startedAt < secondBefore(invite.expiresAt));
      const inOrder = wanted && usable && (wanted.teamId ?? invite.teamId) === invite.teamId;
      const what = emails.includes(email) ? "was e-mailed" : "was revoked";
      assert.ok(!inOrder, `law 3: ${email} ${what} with a good invite`);
    }
  }
  checkGuard(seen);
  checkResending(seen);
  checkMessages(seen);
  if (command === "refresh")
    for (const { id, slot } of stateBefore)
      if (world.live(id) && liveOf(seen.invitesBefore, id))
        assert.ok(
          seen.stateAfter.some((one) => one.id === id && one.slot === slot),
          `law 4: a refresh lost ${id}, who is still there`,
        );
}

const secondBefore = (time: string) => new Date(Date.parse(time) - 1000).toISOString();

/** Law 5: what the state knows to be impossible fails in the preview. */
function checkGuard({ preview, disturbed }: Observation): void {
  for (const { op, old } of preview.planned) {
    if (op !== "replace" || !old || old.halfReplaced) continue;
    const forced = old.outputs.forceDestroy ?? disturbed.force ?? false;
    const guarded = hasHeadshots(old.outputs as { status: string }) && !forced;
    assert.ok(!guarded, `law 5: the preview would replace ${old.id}, who has headshots`);
  }
}

/** Law 3: where nobody knows what came of an invite, the person is looked up before the next is sent. */
function checkResending({ requests }: Observation): void {
  const unknown = new Set<string>();
  for (const { verb, email = "", status, fault } of requests) {
    if (verb === "get") unknown.delete(email);
    if (verb !== "create") continue;
    assert.ok(!unknown.has(email), `law 3: an invite to ${email} was repeated without a look`);
    if (typeof status !== "number" || status >= 500 || (status === 200 && fault && fault !== "delay"))
      unknown.add(email);
  }
}

function checkMessages({ errors, preview, printed, stateAfter }: Observation): void {
  const messages = [...errors, ...preview.errors].map((error) => {
    assert.equal((error as Error).name, "VerbError", `not a message for a user: ${(error as Error).stack}`);
    return (error as Error).message;
  });
  for (const text of [...messages, ...printed])
    assert.doesNotMatch(text, /\n|undefined|\[object|NaN|\bnull\b/, "not fit to be read");
  assert.ok(!JSON.stringify([messages, printed, stateAfter]).includes(KEY), "law 7: the key was told");
}
