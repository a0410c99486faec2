import { strict as assert } from "node:assert";
import type { FaultKind } from "headshotpro-emulator";
import { organizationForEach } from "../support/organization";

const FAULTS: [string, FaultKind][] = [
  ["a reset after the effect", "reset"],
  ["a 502 after the effect", { status: 502 }],
  ["no answer at all", "hang"],
];

describe("a create whose reply is lost, on the real engine", () => {
  const organization = organizationForEach({
    program: `new HeadshotInvite("ada", { email: "ada@acme.com" });`,
    env: { HEADSHOTPRO_TIMEOUT_SECONDS: "2" },
  });

  // Before the effect, and every other fault: tests/verbs/fault-matrix.spec.ts.
  for (const [name, kind] of FAULTS) {
    it(`${name} ends in the state, with one e-mail`, async () => {
      const { emulator, stack } = organization;
      emulator.fault({ on: "create", kind, when: "after" });
      const up = await stack.up();
      assert.equal(up.code, 0, up.printed);
      assert.deepEqual(up.emails, ["ada@acme.com"]);
      const [ada] = (await stack.export()).resources;
      assert.equal(ada?.outputs.status, "pending");
      await stack.expectSettled();
    });
  }
});
