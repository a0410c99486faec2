import assert from "node:assert/strict";
import { join } from "node:path";
import type { PlannedStep } from "../../provider/src/membership/import-file";
import { NO_LIMIT } from "../support/no-limit";
import { organizationForEach } from "../support/organization";
import { run } from "./support";

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

describe("cli: import", () => {
  const organization = organizationForEach({
    rateLimit: NO_LIMIT,
    // Without checkpoints the engine takes a tenth of the time, and does the same.
    env: { EMEA_KEY: "hp_emulator_key", PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" },
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
      emulator.requests.map(({ method }) => method),
      ["GET"],
      "one look at everybody, and no invite or revoke",
    );

    const preview = await stack.preview("--expect-no-changes");
    assert.equal(preview.code, 0, preview.printed);
    const { resources } = await stack.export();
    const completed = resources.find(({ id }) => id === "person-7@acme.com");
    assert.equal(completed?.outputs.status, "completed", "the guard knows of the headshots from the start");
  });

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

  it("says so where there is no pulumi", async () => {
    const failed = await run(["import"], { cwd: organization.stack.project, env: { PATH: "/nowhere" } });
    assert.equal(failed.code, 3);
    assert.match(failed.stderr, /^error: there is no `pulumi` on PATH/);
  });
});
