import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { organizationForAll, organizationForEach } from "../support/organization";
import type { Face } from "../support/program";
import type { Outcome } from "../support/stack";

const REFERENCE = readFileSync(resolve(__dirname, "../../docs/reference.md"), "utf8");
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
    invite("slow", "", 'customTimeouts: { create: "1m", update: "1m" }'),
    ...(after ? [] : [invite("box", "", ""), invite("inner", "", "deletedWith: box")]),
  ].join("\n");
};

for (const face of FACES)
  describe(`each resource option, on the real engine (${face})`, () => {
    const organization = organizationForAll({ face, program: "" });
    let preview: Outcome;
    let second: Outcome;
    before(async () => {
      const { stack } = organization;
      await stack.setProgram(program(false));
      await stack.must("up", "--yes", "--skip-preview");
      await stack.setProgram(program(true));
      preview = await stack.preview("--diff");
      second = await stack.must("up", "--yes", "--skip-preview");
    });
    const person = (name: string) => organization.emulator.invite(`${name}@acme.com`);
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
      assert.match(second.printed, /2 replaced/);
      assert.deepEqual([person("trigger")?.status, person("follow")?.status], ["pending", "pending"]);
      assert.deepEqual(second.emails, []);
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
      const again = await stack.must("up", "--yes", "--skip-preview");
      assert.deepEqual([again.emails, emulator.outbox.length], [[], 1]);
      await stack.expectSettled();
    });

    it("envVarMappings onto the key: the message names it and apiKeyEnv", async () => {
      const { stack } = organization;
      stack.env = { ...stack.env, EMEA_KEY: organization.emulator.apiKey };
      await stack.setProgram(
        'new Provider("emea", {}, { envVarMappings: { EMEA_KEY: "HEADSHOTPRO_API_KEY" } });',
      );
      const preview = await stack.preview();
      assert.notEqual(preview.code, 0);
      assert.match(preview.printed, /envVarMappings leads to it: name that variable in apiKeyEnv/);
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

describe("the reference", () => {
  const OPTIONS = [
    ...["protect", "retainOnDelete", "deleteBeforeReplace", "replaceOnChanges", "aliases", "provider"],
    ...["ignoreChanges", "deletedWith", "replaceWith", "replacementTrigger", "customTimeouts", "hooks"],
    ...["transforms", "hideDiffs", "additionalSecretOutputs", "envVarMappings", "import", "version"],
    ...["pluginDownloadURL", "dependsOn", "parent"],
  ];
  it("has a row for each option", () => {
    for (const option of OPTIONS) assert.match(REFERENCE, new RegExp(`^\\| .*\`${option}\``, "m"), option);
  });
});
