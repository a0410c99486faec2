import assert from "node:assert/strict";
import { type LabOptions, virtualLabForAll } from "../support/lab";
import { failureOf } from "../support/operations";

/** What the program says, and what the state says; undefined: nothing. Every combination: tests/unit/guard.spec.ts. */
type Flag = boolean | undefined;
const flagged = (forceDestroy: Flag) => (forceDestroy === undefined ? {} : { forceDestroy });

const DEFAULTS: [name: string, options: LabOptions, byDefault: boolean][] = [
  ["not forced by default", {}, false],
  ["forced by HEADSHOTPRO_FORCE_DESTROY", { env: { HEADSHOTPRO_FORCE_DESTROY: "true" } }, true],
  ["forced by the configuration", { config: { "headshotpro:forceDestroy": "true" } }, true],
];

for (const [name, options, byDefault] of DEFAULTS)
  describe(`headshots are deleted if the program and the state allow it, ${name}`, () => {
    const it_ = virtualLabForAll(options);

    /** Somebody with headshots whom the state allows, forbids or says nothing about. */
    function completed(state: Flag) {
      const email = it_.person();
      it_.lab.emulator.inviteByHand({ email });
      it_.lab.emulator.setStatus(email, "completed");
      return { email, state: { email, status: "completed", adopted: true, renewals: 0, ...flagged(state) } };
    }

    for (const recorded of [true, false, undefined]) {
      const may = recorded ?? byDefault;
      it(`a resource that is gone, ${recorded} in the state: ${may ? "revokes" : "is refused"}`, async () => {
        const { email, state } = completed(recorded);
        const ended = it_.lab.provider.delete(email, state);
        if (may) await ended;
        // The environment is a way out unless the state protects them.
        else assert.equal(/HEADSHOTPRO_FORCE_DESTROY/.test(await failureOf(ended)), recorded === undefined);
        assert.equal(it_.lab.isLive(email), !may);
      });
    }

    for (const [program, recorded, may] of [
      [undefined, undefined, byDefault],
      [true, true, true],
      [false, true, false],
      [true, false, false],
    ] as const)
      it(`another address, ${program} in the program and ${recorded} in the state: ${may ? "may be" : "is refused"}`, async () => {
        const { email, state } = completed(recorded);
        const preview = it_.lab.preview(state, { email: `new-${email}`, ...flagged(program) });
        if (may) assert.deepEqual((await preview).replaces, ["email"]);
        else await failureOf(preview);
      });

    it("a replacement is refused before anybody is known to have headshots: they may come while it waits", async () => {
      const { email, state } = completed(true);
      const old = { ...state, status: "pending" };
      const message = await failureOf(it_.lab.preview(old, { email: `new-${email}`, forceDestroy: false }));
      assert.match(message, /may no longer lose headshots under this program, but the state still allows it/);
    });
  });
