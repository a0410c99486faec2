import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { organizationForEach } from "../support/organization";
import { FACES } from "../support/program";

const ROSTER = 'exports.summary = new HeadshotRoster("people", { file: "people.csv" }).summary;\n';
const PEOPLE = ["ada", "bob", "cleo", "dora", "zoe"].map((name) => `${name}@acme.com`);
const members = (more: string, options = "{}") =>
  `const roster = new HeadshotRoster("people", { members: ${more} }, ${options});\n`;

/** A roster in YAML is in teams.spec.ts and two-faces.spec.ts. */
for (const face of FACES)
  describe(`a roster, on the real engine, ${face}`, () => {
    const organization = organizationForEach({ face });
    const write = (text: string) => writeFile(join(organization.stack.project, "people.csv"), text);
    const live = () =>
      organization.emulator
        .invites()
        .flatMap(({ email, status }) => (status === "revoked" ? [] : [email]))
        .sort();

    it("is invited once; order and spelling change nothing; a removed row is one revoke", async () => {
      const { stack } = organization;
      await stack.setProgram(ROSTER);
      await write(`email,Name\n${PEOPLE.map((email) => `${email},Name\n`).join("")}`);
      const up = await stack.mustUp();
      assert.deepEqual(up.requests, ["GET /organization", ...Array(5).fill("POST /organization/invites")]);
      assert.match(up.printed, /people\.csv: columns ignored: Name/);
      assert.match(up.printed, /pending: 5/);
      assert.match(up.printed, /5 people will be e-mailed$/m);

      const rows = [...PEOPLE].reverse().map((email) => `x;;"${email.toUpperCase()}"\r\n`);
      await write(`\uFEFFName;team id;E-Mail\r\n${rows.join("\r\n")}`);
      await stack.expectSettled();

      await write(`E-Mail\r\n${PEOPLE.slice(1).join("\n")}`);
      const removed = await stack.mustUp();
      assert.match(removed.printed, /nobody will be e-mailed, 1 loses their invite$/m);
      assert.deepEqual(removed.requests, [
        "GET /organization/invites/ada@acme.com",
        "POST /organization/invites/revoke",
      ]);
    });

    it("is refused as a whole, in one error with all lines, before anybody is touched", async () => {
      const { stack } = organization;
      await stack.setProgram(ROSTER);
      await write("Name,E-mail\nAda,ada@acme.com\nZoe,zoe(at)acme.com\nAda,Ada@acme.com\n");
      const { printed, requests } = await stack.fails("preview");
      assert.deepEqual(requests, []);
      const summary = printed.slice(printed.indexOf("Diagnostics:"));
      assert.equal(summary.match(/nobody in it is invited or revoked/g)?.length, 1, printed);
      for (const line of [/people\.csv:3 .*it has no @/, /people\.csv:4 .*is in people\.csv:2 already/])
        assert.match(summary, line);
      // Where the plugin serves it, the program's own SDK adds its frames to any roster that is refused.
      if (face === "dynamic") assert.doesNotMatch(printed, /\n\s+at |Error:|serializing/);
    });

    it("takes over stand-alone people, and a renamed roster keeps everybody", async () => {
      const { emulator, stack } = organization;
      await stack.upTo(`
        new HeadshotInvite("ada", { email: "ada@acme.com" });
        new HeadshotInvite("zoe", { email: "zoe@acme.com" });`);
      // Somebody with headshots is not taken over without being told; the alias keeps their state.
      emulator.setStatus("ada@acme.com", "completed");
      await write("email\nada@acme.com\nzoe@acme.com\n");
      const moved = await stack.upTo(
        'new HeadshotRoster("people", { file: "people.csv", aliases: { "Ada@acme.com": "ada" } });',
      );
      const writes = moved.requests.filter((line) => line.startsWith("POST"));
      assert.deepEqual(
        writes,
        ["POST /organization/invites"],
        "zoe's, which is refused: the invite is adopted",
      );
      assert.deepEqual([moved.emails, live()], [[], ["ada@acme.com", "zoe@acme.com"]]);

      const renamed = await stack.upTo(
        'new HeadshotRoster("staff", { file: "people.csv" }, { aliases: [{ name: "people" }] });',
      );
      assert.deepEqual(renamed.requests, []);
      const names = (await stack.export()).resources.map(({ urn }) => urn.split("::").at(-1));
      const invites = names.filter((name) => name?.includes("@")).sort();
      assert.deepEqual(invites, ["staff/ada@acme.com", "staff/zoe@acme.com"]);
    });

    it("takes values that are known later and stay secret, and one person in each of two organizations", async () => {
      const { stack } = organization;
      const elsewhere = await startEmulator({ apiKey: "hp_other_key" });
      try {
        stack.env = { OTHER_KEY: elsewhere.apiKey };
        await stack.upTo(
          `${members('["ada@acme.com", { email: "zoe@acme.com", keepLink: true, teamId: pulumi.secret("team_abc123") }]')}
          const other = new Provider("other", { apiKeyEnv: "OTHER_KEY", baseUrl: "${elsewhere.url}" });
          new HeadshotRoster("there", { members: ["ada@acme.com"] }, { provider: other });`,
        );
        assert.deepEqual(live(), ["ada@acme.com", "zoe@acme.com"]);
        assert.equal(organization.emulator.invite("zoe@acme.com")?.teamId, "team_abc123");
        assert.deepEqual(
          elsewhere.outbox.map(({ to }) => to),
          ["ada@acme.com"],
        );
        assert.doesNotMatch((await stack.export()).text, /team_abc123|invite=/);
        await stack.expectSettled();
      } finally {
        await elsewhere.close();
      }
    });

    it("of which one person is refused invites everybody else under --continue-on-error, and then that person alone", async () => {
      const { emulator, stack } = organization;
      await stack.setProgram(members(JSON.stringify(PEOPLE), "{ retainOnDelete: true }"));
      const refusal = { on: "create", kind: { status: 400 }, email: "bob@acme.com" } as const;
      emulator.fault({ ...refusal, times: Number.POSITIVE_INFINITY });
      const up = await stack.fails("up", "--continue-on-error");
      assert.equal(up.printed.split("Diagnostics:")[1]?.match(/bob@acme\.com was not invited/g)?.length, 1);
      assert.deepEqual(
        [...up.emails].sort(),
        PEOPLE.filter((email) => email !== "bob@acme.com"),
      );
      emulator.clearFaults();
      assert.deepEqual((await stack.mustUp()).emails, ["bob@acme.com"]);
      await stack.must("destroy", "--yes", "--skip-preview");
      assert.deepEqual(live(), PEOPLE, "retained as their roster is");
    });

    it("with `unmanaged` tells of people whom nobody declares, but not of those who leave, and fails no destroy", async () => {
      const { emulator, stack } = organization;
      const late = 'const late = new HeadshotInvite("late", { email: "late@acme.com" });\n';
      const roster = (mode: string, options = "{}") =>
        `new HeadshotRoster("people", { members: ["ada@acme.com"], unmanaged: "${mode}" }, ${options});\n`;
      await stack.upTo(members('["ada@acme.com", "zoe@acme.com"]'));
      for (const email of ["hand@acme.com", "late@acme.com"]) emulator.inviteByHand({ email });
      for (const mode of ["warn", "fail"]) {
        // The dynamic provider waits for the program's end, and the plugin for what the roster depends on.
        const program =
          face === "dynamic" ? roster(mode) + late : late + roster(mode, "{ dependsOn: [late] }");
        await stack.setProgram(program);
        const { code, printed, requests } = await stack.preview();
        assert.equal(code === 0, mode === "warn", printed);
        assert.match(printed, /1 person is invited .*, but not declared here: hand@acme\.com\./);
        assert.deepEqual(requests, ["GET /organization/invites"]);
      }
      await stack.must("destroy", "--yes", "--skip-preview", "--run-program");
      assert.deepEqual(live(), ["hand@acme.com", "late@acme.com"]);
      assert.deepEqual((await stack.export()).resources, []);
    });
  });
