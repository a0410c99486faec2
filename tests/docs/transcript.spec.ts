import { strict as assert } from "node:assert";
import { startEmulator } from "headshotpro-emulator";
import { organizationForEach } from "../support/organization";
import { Transcript } from "./transcript";

const REVIEW = "pulumi preview --json --show-sames --show-replacement-steps | npx pulumi-headshotpro review";

/** A spreadsheet as people operations send it: names in a column of their own, two teams, three mistakes. */
const MISTAKEN = `Name,E-mail Address,Team ID
Ada Lovelace,Ada.Lovelace@acme.com,team_abc123
Alan Turing,alan.turing@acme.com,team_abc123
Donald Knuth,donald.knuth(at)acme.com,team_abc123
Grace Hopper,grace.hopper@acme.com,team_abc123
Hedy Lamarr,hedy.lamarr@acme.com,team_xyz789
John Backus,john.backus@acme,team_abc123
Katherine Johnson,katherine.johnson@acme.com,team_xyz789
Konrad Zuse,konrad.zuse@acme.com,team_abc123
Niklaus Wirth,ADA.LOVELACE@acme.com ,team_abc123
Radia Perlman,radia.perlman@acme.com,team_xyz789
`;

const FIXED = MISTAKEN.replace("donald.knuth(at)acme.com", "donald.knuth@acme.com")
  .replace("john.backus@acme,", "john.backus@acme.com,")
  .replace("ADA.LOVELACE@acme.com ", "niklaus.wirth@acme.com");

const ONE_LESS = FIXED.replace(/^Konrad Zuse.*\n/m, "");

const ONE_ORGANIZATION = `import { HeadshotRoster } from "pulumi-headshotpro";

const people = new HeadshotRoster("people", { file: "people.csv" });

const summary = people.summary;
`;

const TWO_ORGANIZATIONS = `import { HeadshotRoster, Provider } from "pulumi-headshotpro";

const people = new HeadshotRoster("people", { file: "people.csv" });

const second = new Provider("second", { apiKeyEnv: "SECOND_KEY", baseUrl: BASE_URL });
new HeadshotRoster("second", { file: "people.csv" }, { provider: second });

const summary = people.summary;
`;

const INTRODUCTION = `# A spreadsheet's whole way

Ten people in a spreadsheet, three mistakes, one who leaves, and a second organization; on the emulator, as it was printed (times left out, rows of the engine sorted). \`npm run check -- tests/docs\` plays it again, and \`TRANSCRIPT=write npm run check -- tests/docs\` writes this page.`;

describe("a new user's way, from a spreadsheet to a second organization", () => {
  const organization = organizationForEach({ language: "typescript", program: "" });

  it("is in docs/transcript.md as it was printed, and each of ten people is e-mailed once in each", async () => {
    const { emulator, stack } = organization;
    const second = await startEmulator({ apiKey: "hp_second_key" });
    const transcript = new Transcript(INTRODUCTION, stack, { SECOND_KEY: second.apiKey }, (printed) =>
      printed.replaceAll(second.url, "https://second.example/api/v2"),
    );
    try {
      transcript.say("## Ten people, three mistakes");
      transcript.write("people.csv", MISTAKEN);
      await transcript.type("npx pulumi-headshotpro validate people.csv");
      transcript.say("Corrected:");
      transcript.writeUnseen("people.csv", FIXED);
      await transcript.must("npx pulumi-headshotpro validate people.csv");

      transcript.say("## The preview, and what a pull request would say");
      transcript.write("index.ts", ONE_ORGANIZATION);
      await transcript.must("pulumi preview");
      await transcript.must(REVIEW);
      assert.equal(emulator.outbox.length, 0);
      await transcript.must("pulumi up --yes --skip-preview");
      await transcript.must("npx pulumi-headshotpro status --status pending --team team_abc123");

      transcript.say("## Somebody leaves\n\nThe row of Zuse is taken out.");
      transcript.writeUnseen("people.csv", ONE_LESS);
      await transcript.must(REVIEW);
      await transcript.must("pulumi up --yes --skip-preview");
      assert.equal(emulator.invite("konrad.zuse@acme.com")?.status, "revoked");

      transcript.say("## A second organization");
      const program = TWO_ORGANIZATIONS.replace("BASE_URL", JSON.stringify(second.url));
      transcript.write("index.ts", program, TWO_ORGANIZATIONS.replace(", baseUrl: BASE_URL", ""));
      await transcript.type(REVIEW);
      await transcript.must("pulumi up --yes --skip-preview");
      await transcript.must("pulumi up --yes --skip-preview --expect-no-changes");
      assert.deepEqual([new Set(emulator.outbox.map(({ to }) => to)).size, emulator.outbox.length], [10, 10]);
      assert.equal(second.outbox.length, 9);
      transcript.compare("transcript.md");
    } finally {
      await second.close();
    }
  });
});

const YAML_INTRODUCTION = `# A team in YAML

From a spreadsheet to a reviewed team, without a line of code. On the emulator, as it was printed (times left out, rows of the engine sorted); \`npm run check -- tests/docs\` plays it again, and \`TRANSCRIPT=write npm run check -- tests/docs\` writes this page.

You need the Pulumi CLI and Node 20.19 or later. In an empty folder:

\`\`\`sh
npm install pulumi-headshotpro
\`\`\``;

const YAML_PROJECT = `name: people
runtime: yaml
plugins: { providers: [{ name: headshotpro, path: node_modules/.bin }] }
resources:
  people: { type: "headshotpro:HeadshotRoster", properties: { file: people.csv } }
outputs: { summary: "\${people.summary}" }
`;

const YAML_MISTAKEN = `Name,E-mail Address,Team ID
Ada Lovelace,ada@acme.com,team_xyz789
Alan Turing,alan@acme,team_xyz789
Grace Hopper,grace@acme.com,
Katherine Johnson,Ada@acme.com,
`;
const YAML_CORRECTED = YAML_MISTAKEN.replace("alan@acme,", "alan@acme.com,").replace(
  "Ada@acme.com",
  "katherine@acme.com",
);
const YAML_CHANGED = YAML_CORRECTED.replace(/^Alan .*\n/m, "").replace(
  "grace@acme.com,",
  "grace@acme.com,team_abc123",
);

const YAML_KEY = `## For real

HeadshotPro has no sandbox: **a create e-mails a real person.** The key is stored with the stack, encrypted, or given in the environment as \`HEADSHOTPRO_API_KEY\`:

\`\`\`sh
pulumi config set --secret headshotpro:apiKey
\`\`\`

All that a roster understands: [rosters](roster.md). One person, an explicit provider, functions, other languages: [languages](languages.md).`;

describe("a team in YAML, from a spreadsheet to its review", () => {
  const organization = organizationForEach({ language: "yaml", program: "" });

  it("is in docs/yaml.md as it was printed, and nobody is e-mailed before the up", async () => {
    const { emulator, stack } = organization;
    const transcript = new Transcript(YAML_INTRODUCTION, stack);
    transcript.say("## Six lines and a spreadsheet");
    transcript.write("Pulumi.yaml", YAML_PROJECT);
    assert.equal(YAML_PROJECT.trim().split("\n").length, 6);
    transcript.write("people.csv", YAML_MISTAKEN);
    await transcript.type("pulumi preview");
    transcript.say("Nobody was invited. Corrected:");
    transcript.writeUnseen("people.csv", YAML_CORRECTED);
    await transcript.must("pulumi preview");
    transcript.say("The same for a pull request:");
    await transcript.must(REVIEW);
    assert.equal(emulator.outbox.length, 0);

    transcript.say("## The first `up`, and the second");
    await transcript.must("pulumi up --yes --skip-preview");
    const requests = emulator.requests.length;
    await transcript.must("pulumi up --yes --skip-preview --expect-no-changes");
    assert.deepEqual([emulator.outbox.length, emulator.requests.length], [4, requests]);
    transcript.say("Ada signs up:");
    emulator.accept("ada@acme.com");
    await transcript.must("pulumi refresh --yes --skip-preview");
    await transcript.must("npx pulumi-headshotpro status");

    transcript.say(
      "## Somebody leaves, somebody moves\n\nThe row of Alan is taken out, and Grace gets a team.",
    );
    transcript.writeUnseen("people.csv", YAML_CHANGED);
    await transcript.must(REVIEW);
    await transcript.must("pulumi up --yes --skip-preview");
    assert.equal(emulator.invite("alan@acme.com")?.status, "revoked");
    assert.equal(emulator.invite("grace@acme.com")?.teamId, "team_abc123");

    transcript.say("## Everybody goes\n\nWhoever has headshots would stop this `destroy`.");
    await transcript.must("pulumi destroy --yes --skip-preview");
    assert.ok(emulator.invites().every(({ status }) => status === "revoked"));
    transcript.say(YAML_KEY);
    transcript.compare("yaml.md");
  });
});
