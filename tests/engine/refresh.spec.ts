import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";

describe("refresh on the real engine", () => {
  const organization = organizationForEach({
    program: `new HeadshotInvite("ada", { email: "ada@acme.com" });`,
  });

  beforeEach(async () => {
    await organization.stack.must("up", "--yes", "--skip-preview");
  });

  it("costs one request for one person", async () => {
    const refresh = await organization.stack.refresh();
    assert.deepEqual(refresh.requests, ["GET /organization/invites/ada@acme.com"]);
  });

  for (const [name, body] of [
    ["bare", "empty"],
    ["HTML", "html"],
  ] as const) {
    it(`fails on a ${name} 404, and the state stays`, async () => {
      const { emulator, stack } = organization;
      emulator.fault({ on: "any", kind: { status: 404, body }, times: Number.POSITIVE_INFINITY });
      const refresh = await stack.refresh();
      assert.notEqual(refresh.code, 0);
      assert.match(refresh.printed, /does not answer as HeadshotPro's API \(404/);
      assert.match(refresh.printed, /HEADSHOTPRO_BASE_URL/);
      assert.equal((await stack.export()).resources[0]?.outputs.status, "pending");
    });
  }

  it("drops a person whom the API itself does not know, and the next up invites again", async () => {
    const { emulator, stack } = organization;
    emulator.revokeByHand("ada@acme.com");
    const refresh = await stack.refresh();
    assert.equal(refresh.code, 0, refresh.printed);
    assert.deepEqual((await stack.export()).resources, []);
    assert.deepEqual((await stack.up()).emails, ["ada@acme.com"]);
  });

  it("shows a team that was changed by hand, and the next up moves the person back", async () => {
    const { emulator, stack } = organization;
    await stack.setProgram(`new HeadshotInvite("ada", { email: "ada@acme.com", teamId: "team_xyz789" });`);
    await stack.must("up", "--yes", "--skip-preview");
    emulator.moveToTeam("ada@acme.com", "team_abc123");
    assert.equal((await stack.refresh()).code, 0);
    const preview = await stack.preview("--diff");
    assert.match(preview.printed, /teamId\s*: "team_abc123" => "team_xyz789"/);
    assert.equal((await stack.up()).code, 0);
    assert.equal(emulator.invite("ada@acme.com")?.teamId, "team_xyz789");
  });
});
