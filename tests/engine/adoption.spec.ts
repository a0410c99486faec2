import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";

const ADA = `new HeadshotInvite("ada", { email: "ada@acme.com" });`;

describe("people who are invited already, on the real engine", () => {
  const organization = organizationForEach({ program: ADA });

  it("adopts an unused invite without an e-mail, and says so", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "Ada@Acme.com", teamId: "team_xyz789" });
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.emails, []);
    assert.match(up.printed, /ada@acme.com was already invited \(pending\): adopted, no e-mail sent/);
    const [ada] = (await stack.export()).resources;
    assert.equal(ada?.outputs.adopted, true);
    assert.equal(ada?.outputs.teamName, "Marketing");
    assert.ok(ada?.outputs.expiresAt);
    await stack.expectSettled();
  });

  it("does not adopt a person with headshots, and names the person and the ways out", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "ada@acme.com" });
    emulator.setStatus("ada@acme.com", "completed");
    const up = await stack.up();
    assert.notEqual(up.code, 0);
    assert.match(up.printed, /ada@acme\.com is already in the organization and has headshots \(completed\)/);
    assert.match(up.printed, /adopt: true/);
    assert.equal(emulator.invite("ada@acme.com")?.status, "completed");
    assert.deepEqual((await stack.export()).resources, []);
  });

  it("adopts a person with headshots on request, and then guards them", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "ada@acme.com" });
    emulator.setStatus("ada@acme.com", "completed");
    await stack.setProgram(`new HeadshotInvite("ada", { email: "ada@acme.com", adopt: true });`);
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.emails, []);
    const destroy = await stack.destroy();
    assert.notEqual(destroy.code, 0);
    assert.equal(emulator.invite("ada@acme.com")?.status, "completed");
  });

  it("shows the move of somebody who was adopted from another team, and makes it only then", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "ada@acme.com", teamId: "team_abc123" });
    await stack.setProgram(`new HeadshotInvite("ada", { email: "ada@acme.com", teamId: "team_xyz789" });`);
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.emails, []);
    assert.match(up.printed, /in team team_abc123, so the next preview shows the move to team team_xyz789/);
    const preview = await stack.preview();
    assert.match(preview.printed, /ada@acme\.com moves to team team_xyz789: `pulumi up` revokes the invite/);
    assert.match(preview.printed, /~ 1 to update/);
    const second = await stack.up();
    assert.equal(second.code, 0, second.printed);
    assert.deepEqual(second.emails, ["ada@acme.com"]);
    assert.equal(emulator.invite("ada@acme.com")?.teamId, "team_xyz789");
    await stack.expectSettled();
  });

  it("keeps the invite of somebody whose resource is renamed: no e-mail, no revoke", async () => {
    const { emulator, stack } = organization;
    await stack.must("up", "--yes", "--skip-preview");
    await stack.setProgram(`new HeadshotInvite("ada lovelace", { email: "ada@acme.com" });`);
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.emails, []);
    assert.equal(emulator.invite("ada@acme.com")?.status, "pending");
    await stack.expectSettled();
  });
});
