import { strict as assert } from "node:assert";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { organizationForEach } from "../support/organization";
import { TestStack } from "../support/stack";

const KEY = "hp_emea_key_1";
const members = (emulator: Emulator) =>
  emulator
    .invites()
    .filter(({ status }) => status !== "revoked")
    .map(({ email }) => email);

describe("an explicit Provider on the real engine", () => {
  let general: Emulator;
  let emea: Emulator;
  let stack: TestStack;
  const program = (provider: string) => `
    const emea = new Provider("emea", { ${provider}, baseUrl: "${emea.url}" });
    new HeadshotInvite("ada", { email: "ada@acme.com" });
    new HeadshotInvite("zoe", { email: "zoe@acme.eu" }, { provider: emea });`;

  beforeEach(async () => {
    [general, emea] = [await startEmulator(), await startEmulator({ apiKey: KEY })];
    stack = await TestStack.create(general, { language: "javascript" });
  });
  afterEach(async () => {
    await stack.remove();
    await Promise.all([general.close(), emea.close()]);
  });

  it("invites, refreshes and destroys at its own organization only, HEADSHOTPRO_API_KEY or not", async () => {
    await stack.setProgram(program(`apiKey: "${KEY}"`));
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual([members(general), members(emea)], [["ada@acme.com"], ["zoe@acme.eu"]]);
    assert.ok(!(await stack.export()).text.includes(KEY), "the key is in the state in plain text");
    await stack.expectSettled();

    await stack.setProgram(program(`apiKey: "${KEY}", timeoutSeconds: 20`));
    const changed = await stack.up();
    assert.equal(changed.code, 0, changed.printed);
    assert.match(changed.printed, /~ 1 updated/, "a provider that changes replaces nobody");
    assert.deepEqual([changed.requests, emea.outbox.length], [[], 1]);

    assert.equal((await stack.refresh()).code, 0);
    await stack.setProgram("");
    const destroy = await stack.destroy();
    assert.equal(destroy.code, 0, destroy.printed);
    assert.deepEqual([members(general), members(emea)], [[], []]);
    const named = ({ requests }: Emulator) => {
      const aboutPeople = requests.filter(({ verb }) => verb !== "organization");
      return [...new Set(aboutPeople.map(({ email }) => email ?? "everyone"))];
    };
    assert.deepEqual(named(general), ["ada@acme.com"], "of all requests, also those of refresh and destroy");
    assert.deepEqual(named(emea), ["zoe@acme.eu"]);
  });

  it("reads its key from the variable that it names, and says if that is not set", async () => {
    await stack.setProgram(program('apiKeyEnv: "EMEA_KEY"'));
    const missing = await stack.up();
    assert.notEqual(missing.code, 0);
    assert.match(missing.printed, /API key of provider "emea" is missing: its apiKeyEnv names EMEA_KEY/);
    assert.deepEqual(members(emea), []);

    stack.env = { EMEA_KEY: KEY };
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(members(emea), ["zoe@acme.eu"]);
  });
});

const ROTATED = "hp_live_9f8e7d6c5b4a";

describe("a rotated key, on the real engine", () => {
  const organization = organizationForEach({
    apiKey: ROTATED,
    program: `new HeadshotInvite("ada", { email: "ada@acme.com" });`,
    env: { HEADSHOTPRO_API_KEY: undefined },
  });

  it("lets the environment's key win over the stack's, so that a rotated key needs no up", async () => {
    const { emulator, stack } = organization;
    await stack.must("config", "set", "--secret", "headshotpro:apiKey", "hp_old_key_revoked");
    const refused = await stack.up();
    assert.notEqual(refused.code, 0);
    assert.match(refused.printed, /does not accept the API key \(401 UNAUTHORIZED/);
    assert.ok(!refused.printed.includes("hp_old_key_revoked"));

    stack.env = { HEADSHOTPRO_API_KEY: ROTATED };
    assert.equal((await stack.up()).code, 0);
    const destroy = await stack.destroy();
    assert.equal(destroy.code, 0, destroy.printed);
    assert.equal(emulator.invite("ada@acme.com")?.status, "revoked");
  });
});
