import { strict as assert } from "node:assert";
import { parsePreview } from "../../provider/src/review/preview-json";
import { toReview } from "../../provider/src/review/review";
import { INVITE_TYPE, PLUGIN_INVITE_TYPE } from "../../provider/src/urn";
import { organizationForAll, organizationForEach } from "../support/organization";
import type { Face } from "../support/program";
import type { Outcome } from "../support/stack";

const FACES: Face[] = ["dynamic", "plugin"];
const TEAM = "team_xyz789";

/** A person under each option, all of them in one program: before a change and after it. */
const program = (after: boolean) => {
  const n = after ? 2 : 1;
  const invite = (name: string, args: string, options: string) =>
    `const ${name} = new HeadshotInvite("${name}", { email: "${name}@acme.com"${args} }, { ${options} });`;
  return [
    invite("hide", `, maxRenewals: ${n}`, 'hideDiffs: ["maxRenewals"]'),
    invite("secret", ', teamId: "team_abc123"', 'additionalSecretOutputs: ["teamId"]'),
    invite("ignore", after ? `, teamId: "${TEAM}"` : "", 'ignoreChanges: ["teamId"]'),
    invite(
      "transform",
      "",
      `transforms: [({ props, opts }) => ({ props: { ...props, teamId: "${TEAM}" }, opts })]`,
    ),
    invite("trigger", "", `replacementTrigger: ${n}`),
    invite("follow", "", "replaceWith: [trigger]"),
    invite("link", `, keepLink: true, maxRenewals: ${n}`, 'replaceOnChanges: ["maxRenewals"]'),
    invite("first", after ? `, teamId: "${TEAM}"` : "", "deleteBeforeReplace: true"),
    invite("leaves", "", "retainOnDelete: true").replace("leaves@", after ? "new@" : "leaves@"),
    invite("slow", "", 'customTimeouts: { create: "1m", update: "1m" }'),
    ...(after ? [invite("eve", "", "dependsOn: [follow, link, first, leaves]")] : []),
    ...(after ? [] : [invite("box", "", ""), invite("inner", "", "deletedWith: box")]),
  ].join("\n");
};

for (const face of FACES)
  describe(`each resource option, on the real engine (${face})`, () => {
    const organization = organizationForAll({ face, program: "" });
    let preview: Outcome;
    let second: Outcome;
    let leftOver: Outcome;
    let third: Outcome;
    let linkBefore: Record<string, unknown> | undefined;
    before(async () => {
      const { stack } = organization;
      await stack.setProgram(program(false));
      await stack.mustUp();
      linkBefore = (await state("link"))?.outputs;
      await stack.setProgram(program(true));
      preview = await stack.preview("--diff");
      const { emulator } = organization;
      const refusal = { on: "create", kind: { status: 402, code: "INSUFFICIENT_CREDITS" } } as const;
      emulator.fault({ ...refusal, email: "eve@acme.com" });
      second = await stack.up();
      leftOver = await stack.preview("--json", "--show-sames", "--show-replacement-steps");
      third = await stack.mustUp();
    });
    const person = (name: string) => organization.emulator.invite(`${name}@acme.com`);
    const emailsTo = (name: string) =>
      organization.emulator.outbox.filter(({ to }) => to === `${name}@acme.com`).length;
    const state = async (name: string) =>
      (await organization.stack.export()).resources.find(({ id }) => id === `${name}@acme.com`);

    it("hideDiffs hides what changes, and it changes all the same", async () => {
      assert.doesNotMatch(preview.printed, /maxRenewals +: 1 => 2/);
      assert.equal((await state("hide"))?.outputs.maxRenewals, 2);
    });
    it("additionalSecretOutputs encrypts an output", async () => {
      assert.notEqual((await state("secret"))?.outputs.teamId, "team_abc123");
    });
    it("ignoreChanges leaves the person where they are", () => {
      assert.deepEqual([person("ignore")?.teamId, person("ignore")?.status], [null, "pending"]);
    });
    it("transforms change what is declared", () => assert.equal(person("transform")?.teamId, TEAM));
    it("replacementTrigger and replaceWith send and revoke nothing", () => {
      assert.match(second.printed, /trigger created replacement/);
      assert.deepEqual([person("trigger")?.status, person("follow")?.status], ["pending", "pending"]);
      assert.deepEqual(third.emails, ["eve@acme.com"]);
    });
    it("replaceOnChanges keeps the link and all that is known, and sends nothing", async () => {
      const after = (await state("link"))?.outputs;
      assert.ok(after?.link, "the link is lost");
      for (const name of ["adopted", "renewals", "status", "__organization"])
        assert.equal(after?.[name], linkBefore?.[name], name);
      assert.equal(emailsTo("link"), 1);
    });
    it("deleteBeforeReplace moves a person once", () =>
      assert.deepEqual(
        [person("first")?.teamId, person("first")?.status, emailsTo("first")],
        [TEAM, "pending", 2],
      ));
    it("retainOnDelete leaves the invite of an address that is another one now", () =>
      assert.deepEqual([person("leaves")?.status, person("new")?.status], ["pending", "pending"]));
    it("the review says of what they left over what the up then does", () => {
      const reading = parsePreview(leftOver.printed);
      assert.ok("preview" in reading, leftOver.printed);
      const { findings } = toReview(reading.preview);
      const kept = findings.filter(({ kind }) => kind === "kept");
      const names = kept.map(({ person }) => person?.split("@")[0]).sort();
      assert.deepEqual(names, ["follow", "link", "trigger"]);
      assert.match(third.printed, /trigger@acme\.com stays invited: the program still declares them/);
    });
    it("customTimeouts is no difference, and not in the inputs", async () =>
      assert.doesNotMatch(JSON.stringify((await state("slow"))?.inputs), /imeouts/));
    it("deletedWith keeps the invite of whoever goes with the other resource", () =>
      assert.deepEqual([person("box")?.status, person("inner")?.status], ["revoked", "pending"]));
    it("leaves nothing to do", () => organization.stack.expectSettled());
  });

for (const face of FACES)
  describe(`options that fail, on the real engine (${face})`, () => {
    const organization = organizationForEach({ face, program: "" });

    it("customTimeouts ends a create that hangs in time, and the next run finds the invite", async () => {
      const { stack, emulator } = organization;
      emulator.fault({ on: "create", when: "after", kind: "hang" });
      await stack.setProgram(
        'new HeadshotInvite("ada", { email: "ada@acme.com" }, { customTimeouts: { create: "2s" } });',
      );
      const up = await stack.up();
      assert.notEqual(up.code, 0);
      assert.match(up.printed, /was not invited, as far as is known: .* 2 s of customTimeouts/);
      const again = await stack.mustUp();
      assert.deepEqual([again.emails, emulator.outbox.length], [[], 1]);
      await stack.expectSettled();
    });

    it("import", async () => {
      const { stack, emulator } = organization;
      emulator.inviteByHand({ email: "ada@acme.com" });
      await stack.setProgram(
        'new HeadshotInvite("ada", { email: "ada@acme.com" }, { import: "ada@acme.com" });',
      );
      const up = await stack.up();
      if (face === "plugin") assert.equal(up.code, 0, up.printed);
      else assert.match(up.printed, /cannot carry out the option `import`[\s\S]*adopt: true/);
      assert.doesNotMatch(up.printed, /\n\s+at /);
      assert.deepEqual(up.emails, []);
    });
  });

/** People by their names, each in a resource of that name. */
const people = (...names: string[]) =>
  names
    .map((name) => `const ${name} = new HeadshotInvite("${name}", { email: "${name}@acme.com" });`)
    .join("\n");
/** Two of whom one is below the other, and one that depends on both. */
const family = (options = "") =>
  people("ada") +
  'const below = new HeadshotInvite("below", { email: "below@acme.com" }, { parent: ada });' +
  `new HeadshotInvite("later", { email: "later@acme.com" }, { dependsOn: [below]${options} });`;

for (const face of FACES)
  describe(`each option of a command, on the real engine (${face})`, () => {
    const organization = organizationForAll({ face, program: "" });
    const status = (name: string) => organization.emulator.invite(`${name}@acme.com`)?.status;
    const type = face === "plugin" ? PLUGIN_INVITE_TYPE : INVITE_TYPE;
    const below = `urn:pulumi:test::people::${type}$${type}::below`;

    it("--save-plan and --plan: the up does what was planned, and nothing else", async () => {
      const { stack, emulator } = organization;
      stack.env = { ...stack.env, PULUMI_EXPERIMENTAL: "true" };
      await stack.setProgram(family());
      await stack.must("preview", "--save-plan", "plan.json");
      await stack.setProgram(family() + people("extra"));
      const other = await stack.up("--plan", "plan.json");
      assert.notEqual(other.code, 0);
      assert.equal(status("extra"), undefined);
      await stack.upTo(family(), "--plan", "plan.json");
      assert.equal(emulator.outbox.length, 3);
    });
    it("parent and dependsOn: whoever another one depends on is invited first", () => {
      const sent = organization.emulator.outbox.map(({ to }) => to.split("@")[0]);
      assert.deepEqual(sent, ["ada", "below", "later"]);
    });
    it("--exclude leaves somebody alone; version and pluginDownloadURL are no other organization", async () => {
      const { stack } = organization;
      const asked = ', version: "0.1.0", pluginDownloadURL: "http://127.0.0.1:9"';
      const program = family(asked).replace("below@", "changed@") + people("zoe");
      const { emails } = await stack.upTo(program, "--exclude", below);
      assert.deepEqual([emails, status("below"), status("later")], [["zoe@acme.com"], "pending", "pending"]);
    });
    it("stack rename and state move e-mail nobody, and leave nothing to do", async () => {
      const { stack } = organization;
      await stack.must("stack", "rename", "renamed");
      await stack.must("stack", "init", "other", "--no-select");
      const zoe = `urn:pulumi:renamed::people::${type}::zoe`;
      await stack.must("state", "move", "--yes", "--source", "renamed", "--dest", "other", zoe);
      for (const [name, program] of [
        ["other", people("zoe")],
        ["renamed", family()],
      ] as const) {
        stack.env = { ...stack.env, PULUMI_STACK: name };
        const { requests } = await stack.upTo(program);
        assert.deepEqual(requests, [], name);
      }
    });
    it("up --replace and state taint send and revoke nothing, and say so", async () => {
      const { stack } = organization;
      const replaced = await stack.mustUp("--replace", "**::later");
      await stack.must("state", "taint", `urn:pulumi:renamed::people::${type}::ada`, "--yes");
      const tainted = await stack.mustUp();
      for (const [name, { printed, emails }] of [
        ["later", replaced],
        ["ada", tainted],
      ] as const) {
        assert.match(
          printed,
          new RegExp(`${name}@acme\\.com stays invited: the program still declares them`),
        );
        assert.deepEqual([emails, status(name)], [[], "pending"]);
      }
    });
    it("--target-dependents revokes whoever depends on the target, and nobody else", async () => {
      const { stack } = organization;
      const target = below.replace(":test:", ":renamed:");
      await stack.must("destroy", "--yes", "--skip-preview", "--target", target, "--target-dependents");
      const all = ["ada", "below", "later", "zoe"].map(status);
      assert.deepEqual(all, ["pending", "revoked", "revoked", "pending"]);
    });
    it("destroy --run-program revokes the rest, and e-mails nobody", async () => {
      const { emails } = await organization.stack.must("destroy", "--yes", "--skip-preview", "--run-program");
      assert.deepEqual([emails, status("ada"), status("zoe")], [[], "revoked", "pending"]);
    });
  });
