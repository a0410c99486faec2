import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";
import { failureOf } from "../support/operations";

/** What the program says, what the state says, and what HEADSHOTPRO_FORCE_DESTROY says; undefined: nothing. */
type Flag = boolean | undefined;
const FLAGS: Flag[] = [true, false, undefined];
const flagged = (forceDestroy: Flag) => (forceDestroy === undefined ? {} : { forceDestroy });

/** Written out: a `false` wins from wherever it comes, and what is not said is as the environment has it. */
const MAY_REPLACE: [program: Flag, state: Flag, byDefault: boolean, may: boolean][] = [
  [true, true, false, true],
  [true, false, false, false],
  [true, undefined, false, false],
  [false, true, false, false],
  [false, false, false, false],
  [false, undefined, false, false],
  [undefined, true, false, false],
  [undefined, false, false, false],
  [undefined, undefined, false, false],
  [true, true, true, true],
  [true, false, true, false],
  [true, undefined, true, true],
  [false, true, true, false],
  [false, false, true, false],
  [false, undefined, true, false],
  [undefined, true, true, true],
  [undefined, false, true, false],
  [undefined, undefined, true, true],
];

for (const byDefault of [false, true])
  describe(`headshots are never deleted if the program forbids it, ${byDefault ? "" : "not "}forced by the environment`, () => {
    const it_ = virtualLabForAll({ env: byDefault ? { HEADSHOTPRO_FORCE_DESTROY: "true" } : {} });

    /** Somebody with headshots whom the state allows, forbids or says nothing about. */
    function completed(state: Flag) {
      const email = it_.person();
      it_.lab.emulator.inviteByHand({ email, teamId: "team_xyz789" });
      it_.lab.emulator.setStatus(email, "completed");
      const known = { email, teamId: "team_xyz789", status: "completed", adopted: true, renewals: 0 };
      return { email, state: { ...known, ...flagged(state) } };
    }

    it("leaves out no combination", () => {
      const rows = MAY_REPLACE.filter(([, , whose]) => whose === byDefault);
      assert.equal(new Set(rows.map(String)).size, FLAGS.length ** 2);
    });

    for (const [program, recorded, whose, may] of MAY_REPLACE.filter(([, , one]) => one === byDefault)) {
      it(`another address, ${program} in the program and ${recorded} in the state: ${may ? "may be" : "is refused"}`, async () => {
        const { email, state } = completed(recorded);
        const preview = it_.lab.preview(state, { email: `new-${email}`, ...flagged(program) });
        if (may) assert.deepEqual((await preview).replaces, ["email"]);
        else await failureOf(preview);
      });

      it(`a resource that is gone, ${recorded} in the state: ${(recorded ?? whose) ? "revokes" : "is refused"}`, async () => {
        const { email, state } = completed(recorded);
        if (recorded ?? whose) await it_.lab.provider.delete(email, state);
        else await failureOf(it_.lab.provider.delete(email, state));
        assert.equal(it_.lab.isLive(email), !(recorded ?? whose));
      });
    }

    it("a replacement is refused before anybody is known to have headshots: they may come while it waits", async () => {
      const { email, state } = completed(true);
      const old = { ...state, status: "pending" };
      const message = await failureOf(it_.lab.preview(old, { email: `new-${email}`, forceDestroy: false }));
      assert.match(message, /may no longer lose headshots under this program, but the state still allows it/);
    });
  });
