import { strict as assert } from "node:assert";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { TestStack } from "../support/stack";
import { Transcript } from "./transcript";

const INTRODUCTION = `# A team in YAML

From a spreadsheet to a reviewed team, without a line of code. On the emulator, as it was printed (times left out, rows of the engine sorted); \`npm run check -- tests/guide\` plays it again, and \`TRANSCRIPT=write npm run check -- tests/guide\` writes this page.

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
  let emulator: Emulator;
  let stack: TestStack;
  let transcript: Transcript;

  before(async () => {
    emulator = await startEmulator();
    stack = await TestStack.create(emulator, { language: "yaml", program: "" });
    transcript = new Transcript(INTRODUCTION, stack);
  });
  after(async () => {
    await stack.remove();
    await emulator.close();
  });

  const emails = () => emulator.outbox.map(({ to }) => to).sort();

  it("six lines and a spreadsheet: its mistakes are named, and nobody was asked", async () => {
    transcript.say("## Six lines and a spreadsheet");
    transcript.write("Pulumi.yaml", PROJECT);
    assert.equal(PROJECT.trim().split("\n").length, 6);
    transcript.write("people.csv", MISTAKEN);
    const { code, printed } = await transcript.type("pulumi preview");
    assert.notEqual(code, 0);
    assert.match(printed, /people\.csv:3 .*\n.*people\.csv:5 /);
    assert.deepEqual(emulator.requests, []);
  });

  it("corrected, the preview and its review name who will be e-mailed", async () => {
    transcript.say("Nobody was invited. Corrected:");
    transcript.writeUnseen("people.csv", CORRECTED);
    await transcript.must("pulumi preview");
    transcript.say("The same for a pull request:");
    const review = await transcript.must(
      "pulumi preview --json --show-sames --show-replacement-steps | npx pulumi-headshotpro review",
    );
    assert.match(review, /4 people will be e-mailed/);
    // Whether there are the teams.
    assert.deepEqual(new Set(emulator.requests.map(({ verb }) => verb)), new Set(["organization"]));
  });

  it("the up e-mails each of them once, and the second one changes nothing", async () => {
    transcript.say("## The first `up`, and the second");
    await transcript.must("pulumi up --yes --skip-preview");
    assert.deepEqual(emails(), ["ada@acme.com", "alan@acme.com", "grace@acme.com", "katherine@acme.com"]);
    const requests = emulator.requests.length;
    await transcript.must("pulumi up --yes --skip-preview --expect-no-changes");
    assert.equal(emulator.requests.length, requests);
    transcript.say("Ada signs up:");
    emulator.accept("ada@acme.com");
    await transcript.must("pulumi refresh --yes --skip-preview");
    await transcript.must("npx pulumi-headshotpro status");
  });

  it("somebody who leaves and somebody who moves are in the review first", async () => {
    transcript.say(
      "## Somebody leaves, somebody moves\n\nThe row of Alan is taken out, and Grace gets a team.",
    );
    transcript.writeUnseen("people.csv", CHANGED);
    const review = await transcript.must(
      "pulumi preview --json --show-sames --show-replacement-steps | npx pulumi-headshotpro review",
    );
    for (const email of ["alan@acme.com", "grace@acme.com"]) assert.ok(review.includes(email), review);
    await transcript.must("pulumi up --yes --skip-preview");
    assert.equal(emulator.invite("alan@acme.com")?.status, "revoked");
    assert.equal(emulator.invite("grace@acme.com")?.teamId, "team_abc123");
  });

  it("everybody is let go", async () => {
    transcript.say("## Everybody goes\n\nWhoever has headshots would stop this `destroy`.");
    await transcript.must("pulumi destroy --yes --skip-preview");
    assert.ok(emulator.invites().every(({ status }) => status === "revoked"));
    transcript.say(KEY);
  });

  it("is kept as it was printed, in docs/yaml.md", () => transcript.compare("yaml.md"));
});
