import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";
import type { Face } from "../support/program";

const roster = (n: number, more = "") => {
  const emails = Array.from({ length: n }, (_, at) => `p${at}@acme.com`);
  return `new HeadshotRoster("people", { members: ${JSON.stringify(emails)} ${more} });`;
};

for (const face of ["dynamic", "plugin"] as Face[])
  describe(`maxInvites on the real engine, ${face}`, () => {
    const organization = organizationForEach({ face });
    const TOO_MANY =
      /this run would invite more people than maxInvites allows \(2\), so nobody else is invited/g;

    it("refuses the first one too many in the preview; who is there already does not count", async () => {
      const { emulator, stack } = organization;
      await stack.must("config", "set", "headshotpro:maxInvites", "2");
      await stack.setProgram(roster(6));
      const preview = await stack.preview();
      assert.notEqual(preview.code, 0, preview.printed);
      assert.equal(preview.printed.split("Diagnostics:")[1]?.match(TOO_MANY)?.length, 1, preview.printed);
      assert.deepEqual(preview.requests, ["GET /organization/invites"]);
      const up = await stack.up();
      assert.notEqual(up.code, 0, up.printed);
      assert.ok(up.emails.length <= 2, up.emails.join());
      // Any two of the six: the engine asks in no order. The last ones may come when no e-mail is left.
      const missing = Array.from({ length: 6 }, (_, n) => `p${n}@acme.com`).filter(
        (email) => !emulator.invite(email),
      );
      for (const email of missing.slice(2)) emulator.inviteByHand({ email });
      const after = await stack.preview();
      assert.equal(after.code, 0, after.printed);
      const second = await stack.up();
      assert.equal(second.code, 0, second.printed);
    });

    it("counts whoever is sent their invite again, and lets a run of its own through", async () => {
      const { stack } = organization;
      await stack.setProgram(roster(3));
      await stack.must("up", "--yes", "--skip-preview");
      stack.env = { HEADSHOTPRO_MAX_INVITES: "2" };
      await stack.setProgram(roster(3, ", defaults: { resend: 1 }"));
      const preview = await stack.preview();
      assert.notEqual(preview.code, 0, preview.printed);
      assert.match(preview.printed, TOO_MANY);
      stack.env = { HEADSHOTPRO_MAX_INVITES: "3" };
      const up = await stack.up();
      assert.equal(up.code, 0, up.printed);
      assert.equal(up.emails.length, 3);
    });

    it("counts of a targeted run only those whom it is about", async () => {
      const { stack } = organization;
      stack.env = { HEADSHOTPRO_MAX_INVITES: "1" };
      const people = ["ada", "bob", "eve"].map(
        (name) => `new HeadshotInvite("${name}", { email: "${name}@acme.com" });`,
      );
      await stack.setProgram(people.join("\n"));
      const up = await stack.up("--target", "**::bob");
      assert.equal(up.code, 0, up.printed);
      assert.deepEqual(up.emails, ["bob@acme.com"]);
    });
  });
