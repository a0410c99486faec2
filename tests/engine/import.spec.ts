import { strict as assert } from "node:assert";
import { join } from "node:path";
import type { PlannedStep } from "../../provider/src/review/import-file";
import { run } from "../support/command";
import { organizationForEach } from "../support/organization";

describe("cli: import, on the real engine", () => {
  const organization = organizationForEach({ env: { EMEA_KEY: "hp_emulator_key" } });
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
  });

  it("takes people of a component and of a provider into a stack, who are no difference then, and guarded", async () => {
    const { emulator, stack } = organization;
    for (const name of ["ada", "bob", "else"]) emulator.inviteByHand({ email: `${name}@acme.com` });
    emulator.setStatus("bob@acme.com", "completed");
    const emea = 'const emea = new Provider("emea", { apiKeyEnv: "EMEA_KEY" });\n';
    await stack.upTo(emea);
    await stack.setProgram(`${emea}
      class Team extends pulumi.ComponentResource {
        constructor(name, opts) {
          super("acme:index:Team", name, { size: 2 }, opts);
          new HeadshotInvite("ada", { email: "ada@acme.com", maxRenewals: 1 }, { parent: this });
          new HeadshotInvite("bob", { email: "bob@acme.com", adopt: true }, { parent: this });
          this.registerOutputs({ done: true });
        }
      }
      new Team("all", { provider: emea });`);
    const before = emulator.requests.length;
    const imported = await command("--provider", "emea", "--api-key-env", "EMEA_KEY", "--json");
    assert.equal(imported.code, 0, imported.stderr);
    const { imported: who, ...others } = JSON.parse(imported.stdout);
    assert.deepEqual(who.sort(), ["ada@acme.com", "bob@acme.com"]);
    assert.deepEqual(others, { toInvite: [], undeclared: ["else@acme.com"] });
    assert.ok(emulator.requests.slice(before).every(({ method }) => method === "GET"));
    await stack.must("preview", "--expect-no-changes");
    await stack.fails("destroy", "--continue-on-error");
    assert.equal(emulator.invite("bob@acme.com")?.status, "completed");
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
