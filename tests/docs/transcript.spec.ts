import { strict as assert } from "node:assert";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { organizationForAll } from "../support/organization";
import { Transcript } from "./transcript";

const REVIEW = "pulumi preview --json --show-sames --show-replacement-steps | npx pulumi-headshotpro review";

/** A spreadsheet as people operations send it: names in a column of their own, two teams, three mistakes. */
const MISTAKEN = `Name,E-mail Address,Team ID
Ada Lovelace,Ada.Lovelace@acme.com,team_abc123
Alan Turing,alan.turing@acme.com,team_abc123
Annie Easley,annie.easley@acme.com,team_xyz789
Barbara Liskov,barbara.liskov@acme.com,team_abc123
Claude Shannon,claude.shannon@acme.com,team_xyz789
Donald Knuth,donald.knuth(at)acme.com,team_abc123
Dorothy Vaughan,dorothy.vaughan@acme.com,team_xyz789
Edsger Dijkstra,edsger.dijkstra@acme.com,team_abc123
Frances Allen,frances.allen@acme.com,team_abc123
Grace Hopper,grace.hopper@acme.com,team_abc123
Hedy Lamarr,hedy.lamarr@acme.com,team_xyz789
Jean Bartik,jean.bartik@acme.com,team_xyz789
John Backus,john.backus@acme,team_abc123
Karen Spärck Jones,karen.sparck.jones@acme.com,team_xyz789
Katherine Johnson,katherine.johnson@acme.com,team_xyz789
Konrad Zuse,konrad.zuse@acme.com,team_abc123
Margaret Hamilton,margaret.hamilton@acme.com,team_abc123
Niklaus Wirth,ADA.LOVELACE@acme.com ,team_abc123
Radia Perlman,radia.perlman@acme.com,team_xyz789
Tony Hoare,tony.hoare@acme.com,team_abc123
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

Twenty people in a spreadsheet, three mistakes, one who leaves, and a second organization; on the emulator, as it was printed (times left out, rows of the engine sorted). \`npm run check -- tests/docs\` plays it again, and \`TRANSCRIPT=write npm run check -- tests/docs\` writes this page.`;

describe("a new user's way, from a spreadsheet to a second organization", () => {
  const organization = organizationForAll({ language: "typescript", program: "" });
  let second: Emulator;
  let transcript: Transcript;
  before(async () => {
    second = await startEmulator({ apiKey: "hp_second_key" });
    const env = { SECOND_KEY: second.apiKey };
    transcript = new Transcript(INTRODUCTION, organization.stack, env, (printed) =>
      printed.replaceAll(second.url, "https://second.example/api/v2"),
    );
  });
  after(() => second.close());

  const emails = () => organization.emulator.outbox.map(({ to }) => to);

  it("validate names the three mistakes, and nobody was asked", async () => {
    transcript.say("## Twenty people, three mistakes");
    transcript.write("people.csv", MISTAKEN);
    const { code, printed } = await transcript.type("npx pulumi-headshotpro validate people.csv");
    assert.equal(code, 1);
    assert.equal(printed.match(/^people\.csv:\d+: /gm)?.length, 3, printed);
    assert.deepEqual(organization.emulator.requests, []);
  });

  it("fixed, the preview and its review name twenty e-mails", async () => {
    transcript.say("Corrected:");
    transcript.writeUnseen("people.csv", FIXED);
    await transcript.must("npx pulumi-headshotpro validate people.csv");
    transcript.say("## The preview, and what a pull request would say");
    transcript.write("index.ts", ONE_ORGANIZATION);
    await transcript.must("pulumi preview");
    const review = await transcript.must(REVIEW);
    assert.match(review, /20 people will be e-mailed/);
    assert.deepEqual(emails(), []);
  });

  it("the up e-mails each of them once", async () => {
    await transcript.must("pulumi up --yes --skip-preview");
    assert.equal(new Set(emails()).size, 20);
    assert.equal(emails().length, 20);
    await transcript.must("npx pulumi-headshotpro status --status pending --team team_abc123");
  });

  it("somebody who leaves is in the review before they are revoked", async () => {
    transcript.say("## Somebody leaves\n\nThe row of Zuse is taken out.");
    transcript.writeUnseen("people.csv", ONE_LESS);
    const review = await transcript.must(REVIEW);
    assert.match(review, /konrad\.zuse@acme\.com/);
    await transcript.must("pulumi up --yes --skip-preview");
    assert.equal(organization.emulator.invite("konrad.zuse@acme.com")?.status, "revoked");
    assert.equal(emails().length, 20);
  });

  it("the same people into a second organization, and none of them into the wrong one", async () => {
    transcript.say("## A second organization");
    const program = TWO_ORGANIZATIONS.replace("BASE_URL", JSON.stringify(second.url));
    transcript.write("index.ts", program, TWO_ORGANIZATIONS.replace(", baseUrl: BASE_URL", ""));
    const review = await transcript.type(REVIEW);
    assert.match(review.printed, /19 people will be e-mailed/);
    await transcript.must("pulumi up --yes --skip-preview");
    assert.equal(emails().length, 20);
    assert.equal(second.outbox.length, 19);
    await transcript.must("pulumi up --yes --skip-preview --expect-no-changes");
  });

  it("is kept as it was printed, in docs/transcript.md", () => transcript.compare("transcript.md"));
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
  const organization = organizationForAll({ language: "yaml", program: "" });
  let transcript: Transcript;
  before(() => {
    transcript = new Transcript(YAML_INTRODUCTION, organization.stack);
  });

  it("six lines and a spreadsheet: its mistakes are named, and nobody was asked", async () => {
    transcript.say("## Six lines and a spreadsheet");
    transcript.write("Pulumi.yaml", YAML_PROJECT);
    assert.equal(YAML_PROJECT.trim().split("\n").length, 6);
    transcript.write("people.csv", YAML_MISTAKEN);
    const { code, printed } = await transcript.type("pulumi preview");
    assert.notEqual(code, 0);
    assert.match(printed, /people\.csv:3 .*\n.*people\.csv:5 /);
    assert.deepEqual(organization.emulator.requests, []);
  });

  it("corrected, the preview and its review name who will be e-mailed", async () => {
    transcript.say("Nobody was invited. Corrected:");
    transcript.writeUnseen("people.csv", YAML_CORRECTED);
    await transcript.must("pulumi preview");
    transcript.say("The same for a pull request:");
    const review = await transcript.must(REVIEW);
    assert.match(review, /4 people will be e-mailed/);
    // Whether there are the teams.
    assert.deepEqual(
      new Set(organization.emulator.requests.map(({ verb }) => verb)),
      new Set(["organization"]),
    );
  });

  it("the up e-mails each of them once, and the second one changes nothing", async () => {
    transcript.say("## The first `up`, and the second");
    const { emulator } = organization;
    await transcript.must("pulumi up --yes --skip-preview");
    const emailed = emulator.outbox.map(({ to }) => to).sort();
    assert.deepEqual(emailed, ["ada@acme.com", "alan@acme.com", "grace@acme.com", "katherine@acme.com"]);
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
    transcript.writeUnseen("people.csv", YAML_CHANGED);
    const review = await transcript.must(REVIEW);
    for (const email of ["alan@acme.com", "grace@acme.com"]) assert.ok(review.includes(email), review);
    await transcript.must("pulumi up --yes --skip-preview");
    const { emulator } = organization;
    assert.equal(emulator.invite("alan@acme.com")?.status, "revoked");
    assert.equal(emulator.invite("grace@acme.com")?.teamId, "team_abc123");
  });

  it("everybody is let go", async () => {
    transcript.say("## Everybody goes\n\nWhoever has headshots would stop this `destroy`.");
    await transcript.must("pulumi destroy --yes --skip-preview");
    assert.ok(organization.emulator.invites().every(({ status }) => status === "revoked"));
    transcript.say(YAML_KEY);
  });

  it("is kept as it was printed, in docs/yaml.md", () => transcript.compare("yaml.md"));
});
