import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { type Outcome, TestStack } from "../support/stack";

const OTHER_KEY = "hp_emea_key_1";
const SECOND_KEY = "hp_acme_key_2";

/** What a test of a row works with. */
interface Row {
  stack: TestStack;
  /** The organization of the default provider, which takes two keys. */
  acme: Emulator;
  /** Another one. */
  emea: Emulator;
  /** The declaration of a provider. */
  provider(name: string, key: string, at: Emulator): string;
}

const live = (emulator: Emulator) =>
  emulator
    .invites()
    .filter(({ status }) => status !== "revoked")
    .map(({ email, status }) => `${email} ${status}`);
const emailed = ({ acme, emea }: Row) => [acme, emea].map(({ outbox }) => outbox.length);
const zoe = (options = "") => `new HeadshotInvite("zoe", { email: "zoe@acme.eu" }${options});`;

async function must(stack: TestStack, program: string, ...args: string[]): Promise<Outcome> {
  await stack.setProgram(program);
  return stack.must("up", "--yes", "--skip-preview", ...args);
}

/** Nothing is left to do, and nobody has been e-mailed since. */
async function settled(row: Row): Promise<void> {
  const before = emailed(row);
  const again = await row.stack.up("--expect-no-changes");
  assert.equal(again.code, 0, again.printed);
  assert.deepEqual(emailed(row), before);
}

/** Each row of the table in docs/organizations.md, by the words of its first column. */
const rows: Record<string, (row: Row) => Promise<void>> = {
  "gets a provider of another organization": async (row) => {
    const { stack, acme, emea } = row;
    await must(stack, zoe());
    await stack.setProgram(`${row.provider("emea", OTHER_KEY, emea)} ${zoe(", { provider: emea }")}`);
    const preview = await stack.preview();
    assert.equal(preview.code, 0, preview.printed);
    assert.match(preview.printed, /zoe@acme\.eu moves to the organization of provider "emea": .* new e-mail/);
    assert.match(preview.printed, /1 to replace/);
    assert.deepEqual(preview.requests, []);
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual([live(acme), live(emea)], [[], ["zoe@acme.eu pending"]]);
    assert.deepEqual(emailed(row), [1, 1]);
    await settled(row);
  },
  "has headshots, as the state knows": async (row) => {
    const { stack, acme, emea } = row;
    await must(stack, zoe());
    acme.setStatus("zoe@acme.eu", "completed");
    await stack.must("refresh", "--yes", "--skip-preview");
    await stack.setProgram(`${row.provider("emea", OTHER_KEY, emea)} ${zoe(", { provider: emea }")}`);
    const preview = await stack.preview();
    assert.notEqual(preview.code, 0, preview.printed);
    assert.match(preview.printed, /zoe@acme\.eu has headshots \(completed\); a move to another organization/);
    assert.deepEqual([live(acme), live(emea)], [["zoe@acme.eu completed"], []]);
  },
  "has headshots, but the state does not know yet": async (row) => {
    const { stack, acme, emea } = row;
    await must(stack, zoe());
    acme.setStatus("zoe@acme.eu", "completed");
    await stack.setProgram(`${row.provider("emea", OTHER_KEY, emea)} ${zoe(", { provider: emea }")}`);
    for (let ups = 0; ups < 2; ups++) {
      const up = await stack.up();
      assert.notEqual(up.code, 0, up.printed);
      assert.match(up.printed, /zoe@acme\.eu has headshots \(completed\); revoking would delete them/);
      assert.deepEqual([live(acme), live(emea)], [["zoe@acme.eu completed"], ["zoe@acme.eu pending"]]);
    }
    assert.deepEqual(emailed(row), [1, 1]);
  },
  "has headshots, and `forceDestroy: true` is in the state and in the program": async (row) => {
    const { stack, acme, emea } = row;
    const forced = (options = "") =>
      `new HeadshotInvite("zoe", { email: "zoe@acme.eu", forceDestroy: true }${options});`;
    await must(stack, forced());
    acme.setStatus("zoe@acme.eu", "completed");
    await must(stack, `${row.provider("emea", OTHER_KEY, emea)} ${forced(", { provider: emea }")}`);
    assert.deepEqual([live(acme), live(emea)], [[], ["zoe@acme.eu pending"]]);
    await settled(row);
  },
  "is invited there already": async (row) => {
    const { stack, acme, emea } = row;
    emea.inviteByHand({ email: "zoe@acme.eu" });
    emea.accept("zoe@acme.eu");
    const before = emailed(row)[1];
    await must(stack, zoe());
    const up = await must(stack, `${row.provider("emea", OTHER_KEY, emea)} ${zoe(", { provider: emea }")}`);
    assert.match(up.printed, /zoe@acme\.eu was already invited \(accepted\): adopted, no e-mail sent/);
    assert.deepEqual([live(acme), live(emea)], [[], ["zoe@acme.eu accepted"]]);
    assert.equal(emailed(row)[1], before);
    await settled(row);
  },
  "is in a roster that gets a provider": async (row) => {
    const { stack, acme, emea } = row;
    const roster = (options = "") =>
      `new HeadshotRoster("eu", { members: ["zoe@acme.eu", "max@acme.eu"] }${options});`;
    await must(stack, roster());
    await stack.setProgram(`${row.provider("emea", OTHER_KEY, emea)} ${roster(", { provider: emea }")}`);
    const preview = await stack.preview();
    assert.match(preview.printed, /2 to replace/, preview.printed);
    await stack.must("up", "--yes", "--skip-preview");
    assert.deepEqual([live(acme), live(emea).length], [[], 2]);
    await settled(row);
  },
  "loses an explicit provider": async (row) => {
    const { stack, acme, emea } = row;
    await must(stack, `${row.provider("emea", OTHER_KEY, emea)} ${zoe(", { provider: emea }")}`);
    await stack.setProgram(zoe());
    const preview = await stack.preview();
    assert.match(preview.printed, /zoe@acme\.eu moves to the default organization/, preview.printed);
    await stack.must("up", "--yes", "--skip-preview");
    assert.deepEqual([live(acme), live(emea)], [["zoe@acme.eu pending"], []]);
    await settled(row);
  },
  "stays with a provider that is renamed": async (row) => {
    const { stack, acme, emea } = row;
    await must(stack, `${row.provider("emea", OTHER_KEY, emea)} ${zoe(", { provider: emea }")}`);
    const up = await must(
      stack,
      `${row.provider("europe", OTHER_KEY, emea)} ${zoe(", { provider: europe }")}`,
    );
    assert.doesNotMatch(up.printed, /moves to/);
    assert.deepEqual([live(acme), live(emea)], [[], ["zoe@acme.eu pending"]]);
    assert.deepEqual(emailed(row), [0, 1]);
    assert.deepEqual(
      emea.requests.map(({ verb }) => verb),
      ["create"],
    );
    await settled(row);
  },
  "becomes one of a roster under a new provider with the same key": async (row) => {
    const { stack, acme } = row;
    await must(stack, zoe());
    const roster = `new HeadshotRoster("eu", { members: ["zoe@acme.eu"] }, { provider: second });`;
    const up = await must(stack, `${row.provider("second", acme.apiKey, acme)} ${roster}`);
    assert.match(up.printed, /zoe@acme\.eu stays invited: another provider declares them/);
    assert.deepEqual([live(acme), emailed(row)], [["zoe@acme.eu pending"], [1, 0]]);
    await settled(row);
  },
  "moves to a provider with another key of the same organization": async (row) => {
    const { stack, acme } = row;
    await must(stack, zoe());
    const up = await must(
      stack,
      `${row.provider("second", SECOND_KEY, acme)} ${zoe(", { provider: second }")}`,
    );
    assert.match(up.printed, /zoe@acme\.eu stays invited: another provider declares them/);
    assert.deepEqual([live(acme), emailed(row)], [["zoe@acme.eu pending"], [1, 0]]);
    await settled(row);
  },
  "stays with a provider whose key is rotated": async (row) => {
    const { stack, acme } = row;
    await must(stack, `${row.provider("main", acme.apiKey, acme)} ${zoe(", { provider: main }")}`);
    await must(stack, `${row.provider("main", SECOND_KEY, acme)} ${zoe(", { provider: main }")}`);
    assert.deepEqual([live(acme), emailed(row)], [["zoe@acme.eu pending"], [1, 0]]);
    await stack.must("refresh", "--yes", "--skip-preview");
    await settled(row);
  },
  "stays with a provider whose key becomes another organization's": async (row) => {
    const { stack, acme, emea } = row;
    await must(stack, `${row.provider("main", acme.apiKey, acme)} ${zoe(", { provider: main }")}`);
    const changed = `${row.provider("main", OTHER_KEY, emea)} ${zoe(", { provider: main }")}`;
    await must(stack, changed);
    assert.deepEqual([live(acme), live(emea)], [["zoe@acme.eu pending"], []]);
    const refresh = await stack.must("refresh", "--yes", "--skip-preview");
    assert.match(refresh.printed, /zoe@acme\.eu is not in the organization of the API key, which is another/);
    await must(stack, changed);
    assert.deepEqual([live(acme), live(emea)], [["zoe@acme.eu pending"], ["zoe@acme.eu pending"]]);
    await settled(row);
  },
  "is retained (`retainOnDelete`)": async (row) => {
    const { stack, acme, emea } = row;
    await must(stack, zoe(", { retainOnDelete: true }"));
    await must(
      stack,
      `${row.provider("emea", OTHER_KEY, emea)} ${zoe(", { provider: emea, retainOnDelete: true }")}`,
    );
    assert.deepEqual([live(acme), live(emea)], [["zoe@acme.eu pending"], ["zoe@acme.eu pending"]]);
    await settled(row);
  },
  "is protected (`protect`)": async (row) => {
    const { stack, acme, emea } = row;
    await must(stack, zoe(", { protect: true }"));
    await stack.setProgram(
      `${row.provider("emea", OTHER_KEY, emea)} ${zoe(", { provider: emea, protect: true }")}`,
    );
    const preview = await stack.preview();
    assert.notEqual(preview.code, 0, preview.printed);
    assert.match(preview.printed, /marked for protection/);
    assert.deepEqual([live(acme), live(emea)], [["zoe@acme.eu pending"], []]);
  },
  "is declared by two providers of one organization": async (row) => {
    const { stack, acme } = row;
    await stack.setProgram(
      `${row.provider("second", acme.apiKey, acme)} ${zoe()} new HeadshotInvite("too", { email: "zoe@acme.eu" }, { provider: second, dependsOn: [] });`,
    );
    const up = await stack.up();
    assert.notEqual(up.code, 0, up.printed);
    assert.match(
      up.printed,
      /zoe@acme\.eu is declared twice, by two providers that reach the same organization/,
    );
    assert.deepEqual([live(acme), emailed(row)], [["zoe@acme.eu pending"], [1, 0]]);
  },
  "is in the state of an earlier version, which does not say whose it is": async (row) => {
    const { stack, acme, emea } = row;
    await must(stack, zoe());
    await forgetOrganization(stack);
    await must(stack, `${row.provider("emea", OTHER_KEY, emea)} ${zoe(", { provider: emea }")}`);
    assert.deepEqual([live(acme), live(emea)], [["zoe@acme.eu pending"], []]);
    assert.deepEqual(emailed(row), [1, 0]);
  },
};

/** As 0.1.0's first state was. */
async function forgetOrganization(stack: TestStack): Promise<void> {
  const { text } = await stack.export();
  const file = join(stack.directory, "state.json");
  await writeFile(file, text.replace(/\s*"__organization": "[^"]*",/g, ""));
  await stack.must("stack", "import", "--file", file);
}

describe("a person who moves between providers, on the real engine", () => {
  let row: Row;
  beforeEach(async () => {
    const acme = await startEmulator({ apiKey: ["hp_emulator_key", SECOND_KEY] });
    const emea = await startEmulator({ apiKey: OTHER_KEY });
    const stack = await TestStack.create(acme, { language: "javascript", program: "" });
    const provider = (name: string, key: string, at: Emulator) =>
      `const ${name} = new Provider("${name}", { apiKey: "${key}", baseUrl: "${at.url}" });`;
    row = { stack, acme, emea, provider };
  });
  afterEach(async () => {
    await row.stack.remove();
    await Promise.all([row.acme.close(), row.emea.close()]);
  });

  for (const [name, run] of Object.entries(rows)) it(name, () => run(row));

  it("finds each of these rows in docs/organizations.md, and no other", () => {
    const page = readFileSync(join(__dirname, "../../docs/organizations.md"), "utf8");
    const [, table = ""] = page.split("| the person … |");
    const told = table
      .split("\n")
      .slice(2)
      .filter((line) => line.startsWith("| "));
    assert.deepEqual(
      told.map((line) => line.split(" | ")[0]?.slice(2)),
      Object.keys(rows),
    );
  });
});
