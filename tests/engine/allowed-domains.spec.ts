import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { organizationForEach } from "../support/organization";
import type { Face } from "../support/program";

const NEAREST = "zoe@acmee.com: acmee.com is not an allowed domain; did you mean acme.com?";
const ROSTER = 'new HeadshotRoster("people", { file: "people.csv" });';

for (const face of ["dynamic", "plugin"] as Face[])
  describe(`allowed domains, on the real engine, ${face}`, () => {
    const organization = organizationForEach({ face });
    const write = (...emails: string[]) =>
      writeFile(join(organization.stack.project, "people.csv"), `E-mail\n${emails.join("\n")}\n`);

    /** Everything that a command says of a mistake, once. */
    async function refused(command: "preview" | "up"): Promise<string> {
      const { code, printed, requests } = await organization.stack[command]();
      assert.notEqual(code, 0, printed);
      assert.deepEqual(requests, []);
      // Where the plugin serves it, the program's own SDK adds its frames to any roster that is refused.
      if (face === "dynamic") assert.doesNotMatch(printed, /\n\s+at |Error:|serializing|Calling \[|\.js:\d+/);
      const summary = printed.slice(printed.indexOf("Diagnostics:"));
      assert.equal(summary.match(/is not an allowed domain/g)?.length, 1, printed);
      return summary;
    }

    it("one row outside of them, and nobody in the roster is e-mailed", async () => {
      const { stack } = organization;
      stack.env = { HEADSHOTPRO_ALLOWED_DOMAINS: "acme.com" };
      await stack.setProgram(ROSTER);
      await write("ada@acme.com", "zoe@acmee.com", "bob@acme.com");
      for (const command of ["preview", "up"] as const) {
        const summary = await refused(command);
        assert.match(
          summary,
          /Nobody in the roster "people" is invited or revoked, because 1 address is outside/,
        );
        assert.ok(summary.includes(`people.csv:3  ${NEAREST}`), summary);
      }
    });

    it("people who are there already are kept, refreshed and removed; a new one beside them is refused", async () => {
      const { stack } = organization;
      await stack.setProgram(ROSTER);
      await write("ada@acme.com", "old@former.example");
      await stack.must("up", "--yes", "--skip-preview");
      await stack.must("config", "set", "--path", "headshotpro:allowedDomains[0]", "Acme.com");
      await stack.must("config", "set", "--path", "headshotpro:allowedDomains[1]", "*.acme.eu");
      await stack.expectSettled();
      const refreshed = await stack.refresh();
      assert.equal(refreshed.code, 0, refreshed.printed);
      await write("ada@acme.com", "old@former.example", "zoe@acmee.com", "eve@mail.acme.eu");
      assert.ok((await refused("up")).includes(`people.csv:4  ${NEAREST}`));
      await write("ada@acme.com", "eve@mail.acme.eu");
      const removed = await stack.up();
      assert.equal(removed.code, 0, removed.printed);
      assert.deepEqual(removed.emails, ["eve@mail.acme.eu"]);
      assert.equal(organization.emulator.invite("old@former.example")?.status, "revoked");
    });

    it("a person by themselves is refused, too", async () => {
      const { stack } = organization;
      stack.env = { HEADSHOTPRO_ALLOWED_DOMAINS: "acme.com,acme.eu" };
      await stack.setProgram('new HeadshotInvite("zoe", { email: "zoe@acmee.com" });');
      assert.match(await refused("preview"), /acmee\.com is not an allowed domain; did you mean acme\.com\?/);
    });

    it("an explicit provider has its own", async () => {
      const { stack } = organization;
      const emea = await startEmulator({ apiKey: "hp_emea" });
      try {
        stack.env = { HEADSHOTPRO_ALLOWED_DOMAINS: "acmee.com" };
        const program = (domains: string) => `
          const emea = new Provider("emea", { apiKey: "hp_emea", baseUrl: "${emea.url}", allowedDomains: [${domains}] });
          new HeadshotRoster("people", { file: "people.csv" }, { provider: emea });`;
        await write("ada@acme.com", "zoe@acmee.com");
        await stack.setProgram(program('"acme.com"'));
        for (const command of ["preview", "up"] as const)
          assert.ok((await refused(command)).includes(`people.csv:3  ${NEAREST}`));
        assert.deepEqual(emea.outbox, []);
        await stack.setProgram(program('"*.acme.eu", "acmee.com", "ACME.com"'));
        const up = await stack.up();
        assert.equal(up.code, 0, up.printed);
        assert.equal(emea.outbox.length, 2);
      } finally {
        await emea.close();
      }
    });
  });
