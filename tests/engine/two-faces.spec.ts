import { strict as assert } from "node:assert";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { type ExportedResource, type Outcome, TestStack } from "../support/stack";

const PEOPLE = ["pending", "accepted", "uploading", "completed", "on-the-moon", "found", "explicit"];
const email = (name: string) => `${name}@acme.com`;
const LINK = /invite=/;

/** The same people in TypeScript's words, and in YAML. */
const TYPESCRIPT = (url: string) => `
  const own = new Provider("own", { apiKey: "hp_other_key", baseUrl: "${url}" });
  ${PEOPLE.filter((name) => name !== "explicit")
    .map((name) => `new HeadshotInvite("${name}", { email: "${email(name)}", maxRenewals: 5 });`)
    .join("\n")}
  new HeadshotInvite("explicit", { email: "${email("explicit")}" }, { provider: own });
  new HeadshotRoster("team", { members: ["${email("ada")}", { email: "${email("zoe")}", adopt: true }] });`;
const YAML = (url: string) => `resources:
  own:
    type: pulumi:providers:headshotpro
    properties: { apiKey: hp_other_key, baseUrl: "${url}" }
${PEOPLE.filter((name) => name !== "explicit")
  .map(
    (name) =>
      `  ${name}: { type: "headshotpro:HeadshotInvite", properties: { email: "${email(name)}", maxRenewals: 5 } }`,
  )
  .join("\n")}
  explicit:
    type: headshotpro:HeadshotInvite
    properties: { email: "${email("explicit")}" }
    options: { provider: "\${own}" }
  team:
    type: headshotpro:HeadshotRoster
    properties:
      members: [ "${email("ada")}", { email: "${email("zoe")}", adopt: true } ]
outputs:
  summary: \${team.summary}
`;

describe("a stack that goes from TypeScript to YAML and back", () => {
  let emulator: Emulator;
  let other: Emulator;
  let stack: TestStack;
  before(async () => {
    emulator = await startEmulator();
    other = await startEmulator({ apiKey: "hp_other_key" });
    stack = await TestStack.create(emulator, { language: "javascript", host: "yaml", face: "dynamic" });
    emulator.inviteByHand({ email: email("found") });
    await stack.upTo(TYPESCRIPT(other.url));
    for (const status of PEOPLE.slice(0, -2))
      if (status !== "pending") emulator.setStatus(email(status), status);
    await refresh();
  });
  after(async () => {
    await stack.remove();
    await Promise.all([emulator.close(), other.close()]);
  });

  const people = async () => {
    // A secret is encrypted in another way each time.
    const { printed } = await stack.must("stack", "export", "--show-secrets");
    const resources: ExportedResource[] = JSON.parse(printed).deployment.resources;
    return resources
      .filter(({ type }) => type.endsWith("HeadshotInvite"))
      .map(({ id, outputs: { __provider, ...outputs } }) => ({ id, ...outputs }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  };
  /** What the last refresh has recorded. */
  let known: Awaited<ReturnType<typeof people>>;
  const refresh = async () => {
    await stack.must("refresh", "--yes", "--skip-preview");
    known = await people();
  };
  /** Nothing was asked or sent, and nobody's record has changed. */
  async function same(run: () => Promise<Outcome>): Promise<Outcome> {
    const requestsBefore = other.requests.length;
    const outcome = await run();
    assert.equal(outcome.code, 0, outcome.printed);
    assert.deepEqual([outcome.requests, outcome.emails], [[], []]);
    assert.deepEqual([await people(), other.requests.length], [known, requestsBefore]);
    return outcome;
  }
  const types = async () => [...new Set((await stack.export()).resources.map(({ type }) => type))].sort();

  it("keeps everybody as they are in YAML", async () => {
    await stack.setFace("plugin", "yaml");
    await stack.setProgram(YAML(other.url));
    const preview = await stack.preview();
    assert.deepEqual([preview.code, preview.requests], [0, []], preview.printed);
    assert.doesNotMatch(preview.printed, /Headshot\w+ .*(create|delete|replace|update)/);
    await same(() => stack.up());
    assert.deepEqual(await types(), ["headshotpro:index:HeadshotInvite", "headshotpro:index:HeadshotRoster"]);
  });

  it("is looked at anew there, and the text of the dynamic face is gone", async () => {
    await refresh();
    assert.doesNotMatch(await stack.stateFile(), /exports\.handler/);
    await same(() => stack.up("--expect-no-changes"));
  });

  it("keeps everybody as they are back in TypeScript, and can refresh and destroy there", async () => {
    await stack.setFace("dynamic", "javascript");
    await stack.setProgram(TYPESCRIPT(other.url));
    await same(() => stack.up());
    assert.deepEqual(await types(), [
      "headshotpro:index:HeadshotRoster",
      "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite",
    ]);
    await stack.expectSettled();
    await refresh();
    assert.doesNotMatch((await stack.export()).text, LINK, "links stay secret");
  });

  it("is destroyed in YAML after all, and nobody's headshots are lost", async () => {
    await stack.setFace("plugin", "yaml");
    await stack.setProgram(YAML(other.url));
    await same(() => stack.up());
    await stack.fails("destroy", "--continue-on-error");
    const left = emulator.invites().filter(({ status }) => status !== "revoked");
    assert.deepEqual(
      left.map(({ email }) => email).sort(),
      ["completed", "on-the-moon", "uploading"].map(email),
    );
    assert.deepEqual(
      other.invites().map(({ status }) => status),
      ["revoked"],
    );
  });
});
