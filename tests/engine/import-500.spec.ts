import assert from "node:assert/strict";
import { run } from "../support/command";
import { CHECKPOINTS_OFF, NO_LIMIT } from "../support/constants";
import { organizationForEach } from "../support/organization";

const PEOPLE = 500;

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

describe("an organization of many people", () => {
  const organization = organizationForEach({
    rateLimit: NO_LIMIT,
    // Without checkpoints the engine takes a tenth of the time, and does the same.
    env: { EMEA_KEY: "hp_emulator_key", ...CHECKPOINTS_OFF },
  });
  const command = (...args: string[]) =>
    run(["import", ...args], { cwd: organization.stack.project, env: organization.stack.environment() });

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
    await stack.setProgram(emea);
    await stack.must("up", "--yes", "--skip-preview");
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
      /^500 people to import\n1 person invited but not declared here: left alone$/m,
    );
    assert.deepEqual(
      emulator.requests.map(({ method, path }) => `${method} ${path}`),
      ["GET /api/v2/organization", "GET /api/v2/organization/invites"],
      "one look at everybody, whose key it is, and no invite or revoke",
    );

    const preview = await stack.preview("--expect-no-changes");
    assert.equal(preview.code, 0, preview.printed);
    const { resources } = await stack.export();
    const completed = resources.find(({ id }) => id === "person-7@acme.com");
    assert.equal(completed?.outputs.status, "completed", "the guard knows of the headshots from the start");
  });
});
