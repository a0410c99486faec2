import { strict as assert } from "node:assert";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { TestStack } from "../support/stack";
import { Transcript } from "./transcript";

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

Twenty people in a spreadsheet, three mistakes, one who leaves, and a second organization; on the emulator, as it was printed (times left out, rows of the engine sorted). \`npm run check -- tests/guide\` plays it again, and \`TRANSCRIPT=write npm run check -- tests/guide\` writes this page.`;

describe("a new user's way, from a spreadsheet to a second organization", () => {
  let emulator: Emulator;
  let second: Emulator;
  let stack: TestStack;
  let transcript: Transcript;

  before(async () => {
    [emulator, second] = [await startEmulator(), await startEmulator({ apiKey: "hp_second_key" })];
    stack = await TestStack.create(emulator, { program: "" });
    transcript = new Transcript(INTRODUCTION, stack, { SECOND_KEY: second.apiKey }, (printed) =>
      printed.replaceAll(second.url, "https://second.example/api/v2"),
    );
  });
  after(async () => {
    await stack.remove();
    await Promise.all([emulator.close(), second.close()]);
  });

  const emails = () => emulator.outbox.map(({ to }) => to);

  it("validate names the three mistakes, and nobody was asked", async () => {
    transcript.say("## Twenty people, three mistakes");
    transcript.write("people.csv", MISTAKEN);
    const { code, printed } = await transcript.type("npx pulumi-headshotpro validate people.csv");
    assert.equal(code, 1);
    assert.equal(printed.match(/^people\.csv:\d+: /gm)?.length, 3, printed);
    assert.deepEqual(emulator.requests, []);
  });

  it("fixed, the preview and its review name twenty e-mails", async () => {
    transcript.say("Corrected:");
    transcript.writeUnseen("people.csv", FIXED);
    await transcript.must("npx pulumi-headshotpro validate people.csv");
    transcript.say("## The preview, and what a pull request would say");
    transcript.write("index.ts", ONE_ORGANIZATION);
    await transcript.must("pulumi preview");
    const review = await transcript.must(
      "pulumi preview --json --show-sames --show-replacement-steps | npx pulumi-headshotpro review",
    );
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
    const review = await transcript.must(
      "pulumi preview --json --show-sames --show-replacement-steps | npx pulumi-headshotpro review",
    );
    assert.match(review, /konrad\.zuse@acme\.com/);
    await transcript.must("pulumi up --yes --skip-preview");
    assert.equal(emulator.invite("konrad.zuse@acme.com")?.status, "revoked");
    assert.equal(emails().length, 20);
  });

  it("the same people into a second organization, and none of them into the wrong one", async () => {
    transcript.say("## A second organization");
    const program = TWO_ORGANIZATIONS.replace("BASE_URL", JSON.stringify(second.url));
    transcript.write("index.ts", program, TWO_ORGANIZATIONS.replace(", baseUrl: BASE_URL", ""));
    const review = await transcript.type(
      "pulumi preview --json --show-sames --show-replacement-steps | npx pulumi-headshotpro review",
    );
    assert.match(review.printed, /19 people will be e-mailed/);
    await transcript.must("pulumi up --yes --skip-preview");
    assert.equal(emails().length, 20);
    assert.equal(second.outbox.length, 19);
    await transcript.must("pulumi up --yes --skip-preview --expect-no-changes");
  });

  it("is kept as it was printed, in docs/transcript.md", () => transcript.compare("transcript.md"));
});
