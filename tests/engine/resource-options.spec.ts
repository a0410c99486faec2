import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";

const ADA = "ada@acme.com";
const ada = (args = "", options = "") =>
  `new HeadshotInvite("ada", { email: "${ADA}"${args} }${options && `, ${options}`});`;
const IN_TEAM = ', teamId: "team_xyz789"';

describe("flags and resource options keep the laws, on the real engine", () => {
  const organization = organizationForEach({ program: "" });

  async function must(program: string, ...args: string[]) {
    await organization.stack.setProgram(program);
    return organization.stack.must("up", "--yes", "--skip-preview", ...args);
  }
  const status = () => organization.emulator.invite(ADA)?.status;
  const team = () => organization.emulator.invite(ADA)?.teamId;
  const emails = () => organization.emulator.outbox.length;

  async function settled() {
    const before = emails();
    const again = await organization.stack.up("--expect-no-changes");
    assert.equal(again.code, 0, again.printed);
    assert.deepEqual([again.requests, emails()], [[], before]);
  }

  describe("forceDestroy: false in the program wins", () => {
    for (const { name, recorded, program, env } of [
      {
        name: "over a true in the state, in a team move",
        recorded: ", forceDestroy: true",
        program: `${IN_TEAM}, forceDestroy: false`,
      },
      {
        name: "over a true in the state, in a change of address",
        recorded: ", forceDestroy: true",
        program: "",
        address: true,
      },
      {
        name: "over the environment, in a team move",
        recorded: "",
        program: `${IN_TEAM}, forceDestroy: false`,
        env: "true",
      },
      {
        name: "a flag that the program has just dropped is withdrawn",
        recorded: ", forceDestroy: true",
        program: IN_TEAM,
      },
    ])
      it(name, async () => {
        const { emulator, stack } = organization;
        await must(ada(recorded));
        emulator.setStatus(ADA, "completed");
        stack.env = { HEADSHOTPRO_FORCE_DESTROY: env };
        await stack.setProgram(
          program === ""
            ? `new HeadshotInvite("ada", { email: "eve@acme.com", forceDestroy: false });`
            : ada(program),
        );
        for (let ups = 0; ups < 2; ups++) {
          const up = await stack.up();
          assert.notEqual(up.code, 0, up.printed);
          assert.equal(status(), "completed", up.printed);
        }
      });
  });

  it("a forced team move whose invite fails is recorded as far as it came, and the next up sends one e-mail", async () => {
    const { emulator, stack } = organization;
    await must(ada());
    emulator.setStatus(ADA, "completed");
    await stack.must("refresh", "--yes", "--skip-preview");
    emulator.fault({ on: "create", kind: { status: 402, code: "INSUFFICIENT_CREDITS" }, times: 1 });
    stack.env = { HEADSHOTPRO_FORCE_DESTROY: "true" };
    await stack.setProgram(ada(IN_TEAM));
    const broken = await stack.up();
    assert.notEqual(broken.code, 0, broken.printed);
    assert.match(broken.printed, /the invite of ada@acme\.com was revoked, but no new one was sent/);
    const { status: recorded, __provider } = (await stack.export()).resources[0]?.outputs ?? {};
    assert.equal(recorded, "revoked");
    assert.equal(typeof __provider, "string", "without the provider's text a refresh finds no code");

    stack.env = {};
    const preview = await stack.preview();
    assert.match(preview.printed, /ada@acme\.com: the invite was revoked and not sent again yet/);
    const before = emails();
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual([emails() - before, team()], [1, "team_xyz789"]);
    await settled();
  });

  for (const option of ["retainOnDelete: true", "deleteBeforeReplace: false", "deleteBeforeReplace: true"])
    it(`a team change under ${option} moves the person once`, async () => {
      await must(ada("", `{ ${option} }`));
      const moved = await must(ada(IN_TEAM, `{ ${option} }`));
      assert.match(moved.printed, /1 updated/);
      assert.deepEqual([status(), team(), emails()], ["pending", "team_xyz789", 2]);
      await settled();
    });

  for (const { option, left } of [
    { option: "retainOnDelete: true", left: "pending" },
    { option: "deleteBeforeReplace: true", left: "revoked" },
  ])
    it(`a change of address under ${option} leaves the old invite ${left}`, async () => {
      const { emulator } = organization;
      await must(ada("", `{ ${option} }`));
      await must(`new HeadshotInvite("ada", { email: "eve@acme.com" }, { ${option} });`);
      assert.deepEqual([status(), emulator.invite("eve@acme.com")?.status], [left, "pending"]);
      await settled();
    });

  it("--replace and a taint send and revoke nothing, and say so", async () => {
    const { stack } = organization;
    await must(ada());
    const [resource] = (await stack.export()).resources;
    for (const replace of [
      () => stack.up("--replace", resource?.urn ?? ""),
      async () => {
        await stack.must("state", "taint", resource?.urn ?? "", "--yes");
        return stack.up();
      },
    ]) {
      const up = await replace();
      assert.equal(up.code, 0, up.printed);
      assert.match(up.printed, /ada@acme\.com stays invited: the program still declares them/);
      assert.match(up.printed, /To send the invite again: raise `resend`/);
      assert.doesNotMatch(up.printed, /another resource/);
      assert.deepEqual([up.emails, status()], [[], "pending"]);
    }
    await settled();
  });

  it("a replacement by replaceOnChanges keeps the link and all that is known", async () => {
    const { stack } = organization;
    await must(ada(", keepLink: true, maxRenewals: 1", '{ replaceOnChanges: ["maxRenewals"] }'));
    const before = (await stack.export()).resources[0]?.outputs;
    const up = await must(ada(", keepLink: true, maxRenewals: 2", '{ replaceOnChanges: ["maxRenewals"] }'));
    assert.match(up.printed, /1 replaced/);
    assert.deepEqual(up.emails, []);
    const after = (await stack.export()).resources[0]?.outputs;
    for (const name of ["adopted", "renewals", "status", "__organization"])
      assert.equal(after?.[name], before?.[name], name);
    assert.ok(after?.link, "the link is lost");
    await settled();
  });

  it("resend sends a pending invite once more, announced; nobody who has signed up gets anything", async () => {
    const { emulator, stack } = organization;
    emulator.clock.advance({ days: -1 });
    await must(ada());
    emulator.clock.reset();
    await stack.setProgram(ada(", resend: 1"));
    const preview = await stack.preview();
    assert.match(
      preview.printed,
      /ada@acme\.com: `pulumi up` revokes the unused invite and sends it again.*resend 1/,
    );
    await stack.must("up", "--yes", "--skip-preview");
    assert.equal(emails(), 2);
    await settled();
    emulator.accept(ADA);
    const accepted = await must(ada(", resend: 2"));
    assert.deepEqual([accepted.emails, status()], [[], "accepted"]);
    await settled();
  });

  it("--target leaves everybody else alone", async () => {
    const { stack } = organization;
    const bob = `new HeadshotInvite("bob", { email: "bob@acme.com" });`;
    await must(ada() + bob);
    const [one] = (await stack.export()).resources.filter(({ id }) => id === ADA);
    const up = await must(ada(IN_TEAM), "--target", one?.urn ?? "");
    assert.deepEqual([up.emails, team()], [[ADA], "team_xyz789"]);
    assert.equal(organization.emulator.invite("bob@acme.com")?.status, "pending");
  });

  it("a person whom two resources have after a --target stays invited, though one of them goes first", async () => {
    const { stack, emulator } = organization;
    const two = (one: string, other: string, options: string) =>
      `const first = new HeadshotInvite("first", { email: "${one}" }, { ${options} });
      new HeadshotInvite("second", { email: "${other}" }, { dependsOn: [first] });`;
    await must(two(ADA, "dora@acme.com", ""));
    const second = (await stack.export()).resources.find(({ urn }) => urn.endsWith("::second"));
    await must(two("dora@acme.com", ADA, "deleteBeforeReplace: true"), "--target", second?.urn ?? "");
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual([status(), emulator.invite("dora@acme.com")?.status], ["pending", "pending"]);
    await settled();
  });
});
