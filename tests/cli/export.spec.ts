import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emulatorForAll, run } from "../support/command";

/** That a command went well, and what it printed. */
const ended = (stdout: string, stderr: string) => ({ code: 0, signal: null, stdout, stderr });

describe("cli: export", () => {
  const api = emulatorForAll();
  let cwd: string;
  before(() => {
    api.emulator.inviteByHand({ email: "Ada@Acme.com", teamId: "team_xyz789" });
    api.emulator.inviteByHand({ email: "+zoe@acme.eu" });
    api.emulator.inviteByHand({ email: "gone@acme.com" });
    api.emulator.revokeByHand("gone@acme.com");
  });
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), "headshotpro-export-"));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  const CSV = "email,teamId\n'+zoe@acme.eu,\nada@acme.com,team_xyz789\n";

  it("writes everyone as a roster: CSV, safe in a spreadsheet", async () => {
    assert.deepEqual(await run(["export"], api), ended(CSV, "2 people\n"));
  });

  it("writes YAML, a part of the people, and teams by their names", async () => {
    const flags = ["--format", "yaml", "--team", "team_xyz789", "--team-names"];
    const { stdout } = await run(["export", ...flags], api);
    assert.equal(stdout, "- email: ada@acme.com\n  team: Marketing\n");
  });

  it("writes a file that `validate` reads, and overwrites it only with --force", async () => {
    const surroundings = { cwd, env: api.env };
    const write = (...flags: string[]) => run(["export", "--output", "people.csv", ...flags], surroundings);
    assert.deepEqual(await write(), ended("", "2 people in people.csv\n"));
    assert.equal(readFileSync(join(cwd, "people.csv"), "utf8"), CSV);
    // Newcomers may not begin with a sign.
    const valid = await run(["validate", "people.csv"], { cwd });
    assert.match(valid.stdout, /^people\.csv:2: email: "\+zoe@acme\.eu" is not an e-mail address: [^\n]*\n$/);

    const refused = await write("--status", "completed");
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /^error: people\.csv is not written: it is there already; .*\n$/);
    assert.equal(readFileSync(join(cwd, "people.csv"), "utf8"), CSV);
    assert.equal((await write("--status", "completed", "--force")).code, 0);
    assert.equal(readFileSync(join(cwd, "people.csv"), "utf8"), "email,teamId\n");
  });
});

describe("cli: teams", () => {
  const api = emulatorForAll({ memberKey: "hp_member", teams: { team_b: "Sales", team_a: "Café 東京" } });

  it("shows names and ids, sorted by name", async () => {
    assert.deepEqual(
      await run(["teams"], api),
      ended("team       id\nCafé 東京  team_a\nSales      team_b\n", "2 teams\n"),
    );
  });

  it("says that a key may not read them, and ends with 3", async () => {
    const env = { ...api.env, HEADSHOTPRO_API_KEY: "hp_member" };
    const { code, stdout, stderr } = await run(["teams"], { env });
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(stderr, /^error: The teams of the organization could not be listed: .*\n$/);
  });
});
