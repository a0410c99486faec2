import { strict as assert } from "node:assert";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { organizationForEach } from "../support/organization";
import type { Face } from "../support/program";

const people = (from: number, to: number) =>
  JSON.stringify(Array.from({ length: to - from }, (_, n) => `p${from + n}@acme.com`));
const roster = (members: string, options = "") =>
  `new HeadshotRoster("people", { members: ${members}, allowEmpty: true }, { ${options} });\n`;

/** Puts a word before each address, as a stage of a program may do. */
const LEGACY = `pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
  type.includes("HeadshotInvite")
    ? { props: { ...props, email: pulumi.output(props.email).apply((email) => "stage-" + email) }, opts }
    : undefined);\n`;
const TRANSFORMS = `const transforms = [async ({ type, props, opts }) =>
  type.includes("HeadshotInvite") ? { props: { ...props, email: "stage-" + props.email }, opts } : undefined];\n`;

const STAGES: [what: string, face: Face, stage: string, options: string][] = [
  ["registerStackTransformation, dynamic", "dynamic", LEGACY, ""],
  ["transforms, dynamic", "dynamic", TRANSFORMS, "transforms"],
  ["transforms, plugin", "plugin", TRANSFORMS, "transforms"],
];

for (const [what, face, stage, options] of STAGES)
  describe(`a stage that rewrites addresses: ${what}`, () => {
    const organization = organizationForEach({ face });

    it("leaves a roster as it is, and those who leave it count", async () => {
      const { emulator, stack } = organization;
      await stack.setProgram(stage + roster(people(0, 6), options));
      await stack.must("up", "--yes", "--skip-preview");
      await stack.expectSettled();
      assert.ok(emulator.invites().every(({ email }) => email.startsWith("stage-")));
      await stack.setProgram(stage + roster(people(4, 6), options));
      const { code, printed } = await stack.up();
      assert.notEqual(code, 0);
      assert.match(
        printed,
        /because 4 of the 6 people .* and maxRemovals allows 3: stage-p0@acme\.com, stage-p1@/,
      );
      assert.equal(emulator.invites().length, 6);
    });
  });

describe("one person made of two", () => {
  const organization = organizationForEach();
  const two = (options: string) =>
    `new HeadshotInvite("a", { email: "ada@acme.com" });
     new HeadshotInvite("b", { email: "bob@acme.com" }, { ${options} });\n`;
  const ALL = `pulumi.runtime.registerStackTransformation(({ props, opts }) =>
    props.email ? { props: { ...props, email: "ada@acme.com" }, opts } : undefined);\n`;
  const ONE =
    'const transforms = [async ({ props, opts }) => ({ props: { ...props, email: "Ada@acme.com" }, opts })];\n';

  for (const [what, program] of [
    ["registerStackTransformation", ALL + two("")],
    ["transforms", ONE + two("transforms")],
  ] as const)
    it(`by ${what} is refused in the preview, once and without stack frames`, async () => {
      const { stack } = organization;
      await stack.setProgram(program);
      const { code, printed } = await stack.preview();
      assert.notEqual(code, 0);
      const summary = printed.slice(printed.indexOf("Diagnostics:"));
      assert.equal(summary.match(/error:/g)?.length, 1, printed);
      assert.match(summary, /ada@acme\.com is declared twice, by "a" and by "b"\./);
      assert.doesNotMatch(printed, /\n\s+at |Error:|serializing/);
    });

  it("by ignoreChanges is refused; an address that is ignored declares nobody", async () => {
    const { stack } = organization;
    await stack.setProgram(`new HeadshotInvite("a", { email: "ada@acme.com" });`);
    await stack.must("up", "--yes", "--skip-preview");
    const ignored = `new HeadshotInvite("a", { email: "bob@acme.com" }, { ignoreChanges: ["email"] });\n`;
    await stack.setProgram(`${ignored} new HeadshotInvite("b", { email: "bob@acme.com" });`);
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    await stack.setProgram(`${ignored} new HeadshotInvite("c", { email: "ada@acme.com" });`);
    const { code, printed } = await stack.preview();
    assert.notEqual(code, 0);
    assert.match(printed, /ada@acme\.com is declared twice, by "a" and by "c"\./);
  });
});

for (const face of ["dynamic", "plugin"] as const)
  describe(`a team that is moved by hand under ignoreChanges, ${face}`, () => {
    const organization = organizationForEach({ face });

    it("is left, and every up says so; without ignoreChanges the person comes back", async () => {
      const { emulator, stack } = organization;
      const program = (options: string) =>
        stack.setProgram(
          `new HeadshotInvite("ada", { email: "ada@acme.com", team: "Engineering" }, { ${options} });`,
        );
      await program('ignoreChanges: ["teamId"]');
      await stack.must("up", "--yes", "--skip-preview");
      await stack.expectSettled();
      emulator.moveToTeam("ada@acme.com", "team_xyz789");
      await stack.must("refresh", "--yes", "--skip-preview");
      const up = await stack.up("--expect-no-changes");
      assert.equal(up.code, 0, up.printed);
      assert.match(
        up.printed,
        /ada@acme\.com stays in team team_xyz789: the team "Engineering" is team_abc123, /,
      );
      assert.deepEqual([up.emails, emulator.invite("ada@acme.com")?.teamId], [[], "team_xyz789"]);
      await program("");
      await stack.must("up", "--yes", "--skip-preview");
      assert.equal(emulator.invite("ada@acme.com")?.teamId, "team_abc123");
    });
  });

for (const face of ["dynamic", "plugin"] as const)
  describe(`a roster that is cut, ${face}`, () => {
    const organization = organizationForEach({ face });
    const live = () => organization.emulator.invites().filter(({ status }) => status !== "revoked").length;

    for (const [what, cut] of [
      ["to a few", people(5, 7)],
      ["to nobody", "[]"],
    ] as const)
      it(`${what} is refused in an up, and does not stand in the way of a destroy that runs the program`, async () => {
        const { stack } = organization;
        await stack.setProgram(roster(people(0, 6)));
        await stack.must("up", "--yes", "--skip-preview");
        await stack.setProgram(roster(cut));
        const refused = await stack.up();
        assert.notEqual(refused.code, 0);
        assert.match(refused.printed, /of the 6 people whom it had would lose their invite/);
        assert.equal(live(), 6);
        const destroyed = await stack.destroy("--run-program");
        assert.equal(destroyed.code, 0, destroyed.printed);
        assert.equal(live(), 0);
      });

    for (const members of [people(0, 2), "[]"])
      it(`that finds people whom nobody declares fails an up, and no destroy that runs the program: ${members}`, async () => {
        const { emulator, stack } = organization;
        await stack.setProgram(roster(people(0, 2)));
        await stack.must("up", "--yes", "--skip-preview");
        emulator.inviteByHand({ email: "hand@acme.com" });
        await stack.setProgram(
          `new HeadshotRoster("people", { members: ${members}, allowEmpty: true, unmanaged: "fail" });`,
        );
        const refused = await stack.preview();
        assert.notEqual(refused.code, 0);
        assert.match(refused.printed, /has a problem: 1 person is invited .*: hand@acme\.com/);
        const destroyed = await stack.destroy("--run-program");
        assert.equal(destroyed.code, 0, destroyed.printed);
        assert.equal(emulator.invite("hand@acme.com")?.status, "pending");
        assert.equal(live(), 1);
        assert.deepEqual((await stack.export()).resources, []);
      });

    it("is known in a bucket of the old layout, which has no full names of stacks", async () => {
      const { stack } = organization;
      const folder = await mkdtemp(join(tmpdir(), "old-layout-"));
      stack.env = {
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_DIY_BACKEND_LEGACY_LAYOUT: "true",
        PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR: "1",
      };
      await stack.must("stack", "init", "test");
      await stack.setProgram(roster(people(0, 6)));
      await stack.must("up", "--yes", "--skip-preview");
      await stack.expectSettled();
      await stack.setProgram(roster(people(5, 7)));
      const refused = await stack.up();
      assert.match(refused.printed, /because 5 of the 6 people whom it had would lose their invite/);
      await stack.must("destroy", "--yes", "--skip-preview");
    });
  });
