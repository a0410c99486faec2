import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Emulator } from "headshotpro-emulator";
import { bring, create, emulators, get } from "../support/emulators";

const ADA = "ada@acme.com";

describe("emulator: state file", () => {
  const start = emulators();
  let directory: string;
  let stateFile: string;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "emulator-"));
    stateFile = path.join(directory, "state.json");
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it("brings everything back after a restart", async () => {
    const first = await start({ stateFile, credits: 10, uid: "org_1", name: "Acme", retentionDays: 60 });
    first.addTeam("team_new", "New");
    await create(first, ADA, "team_new");
    bring(first, "bob@acme.com", "completed");
    bring(first, "eve@acme.com", "revoked");
    await create(first, "eve@acme.com");
    first.addEntry({ email: ADA, status: "completed", createdAt: "2024-01-15T10:30:00.000Z" });
    first.clock.advance({ days: 31 });
    const shown = ({ uid, name, credits, teams, automation, outbox, ...emulator }: Emulator) =>
      structuredClone({ uid, name, credits, teams, automation, outbox, invites: emulator.invites() });
    const before = shown(first);
    await first.close();

    const second = await start({ stateFile, credits: 500, uid: "org_2", name: "Other", retentionDays: 90 });
    assert.deepEqual(shown(second), before);
    assert.equal((await get(second, ADA)).body.invite.status, "pending");
    assert.throws(() => second.accept(ADA), /the link expired/);
    assert.ok(second.clock.now().getTime() - Date.now() > 30 * 86_400_000);
  });

  it("reads a file of an earlier version, which has no uid, name or date of a shoot", async () => {
    const entry = { id: "1", email: ADA, status: "completed", teamId: null, modelId: "2" };
    const invites = [
      { ...entry, createdAt: "2026-01-01T00:00:00.000Z", expiresAt: "2026-01-31T00:00:00.000Z" },
    ];
    const earlier = { version: 1, clockOffsetMs: 0, credits: 3, teams: {}, invites, outbox: [] };
    writeFileSync(stateFile, JSON.stringify(earlier));
    const emulator = await start({ stateFile, uid: "org_1" });
    assert.deepEqual([emulator.uid, emulator.name, emulator.credits], ["org_1", "Emulated organization", 3]);
    assert.equal(emulator.invite(ADA)?.status, "completed");
    emulator.automate({ retentionDays: 30 });
    assert.equal(emulator.invite(ADA)?.status, "deleted", "the invite's date stands in for the shoot's");
  });

  it("is written before the answer, whole, for its owner only, with nothing left beside it", async () => {
    const emulator = await start({ stateFile });
    await create(emulator, ADA);
    assert.equal(JSON.parse(readFileSync(stateFile, "utf8")).invites[0].email, ADA);
    assert.equal(statSync(stateFile).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(directory), ["state.json"]);
  });

  const sound = { version: 1, clockOffsetMs: 0, credits: 3, teams: {}, invites: [], outbox: [] };
  for (const [what, text] of Object.entries({
    empty: "",
    truncated: JSON.stringify(sound).slice(0, 45),
    "of another program": '{"version":3,"checkpoint":{}}',
    "of the wrong shape": JSON.stringify({ ...sound, invites: [{}] }),
    "of a clock that no reply could show": JSON.stringify({ ...sound, clockOffsetMs: 1e18 }),
    "no object": "null",
  })) {
    it(`a file that is ${what}: a clear error, and the file is left as it is`, async () => {
      writeFileSync(stateFile, text);
      await assert.rejects(start({ stateFile }), /the state file .*state\.json is damaged .* left as it is/);
      assert.equal(readFileSync(stateFile, "utf8"), text);
    });
  }
});
