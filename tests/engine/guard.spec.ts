import { strict as assert } from "node:assert";
import { organizationForAll } from "../support/organization";

const declare = (name: string, args = "", options = "") =>
  `new HeadshotInvite("${name}", { email: "${name}@acme.com"${args} }, { ${options} });\n`;

/**
 * One stack, on which each test goes on where the one before has ended. In the dynamic face, concurrency.spec.ts and
 * vendor.spec.ts keep headshots over a destroy.
 */
describe("headshots are guarded on the real engine", () => {
  const organization = organizationForAll({ face: "plugin" });
  const status = (name: string) => organization.emulator.invite(`${name}@acme.com`)?.status;
  const names = async () => (await organization.stack.export()).resources.map(({ id }) => id.split("@")[0]);

  before(async () => {
    const { emulator, stack } = organization;
    const people = ["ada", "moon", "kept", "flag", "team"];
    await stack.upTo(people.map((name) => declare(name)).join(""));
    for (const name of people) emulator.setStatus(`${name}@acme.com`, "completed");
    // Nobody has heard of it.
    emulator.setStatus("moon@acme.com", "retouching");
  });

  it("revokes nobody for a team, where the state does not know of the headshots; flags are recorded", async () => {
    const { emulator, stack } = organization;
    const up = await stack.upTo(
      declare("ada") +
        declare("moon") +
        declare("kept", "", "retainOnDelete: true") +
        declare("flag", ", forceDestroy: true") +
        declare("team", ', teamId: "team_xyz789"'),
    );
    assert.deepEqual(up.emails, []);
    const { status, teamId } = emulator.invite("team@acme.com") ?? {};
    assert.deepEqual([status, teamId], ["completed", "team_xyz789"]);
  });

  it("refuses to revoke somebody with headshots, or with a status that it does not know, and says what to do", async () => {
    const { stack } = organization;
    await stack.setProgram(declare("team", ', teamId: "team_xyz789"'));
    const up = await stack.fails("up", "--continue-on-error");
    for (const [name, was] of [
      ["ada", "completed"],
      ["moon", "retouching"],
    ] as const) {
      const why = `${name}@acme.com has headshots (${was}); revoking would delete them for good`;
      assert.ok(up.printed.includes(why), up.printed);
      assert.equal(status(name), was);
    }
    assert.deepEqual([status("kept"), status("flag")], ["completed", "revoked"], "retained; forced");
    assert.deepEqual((await names()).sort(), ["ada", "moon", "team"]);
  });

  it("fails in the preview if another address would delete known headshots, and says how if forceDestroy comes with it", async () => {
    const { stack } = organization;
    await stack.must("refresh", "--yes", "--skip-preview");
    for (const [flags, message] of [
      ["", /ada@acme\.com has headshots \(completed\); inviting another address in their place would delete/],
      [", forceDestroy: true", /forceDestroy is new in this program: run `pulumi up` with it alone first/],
    ] as const) {
      await stack.setProgram(`new HeadshotInvite("ada", { email: "new@acme.com"${flags} });`);
      const preview = await stack.fails("preview");
      assert.match(preview.printed, message);
    }
    assert.equal(status("ada"), "completed");
  });

  it("destroys them with HEADSHOTPRO_FORCE_DESTROY=true, from the state alone", async () => {
    const { stack } = organization;
    await stack.setProgram("");
    stack.env = { HEADSHOTPRO_FORCE_DESTROY: "true" };
    await stack.must("destroy", "--yes", "--skip-preview");
    assert.deepEqual(["ada", "moon", "team", "kept"].map(status), [...Array(3).fill("revoked"), "completed"]);
  });
});
