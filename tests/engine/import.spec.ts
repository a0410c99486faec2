import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PlannedStep } from "../../provider/src/review/import-file";
import { PROVIDER_TEXT } from "../../provider/src/urn";
import { run } from "../support/command";
import { CHECKPOINTS_OFF, NO_LIMIT } from "../support/constants";
import { organizationForEach } from "../support/organization";

const PEOPLE = 200;

/** As a roster does it: people below a component, which is below another one. */
const TEAM = `
class Team extends pulumi.ComponentResource {
  constructor(name, people, opts) {
    super("acme:index:Team", name, { size: people.length }, opts);
    for (const person of people) new HeadshotInvite(person.email, person, { parent: this });
    this.registerOutputs({ done: true });
  }
}
class Company extends pulumi.ComponentResource {
  constructor(name, people, provider) {
    super("acme:index:Company", name, {}, { provider });
    new Team("all", people, { parent: this });
  }
}
`;

const TYPE = "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite";

describe("people who enter the state without an up", () => {
  const organization = organizationForEach({
    program: `new HeadshotInvite("ada", { email: "ada@acme.com" });`,
  });

  it("come in through an import file, and the next preview shows no difference", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "ada@acme.com" });
    emulator.setStatus("ada@acme.com", "completed");
    const inputs = { email: "ada@acme.com", __provider: PROVIDER_TEXT };
    const outputs = { ...inputs, status: "completed", adopted: true, renewals: 0 };
    const resource = { type: TYPE, name: "ada", id: "ada@acme.com", inputs, outputs };
    const file = join(stack.directory, "import.json");
    await writeFile(file, JSON.stringify({ resources: [resource] }));
    const imported = await stack.run(
      "import",
      "--file",
      file,
      "--yes",
      "--skip-preview",
      "--generate-code=false",
      "--protect=false",
    );
    assert.equal(imported.code, 0, imported.printed);
    await stack.must("preview", "--expect-no-changes");
    assert.notEqual((await stack.destroy()).code, 0, "their headshots are guarded");
  });

  it("are looked up with HeadshotInvite.get, which manages nothing", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "ada@acme.com" });
    emulator.accept("ada@acme.com");
    const up = await stack.upTo(`exports.status = HeadshotInvite.get("ada", "Ada@Acme.com").status;`);
    assert.match(up.printed, /status: "accepted"/);
    await stack.destroy();
    assert.equal(emulator.invite("ada@acme.com")?.status, "accepted");
  });
});

describe("cli: import, on the real engine", () => {
  const organization = organizationForEach({
    rateLimit: NO_LIMIT,
    // Without checkpoints the engine takes a tenth of the time, and does the same.
    env: { EMEA_KEY: "hp_emulator_key", ...CHECKPOINTS_OFF },
  });
  const command = (...args: string[]) =>
    run(["import", ...args], { cwd: organization.stack.project, env: organization.stack.environment() });

  it("writes the import file alone, and the command that reads it", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "ada@acme.com" });
    await stack.setProgram(`
      new HeadshotInvite("a::da", { email: "Ada@Acme.com" });
      new HeadshotInvite("new", { email: "new@acme.com" });`);
    const file = join(stack.directory, "import.json");
    const written = await command("--output", file);
    assert.equal(written.code, 0, written.stderr);
    assert.match(written.stderr, /^1 person to import\n1 person declared but not invited yet/m);
    const next = /Now run: pulumi (.+)\n/.exec(written.stderr)?.[1] ?? assert.fail(written.stderr);
    await stack.must(...next.split(" "));
    const { steps } = JSON.parse((await stack.preview("--json")).printed) as { steps: PlannedStep[] };
    const changed = steps
      .filter(({ op }) => op !== "same")
      .map(({ op, urn }) => [op, urn.split("::").at(-1)]);
    assert.deepEqual(changed, [["create", "new"]]);

    // Those count as declared who are in the stack already.
    emulator.inviteByHand({ email: "hand@acme.com" });
    const { stderr } = await command("--output", file, "--force");
    assert.match(stderr, /^1 person invited but not declared here: left alone$/m);
  });

  it("a provider that the program does not have is a mistake, and those are told that it has", async () => {
    const { emulator, stack } = organization;
    const PROVIDERS = `
      const emea = new Provider("emea", { apiKeyEnv: "EMEA_KEY" });
      const apac = new Provider("apac", { apiKeyEnv: "EMEA_KEY" });`;
    await stack.upTo(PROVIDERS);
    await stack.setProgram(
      `${PROVIDERS}
      new HeadshotInvite("zoe", { email: "zoe@acme.eu" }, { provider: emea });`,
    );
    const before = emulator.requests.length;
    const typo = await command("--provider", "emae", "--output", "import.json");
    assert.deepEqual([typo.code, typo.stdout], [2, ""], typo.stderr);
    assert.match(typo.stderr, /^error: the program has no provider "emae"; it has apac, emea\.$/m);
    assert.equal(emulator.requests.length, before);

    const nobody = await command("--provider", "apac", "--output", "import.json");
    assert.equal(nobody.code, 0, nobody.stderr);
    assert.match(nobody.stderr, /^Nobody is left to import$/m);
  });

  it("passes on what a preview finds wrong, once, and imports nobody", async () => {
    const { emulator, stack } = organization;
    await stack.setProgram(`new HeadshotInvite("ada", { email: "ada(at)acme.com" });`);
    const failed = await command();
    assert.equal(failed.code, 3);
    assert.match(failed.stderr, /`pulumi preview` failed\.\n/);
    assert.equal(failed.stderr.match(/it has no @/g)?.length, 1, failed.stderr);
    assert.deepEqual(emulator.requests, []);
  });

  it(`takes ${PEOPLE} people into a stack in one go, and the next preview shows no difference`, async function () {
    this.timeout(600_000);
    const { emulator, stack } = organization;
    const people = Array.from({ length: PEOPLE }, (_, n) => ({
      email: `person-${n}@acme.com`,
      ...(n % 2 ? { teamId: "team_xyz789", adopt: true } : { maxRenewals: 1 }),
    }));
    for (const { email } of people) emulator.inviteByHand({ email, teamId: "team_xyz789" });
    emulator.setStatus("person-7@acme.com", "completed");
    emulator.inviteByHand({ email: "somebody.else@acme.com" });
    const emea = `const emea = new Provider("emea", { apiKeyEnv: "EMEA_KEY" });`;
    await stack.upTo(emea);
    await stack.setProgram(`${emea}\n${TEAM}\nnew Company("acme", ${JSON.stringify(people)}, emea);`);

    emulator.clearLog();
    const flags = ["--stack", "test", "--provider", "emea", "--api-key-env", "EMEA_KEY", "--json"];
    const imported = await command(...flags);
    assert.equal(imported.code, 0, imported.stderr);
    const { imported: who, ...others } = JSON.parse(imported.stdout);
    assert.equal(who.length, PEOPLE);
    assert.deepEqual(others, { toInvite: [], undeclared: ["somebody.else@acme.com"] });
    assert.match(
      imported.stderr,
      /^200 people to import\n1 person invited but not declared here: left alone$/m,
    );
    assert.deepEqual(
      emulator.requests.map(({ method, path }) => `${method} ${path}`),
      ["GET /api/v2/organization", "GET /api/v2/organization/invites"],
      "one look at everybody, whose key it is, and no invite or revoke",
    );

    await stack.must("preview", "--expect-no-changes");
    const { resources } = await stack.export();
    const completed = resources.find(({ id }) => id === "person-7@acme.com");
    assert.equal(completed?.outputs.status, "completed", "the guard knows of the headshots from the start");
  });
});
