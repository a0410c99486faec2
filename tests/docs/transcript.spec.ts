import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";
import { Transcript } from "./transcript";

const REVIEW = "pulumi preview --json --show-sames --show-replacement-steps | npx pulumi-headshotpro review";

const INTRODUCTION = `# A team in YAML

From a spreadsheet to a reviewed team, without a line of code. On the emulator, as it was printed (times left out, rows of the engine sorted); \`npm run check -- tests/docs\` plays it again, and \`TRANSCRIPT=write npm run check -- tests/docs\` writes this page.

You need the Pulumi CLI and Node 20.19 or later. In an empty folder:

\`\`\`sh
npm install pulumi-headshotpro
\`\`\``;

const PROJECT = `name: people
runtime: yaml
plugins: { providers: [{ name: headshotpro, path: node_modules/.bin }] }
resources:
  people: { type: "headshotpro:HeadshotRoster", properties: { file: people.csv } }
outputs: { summary: "\${people.summary}" }
`;

const MISTAKEN = `Name,E-mail Address,Team ID
Ada Lovelace,ada@acme.com,team_xyz789
Alan Turing,alan@acme,team_xyz789
Grace Hopper,grace@acme.com,
Katherine Johnson,Ada@acme.com,
`;
const CORRECTED = MISTAKEN.replace("alan@acme,", "alan@acme.com,").replace(
  "Ada@acme.com",
  "katherine@acme.com",
);
const CHANGED = CORRECTED.replace(/^Alan .*\n/m, "").replace("grace@acme.com,", "grace@acme.com,team_abc123");

const KEY = `## For real

HeadshotPro has no sandbox: **a create e-mails a real person.** The key is stored with the stack, encrypted, or given in the environment as \`HEADSHOTPRO_API_KEY\`:

\`\`\`sh
pulumi config set --secret headshotpro:apiKey
\`\`\`

All that a roster understands: [rosters](roster.md). One person, an explicit provider, functions, other languages: [languages](languages.md).`;

describe("a team in YAML, from a spreadsheet to its review", () => {
  const organization = organizationForEach({ language: "yaml", program: "" });

  it("is in docs/yaml.md as it was printed, and nobody is e-mailed before the up", async () => {
    const { emulator, stack } = organization;
    const transcript = new Transcript(INTRODUCTION, stack);
    transcript.say("## Six lines and a spreadsheet");
    transcript.write("Pulumi.yaml", PROJECT);
    assert.equal(PROJECT.trim().split("\n").length, 6);
    transcript.write("people.csv", MISTAKEN);
    await transcript.type("pulumi preview");
    transcript.say("Nobody was invited. Corrected:");
    transcript.writeUnseen("people.csv", CORRECTED);
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
    transcript.writeUnseen("people.csv", CHANGED);
    await transcript.must(REVIEW);
    await transcript.must("pulumi up --yes --skip-preview");
    assert.equal(emulator.invite("alan@acme.com")?.status, "revoked");
    assert.equal(emulator.invite("grace@acme.com")?.teamId, "team_abc123");

    transcript.say("## Everybody goes\n\nWhoever has headshots would stop this `destroy`.");
    await transcript.must("pulumi destroy --yes --skip-preview");
    assert.ok(emulator.invites().every(({ status }) => status === "revoked"));
    transcript.say(KEY);
    transcript.compare("yaml.md");
  });
});
