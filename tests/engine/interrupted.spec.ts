import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { providersOf } from "../support/engine";
import { organizationForEach } from "../support/organization";
import { FACES } from "../support/program";
import { Trials } from "./trials/trials";

const PEOPLE = Array.from({ length: 16 }, (_, n) => `person${n}@acme.com`);

/** So many have their e-mail when the engine is killed, and all others are still to be invited. */
const INVITED = 3;

for (const face of FACES)
  describe(`the engine dies, and so do we, ${face}`, () => {
    const organization = organizationForEach({
      face,
      program: PEOPLE.map((email) => `new HeadshotInvite("${email}", { email: "${email}" });`).join("\n"),
    });
    const rest = { on: "create", after: INVITED, times: Number.POSITIVE_INFINITY } as const;

    it("kill -9 of the CLI: no further e-mail, no process left; cancel and up end at what is declared", async () => {
      const { emulator, stack } = organization;
      emulator.fault({ ...rest, kind: "hang" });
      const running = stack.start("up", "--yes", "--skip-preview", "--parallel", "4");
      while (!emulator.requests.some(({ status }) => status === "hang")) await sleep(20);
      running.kill("SIGKILL");
      await running.ended;
      for (let looks = 0; looks < 600 && providersOf(stack.directory).length > 0; looks++) await sleep(50);
      assert.deepEqual(providersOf(stack.directory), []);
      assert.equal(emulator.outbox.length, INVITED);

      emulator.clearFaults();
      await stack.removeTornAttributes();
      await stack.must("cancel", "--yes");
      await stack.mustUp();
      assert.deepEqual(emulator.outbox.map(({ to }) => to).sort(), [...PEOPLE].sort());
      assert.equal((await stack.export()).resources.length, PEOPLE.length);
      await stack.expectSettled();
    });

    it("Ctrl-C: what was sent is recorded", async () => {
      const { emulator, stack } = organization;
      // The engine waits for what is on its way, and the CLI needs a moment to take notice.
      emulator.fault({ ...rest, kind: { delayMs: 3_000 } });
      const running = stack.start("up", "--yes", "--skip-preview", "--parallel", "4");
      while (emulator.outbox.length < INVITED) await sleep(20);
      running.kill("SIGINT");
      await running.ended;
      emulator.clearFaults();
      const recorded = (await stack.export()).resources.map(({ id }) => id).sort();
      assert.deepEqual(recorded, emulator.outbox.map(({ to }) => to).sort());
      assert.ok(recorded.length < PEOPLE.length);
      await stack.mustUp();
      assert.equal(emulator.outbox.length, PEOPLE.length);
    });
  });

/** A few of `npm run trials`, always the same. */
const TRIALS = [
  { seed: 20262001, kind: "any" },
  { seed: 20262002, kind: "replace" },
  { seed: 20262003, kind: "replace" },
] as const;

describe("crash trials (the short form of npm run trials)", () => {
  let trials: Trials;
  before(async () => {
    trials = await Trials.start();
  });
  after(() => trials.stop());

  for (const { seed, kind } of TRIALS) {
    it(`seed ${seed}, ${kind}: declared = at the API, one e-mail for each invite, headshots untouched`, async () => {
      await trials.run(seed, kind);
    });
  }
});
