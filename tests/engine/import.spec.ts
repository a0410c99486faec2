import { strict as assert } from "node:assert";
import { join } from "node:path";
import type { PlannedStep } from "../../provider/src/review/import-file";
import { run } from "../support/command";
import { CHECKPOINTS_OFF, NO_LIMIT } from "../support/constants";
import { organizationForEach } from "../support/organization";

const PEOPLE = 40;

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

  it(`takes ${PEOPLE} people into a stack in one go, and the next preview shows no difference`, async () => {
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
      /^40 people to import\n1 person invited but not declared here: left alone$/m,
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

describe("pulumi import, through the plugin", () => {
  const organization = organizationForEach({ language: "yaml", face: "plugin" });

  it("takes in somebody who is there already, prints the code, and asks of nobody who is not", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "ada@acme.com", teamId: "team_abc123" });
    await stack.setProgram("");
    const importAs = (name: string, id: string) =>
      stack.run("import", "headshotpro:index:HeadshotInvite", name, id, "--yes", "--protect=false");
    const imported = await importAs("ada", "Ada@acme.com");
    assert.equal(imported.code, 0, imported.printed);
    assert.deepEqual(imported.emails, []);
    const [, code = ""] = imported.printed.split("next update command.");
    assert.match(code, /email: ada@acme\.com\n +teamId: team_abc123/);
    await stack.setProgram(`${code.trim()}\n`);
    await stack.expectSettled();
    const nobody = await importAs("bob", "bob@acme.com");
    assert.match(nobody.printed, /'bob@acme\.com' does not exist/);
  });
});
