import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";

const ADA = "ada@acme.com";
const IN_TEAM = ', teamId: "team_xyz789"';
const declare = (name: string, args = "") =>
  `new HeadshotInvite("${name}", { email: "${name}@acme.com"${args} });\n`;

describe("forceDestroy, on the real engine", () => {
  const organization = organizationForEach({ program: "" });
  const status = (name: string) => organization.emulator.invite(`${name}@acme.com`)?.status;

  async function must(program: string) {
    await organization.stack.setProgram(program);
    return organization.stack.must("up", "--yes", "--skip-preview");
  }

  /** Two ups with this program fail for each of these people, who have headshots, and touch none of them. */
  async function refused(
    people: readonly string[],
    program: string,
    refusal = /has headshots/,
  ): Promise<void> {
    const { emulator, stack } = organization;
    for (const name of people) emulator.setStatus(`${name}@acme.com`, "completed");
    await stack.setProgram(program);
    for (let ups = 0; ups < 2; ups++) {
      const up = await stack.up("--continue-on-error");
      assert.notEqual(up.code, 0, up.printed);
      for (const name of people) {
        assert.match(up.printed, new RegExp(`${name}@acme\\.com.*${refusal.source}`));
        assert.equal(status(name), "completed", up.printed);
      }
    }
  }

  it("false in the program wins in a team move over a true in the state and in the environment", async () => {
    organization.stack.env = { HEADSHOTPRO_FORCE_DESTROY: "true" };
    await must(declare("sue", ", forceDestroy: true") + declare("eli"));
    const guarded = `${IN_TEAM}, forceDestroy: false`;
    await refused(["sue", "eli"], declare("sue", guarded) + declare("eli", guarded));
  });

  it("false in the program wins in a change of address over a true in the state", async () => {
    await must(declare("amy", ", forceDestroy: true"));
    await refused(
      ["amy"],
      `new HeadshotInvite("amy", { email: "amy.new@acme.com", forceDestroy: false });`,
      /may no longer lose headshots under this program/,
    );
  });

  it("that the program has just dropped is withdrawn", async () => {
    await must(declare("ada", ", forceDestroy: true"));
    await refused(["ada"], declare("ada", IN_TEAM));
  });

  it("a forced team move whose invite fails is recorded as far as it came, and the next up sends one e-mail", async () => {
    const { emulator, stack } = organization;
    await must(declare("ada"));
    emulator.setStatus(ADA, "completed");
    await stack.must("refresh", "--yes", "--skip-preview");
    emulator.fault({ on: "create", kind: { status: 402, code: "INSUFFICIENT_CREDITS" }, times: 1 });
    stack.env = { HEADSHOTPRO_FORCE_DESTROY: "true" };
    await stack.setProgram(declare("ada", IN_TEAM));
    const broken = await stack.up();
    assert.notEqual(broken.code, 0, broken.printed);
    assert.match(broken.printed, /the invite of ada@acme\.com was revoked, but no new one was sent/);
    const [recorded] = (await stack.export()).resources;
    assert.equal(recorded?.outputs.status, "revoked");
    const isDynamic = recorded?.type.startsWith("pulumi-nodejs:dynamic/");
    assert.equal(
      "__provider" in (recorded?.outputs ?? {}),
      isDynamic,
      "by its text a refresh finds the code",
    );

    stack.env = {};
    const preview = await stack.preview();
    assert.match(preview.printed, /ada@acme\.com: the invite was revoked and not sent again yet/);
    const up = await stack.must("up", "--yes", "--skip-preview");
    assert.deepEqual(up.emails, [ADA]);
    assert.equal(emulator.invite(ADA)?.teamId, "team_xyz789");
    await stack.expectSettled();
  });
});
