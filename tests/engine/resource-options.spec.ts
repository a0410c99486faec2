import { strict as assert } from "node:assert";
import { organizationForAll, organizationForEach } from "../support/organization";
import { FACES } from "../support/program";
import type { ExportedResource, Outcome } from "../support/stack";

const ADA = "ada@acme.com";
const person = (name: string, args = "", options = "{}") =>
  `new HeadshotInvite("${name}", { email: "${name}@acme.com"${args} }, ${options});\n`;
const ada = () => person("ada");
const IN_TEAM = ', teamId: "team_xyz789"';

describe("flags and resource options keep the laws, on the real engine", () => {
  const organization = organizationForEach({ program: "" });

  async function must(program: string, ...args: string[]) {
    return organization.stack.upTo(program, ...args);
  }
  const statusOf = (name: string) => organization.emulator.invite(`${name}@acme.com`)?.status;

  it("a replacement sends and revokes nothing, and says so; resend sends a pending invite once more, announced", async () => {
    const { emulator, stack } = organization;
    /** `liv` and `max` have headshots, `bob` has an unused invite. */
    const program = (step: number) =>
      ada() +
      person("liv", ", adopt: false", `{ replacementTrigger: ${step} }`) +
      person("max", ", adopt: false", `{ replacementTrigger: ${step}, deleteBeforeReplace: true }`) +
      person("bob", step === 1 ? "" : `, resend: ${step}`);
    emulator.clock.advance({ days: -1 });
    await must(program(1));
    emulator.clock.reset();
    for (const email of ["liv@acme.com", "max@acme.com"]) emulator.setStatus(email, "completed");
    await stack.must("refresh", "--yes", "--skip-preview");

    await stack.setProgram(program(2));
    const preview = await stack.must("preview");
    assert.match(
      preview.printed,
      /bob@acme\.com: `pulumi up` revokes the unused invite and sends it again.*resend 2/,
    );
    const replaced = await must(program(2), "--replace", "**::ada");
    assert.match(replaced.printed, /ada@acme\.com stays invited: the program still declares them/);
    assert.match(replaced.printed, /To send the invite again: raise `resend`/);
    for (const name of ["liv", "max"])
      assert.match(
        replaced.printed,
        new RegExp(`${name}@acme\\.com is invited \\(completed\\) and stays so: the engine replaced`),
      );
    assert.deepEqual(replaced.emails, ["bob@acme.com"]);

    emulator.accept("bob@acme.com");
    const [resource] = (await stack.export()).resources.filter(({ id }) => id === ADA);
    await stack.must("state", "taint", resource?.urn ?? "", "--yes");
    const tainted = await must(program(2).replace("resend: 2", "resend: 3"));
    assert.match(tainted.printed, /ada@acme\.com stays invited: the program still declares them/);
    for (const { printed } of [replaced, tainted]) assert.doesNotMatch(printed, /another resource/);
    assert.deepEqual(tainted.emails, [], "nobody who has signed up gets anything");
    assert.deepEqual(["ada", "liv", "max", "bob"].map(statusOf), [
      "pending",
      "completed",
      "completed",
      "accepted",
    ]);
    await stack.expectSettled();
  });

  it("--target leaves everybody else alone, and a person whom two resources have afterwards stays invited, though one goes first", async () => {
    const { stack, emulator } = organization;
    const three = (one: string, other: string, options: string, team = "") =>
      `const first = new HeadshotInvite("first", { email: "${one}" }, { ${options} });
      new HeadshotInvite("second", { email: "${other}" }, { dependsOn: [first] });
      ${person("bob", team)}`;
    await must(three(ADA, "dora@acme.com", ""));
    const swapped = three("dora@acme.com", ADA, "deleteBeforeReplace: true", IN_TEAM);
    await must(swapped, "--target", "**::second");
    assert.equal(emulator.invite("bob@acme.com")?.teamId ?? null, null);
    await must(swapped);
    assert.deepEqual([statusOf("ada"), statusOf("dora")], ["pending", "pending"]);
    assert.equal(emulator.invite("bob@acme.com")?.teamId, "team_xyz789");
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
    await stack.upTo(program(false));
    livBefore = await liv();
    await stack.setProgram(program(true));
    up = await stack.mustUp();
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

const TWO = '["p0@acme.com","p1@acme.com"]';

describe("a team that is moved by hand under ignoreChanges", () => {
  const organization = organizationForEach({ face: "plugin" });

  it("is left, and every up says so; without ignoreChanges the person comes back", async () => {
    const { emulator, stack } = organization;
    const program = (options: string) =>
      stack.setProgram(
        `new HeadshotInvite("ada", { email: "ada@acme.com", team: "Engineering" }, { ${options} });`,
      );
    await program('ignoreChanges: ["teamId"]');
    await stack.mustUp();
    await stack.expectSettled();
    emulator.moveToTeam("ada@acme.com", "team_xyz789");
    await stack.must("refresh", "--yes", "--skip-preview");
    const up = await stack.mustUp("--expect-no-changes");
    assert.match(
      up.printed,
      /ada@acme\.com stays in team team_xyz789: the team "Engineering" is team_abc123, /,
    );
    assert.deepEqual([up.emails, emulator.invite("ada@acme.com")?.teamId], [[], "team_xyz789"]);
    await program("");
    await stack.mustUp();
    assert.equal(emulator.invite("ada@acme.com")?.teamId, "team_abc123");
  });
});

for (const face of FACES)
  describe(`a roster with unmanaged: fail, ${face}`, () => {
    const organization = organizationForEach({ face });
    const live = () => organization.emulator.invites().filter(({ status }) => status !== "revoked").length;

    for (const members of [TWO, "[]"])
      it(`that finds people whom nobody declares fails an up, and no destroy that runs the program: ${members}`, async () => {
        const { emulator, stack } = organization;
        await stack.upTo(`new HeadshotRoster("people", { members: ${TWO} });`);
        emulator.inviteByHand({ email: "hand@acme.com" });
        await stack.setProgram(
          `new HeadshotRoster("people", { members: ${members}, allowEmpty: true, unmanaged: "fail" });`,
        );
        const refused = await stack.fails("preview");
        assert.match(refused.printed, /has a problem: 1 person is invited .*: hand@acme\.com/);
        await stack.must("destroy", "--yes", "--skip-preview", "--run-program");
        assert.equal(emulator.invite("hand@acme.com")?.status, "pending");
        assert.equal(live(), 1);
        assert.deepEqual((await stack.export()).resources, []);
      });
  });

describe("the line about a roster", () => {
  const organization = organizationForEach({ face: "plugin" });

  it("announces nothing for a name of the same team, and whom retainOnDelete leaves invited", async () => {
    const { emulator, stack } = organization;
    const write = (members: string, team: string) =>
      stack.setProgram(
        `new HeadshotRoster("people", { members: ${members}, defaults: { ${team} } }, { retainOnDelete: true });`,
      );
    await write('["ada@acme.com", "bob@acme.com"]', 'teamId: "team_xyz789"');
    await stack.mustUp();
    await write('["ada@acme.com", "bob@acme.com"]', 'team: "Marketing"');
    const switched = await stack.mustUp("--expect-no-changes");
    assert.doesNotMatch(switched.printed, /e-mailed/);
    await write('["ada@acme.com"]', 'team: "Marketing"');
    const removed = await stack.mustUp();
    assert.match(removed.printed, /1 leaves, and stays invited if the last `up` had `retainOnDelete`, too/);
    assert.equal(emulator.invite("bob@acme.com")?.status, "pending");
  });
});
