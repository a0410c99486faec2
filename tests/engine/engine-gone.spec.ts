import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { organizationForEach } from "../support/organization";
import { providersOf } from "../support/processes";

const PEOPLE = Array.from({ length: 40 }, (_, n) => `person${n}@acme.com`);

describe("the engine dies, and so do we", () => {
  const organization = organizationForEach({
    // Slow answers: most of the people are still to be invited when the engine is killed.
    latencyMs: 400,
    program: PEOPLE.map((email) => `new HeadshotInvite("${email}", { email: "${email}" });`).join("\n"),
  });

  it("kill -9 of the CLI: no further e-mail, no process left; cancel and up end at what is declared", async () => {
    const { emulator, stack } = organization;
    const running = stack.start("up", "--yes", "--skip-preview", "--parallel", "4");
    while (emulator.outbox.length < 3) await sleep(20);
    running.kill("SIGKILL");
    await running.ended;
    // What was on its way at that moment may still arrive; a second later everything is over.
    await sleep(1000);
    const sent = emulator.outbox.length;
    assert.ok(sent < PEOPLE.length, "the engine was killed too late for this test to tell anything");
    assert.deepEqual(providersOf(stack.directory), []);
    await sleep(1500);
    assert.equal(emulator.outbox.length, sent);

    await stack.must("cancel", "--yes");
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(emulator.outbox.map(({ to }) => to).sort(), [...PEOPLE].sort());
    assert.equal((await stack.export()).resources.length, PEOPLE.length);
    assert.equal((await stack.up("--expect-no-changes")).code, 0);
  });

  it("Ctrl-C: what was sent is recorded", async () => {
    const { emulator, stack } = organization;
    const running = stack.start("up", "--yes", "--skip-preview", "--parallel", "4");
    while (emulator.outbox.length < 3) await sleep(20);
    running.kill("SIGINT");
    await running.ended;
    const recorded = (await stack.export()).resources.map(({ id }) => id).sort();
    assert.deepEqual(recorded, emulator.outbox.map(({ to }) => to).sort());
    assert.ok(recorded.length < PEOPLE.length);
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.equal(emulator.outbox.length, PEOPLE.length);
  });
});
