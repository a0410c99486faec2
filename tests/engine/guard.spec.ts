import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";

const declare = (args: string) => `new HeadshotInvite("ada", { email: "ada@acme.com"${args} });`;

describe("headshots are guarded on the real engine", () => {
  const organization = organizationForEach({ program: declare("") });

  beforeEach(async () => {
    const { emulator, stack } = organization;
    await stack.must("up", "--yes", "--skip-preview");
    emulator.setStatus("ada@acme.com", "completed");
  });

  it("refuses to destroy somebody with headshots, and says what to do", async () => {
    const { emulator, stack } = organization;
    const destroy = await stack.destroy();
    assert.notEqual(destroy.code, 0);
    assert.match(
      destroy.printed,
      /ada@acme\.com has headshots \(completed\); revoking would delete them for good/,
    );
    for (const way of [
      "forceDestroy: true",
      "HEADSHOTPRO_FORCE_DESTROY=true",
      "retainOnDelete",
      "pulumi state delete",
    ])
      assert.ok(destroy.printed.includes(way), `${way} is not named:\n${destroy.printed}`);
    assert.equal(emulator.invite("ada@acme.com")?.status, "completed");
    assert.equal((await stack.export()).resources.length, 1);
  });

  it("destroys them with HEADSHOTPRO_FORCE_DESTROY=true, from the state alone", async () => {
    const { emulator, stack } = organization;
    await stack.setProgram("");
    stack.env = { HEADSHOTPRO_FORCE_DESTROY: "true" };
    const destroy = await stack.destroy();
    assert.equal(destroy.code, 0, destroy.printed);
    assert.equal(emulator.invite("ada@acme.com")?.status, "revoked");
  });

  it("destroys them once forceDestroy is in the state; recording it makes no request", async () => {
    const { emulator, stack } = organization;
    await stack.setProgram(declare(", forceDestroy: true"));
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.match(up.printed, /1 updated/);
    assert.deepEqual(up.requests, []);
    await stack.setProgram("");
    assert.equal((await stack.up()).code, 0);
    assert.equal(emulator.invite("ada@acme.com")?.status, "revoked");
  });

  it("keeps them if the resource is retained", async () => {
    const { emulator, stack } = organization;
    await stack.setProgram(`new HeadshotInvite("ada", { email: "ada@acme.com" }, { retainOnDelete: true });`);
    assert.equal((await stack.up()).code, 0);
    await stack.setProgram("");
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.requests, []);
    assert.equal(emulator.invite("ada@acme.com")?.status, "completed");
  });

  it("fails in the preview if another address would delete known headshots, and says how if forceDestroy comes with it", async () => {
    const { emulator, stack } = organization;
    assert.equal((await stack.refresh()).code, 0);
    for (const [flags, message] of [
      ["", /ada@acme\.com has headshots \(completed\); inviting another address in their place would delete/],
      [", forceDestroy: true", /forceDestroy is new in this program: run `pulumi up` with it alone first/],
    ] as const) {
      await stack.setProgram(`new HeadshotInvite("ada", { email: "new@acme.com"${flags} });`);
      const preview = await stack.preview();
      assert.notEqual(preview.code, 0);
      assert.match(preview.printed, message);
    }
    assert.equal(emulator.invite("ada@acme.com")?.status, "completed");
  });

  it("revokes nobody for a team, where the state does not know of the headshots yet", async () => {
    const { emulator, stack } = organization;
    await stack.setProgram(declare(', teamId: "team_xyz789"'));
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.emails, []);
    const { status, teamId } = emulator.invite("ada@acme.com") ?? {};
    assert.deepEqual([status, teamId], ["completed", "team_xyz789"]);
  });

  it("guards a status that nobody has heard of, and says what to do before the resource is removed", async () => {
    const { emulator, stack } = organization;
    emulator.setStatus("ada@acme.com", "retouching");
    await stack.setProgram("");
    const up = await stack.up();
    assert.notEqual(up.code, 0);
    assert.match(
      up.printed,
      /ada@acme\.com has headshots \(retouching\); revoking would delete them for good/,
    );
    assert.match(up.printed, /set forceDestroy: true and run `pulumi up` before removing the resource/);
    assert.equal(emulator.invite("ada@acme.com")?.status, "retouching");
    assert.equal((await stack.export()).resources.length, 1);
  });
});
