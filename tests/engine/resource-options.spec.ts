import { strict as assert } from "node:assert";
import { organizationForAll, organizationForEach } from "../support/organization";
import type { ExportedResource, Outcome } from "../support/stack";

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
    await stack.expectSettled();
  });

  for (const options of ["", ", deleteBeforeReplace: true"])
    it(`a replacement keeps somebody with headshots, under adopt: false too${options}`, async () => {
      const { emulator, stack } = organization;
      const program = (trigger: number) =>
        ada(", adopt: false", `{ replacementTrigger: ${trigger}${options} }`);
      await must(program(1));
      emulator.setStatus(ADA, "completed");
      await stack.must("refresh", "--yes", "--skip-preview");
      await stack.setProgram(program(2));
      assert.equal((await stack.preview()).code, 0);
      const triggered = await must(program(2));
      assert.match(
        triggered.printed,
        /ada@acme\.com is invited \(completed\) and stays so: the engine replaced/,
      );
      assert.deepEqual([status(), emails(), triggered.emails], ["completed", 1, []]);
      await stack.expectSettled();
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
    await stack.expectSettled();
    emulator.accept(ADA);
    const accepted = await must(ada(", resend: 2"));
    assert.deepEqual([accepted.emails, status()], [[], "accepted"]);
    await stack.expectSettled();
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
    await stack.expectSettled();
  });
});

describe("a change under resource options, on the real engine", () => {
  const organization = organizationForAll({ program: "" });
  const declare = (name: string, args: string, options: string) =>
    `new HeadshotInvite("${name}", { ${args} }, { ${options} });`;

  /** Each option with a person of its own, all of them in one program. */
  const TEAM_CHANGES = {
    ron: "retainOnDelete: true",
    cay: "deleteBeforeReplace: false",
    dan: "deleteBeforeReplace: true",
  };
  const ADDRESS_CHANGES = {
    rea: { options: "retainOnDelete: true", left: "pending" },
    dea: { options: "deleteBeforeReplace: true", left: "revoked" },
  };
  const program = (after: boolean) =>
    [
      ...Object.entries(TEAM_CHANGES).map(([name, options]) =>
        declare(name, `email: "${name}@acme.com"${after ? IN_TEAM : ""}`, options),
      ),
      ...Object.entries(ADDRESS_CHANGES).map(([name, { options }]) =>
        declare(name, `email: "${name}${after ? ".new" : ""}@acme.com"`, options),
      ),
      declare(
        "liv",
        `email: "liv@acme.com", keepLink: true, maxRenewals: ${after ? 2 : 1}`,
        'replaceOnChanges: ["maxRenewals"]',
      ),
    ].join("\n");
  const liv = async () =>
    (await organization.stack.export()).resources.find(({ id }) => id === "liv@acme.com");

  let up: Outcome;
  let livBefore: ExportedResource | undefined;
  before(async () => {
    const { stack } = organization;
    await stack.setProgram(program(false));
    await stack.must("up", "--yes", "--skip-preview");
    livBefore = await liv();
    await stack.setProgram(program(true));
    up = await stack.must("up", "--yes", "--skip-preview");
  });
  const emails = (to: string) => up.emails.filter((email) => email === to).length;

  for (const [name, option] of Object.entries(TEAM_CHANGES))
    it(`of the team under ${option} moves the person once`, () => {
      const person = organization.emulator.invite(`${name}@acme.com`);
      assert.deepEqual(
        [person?.status, person?.teamId, emails(`${name}@acme.com`)],
        ["pending", "team_xyz789", 1],
      );
    });

  for (const [name, { options, left }] of Object.entries(ADDRESS_CHANGES))
    it(`of the address under ${options} leaves the old invite ${left}`, () => {
      const [old, now] = ["", ".new"].map((suffix) =>
        organization.emulator.invite(`${name}${suffix}@acme.com`),
      );
      assert.deepEqual([old?.status, now?.status, emails(`${name}.new@acme.com`)], [left, "pending", 1]);
    });

  it("under replaceOnChanges keeps the link and all that is known, and sends nothing", async () => {
    assert.equal(emails("liv@acme.com"), 0);
    const after = (await liv())?.outputs;
    for (const name of ["adopted", "renewals", "status", "__organization"])
      assert.equal(after?.[name], livBefore?.outputs[name], name);
    assert.ok(after?.link, "the link is lost");
  });

  it("is an update if the team changes, and a replacement otherwise", () => {
    assert.match(up.printed, /3 updated/);
    assert.match(up.printed, /3 replaced/);
  });

  it("leaves nothing to do", async () => {
    await organization.stack.expectSettled();
  });
});
