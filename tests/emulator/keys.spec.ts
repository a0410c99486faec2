import assert from "node:assert/strict";
import type { Emulator } from "headshotpro-emulator";
import { call, emulators } from "../support/emulators";

describe("emulator: API keys", () => {
  const start = emulators();

  const asked = async (emulator: Emulator, key: string) =>
    (
      await call(emulator, "GET", "/organization/invites", undefined, {
        headers: { authorization: `Bearer ${key}` },
      })
    ).status;

  it("several keys lead to one organization, and apiKey is the first", async () => {
    const emulator = await start({ apiKey: ["one", "two"] });
    assert.deepEqual([emulator.apiKey, emulator.apiKeys], ["one", ["one", "two"]]);
    for (const [key, status] of [
      ["one", 200],
      ["two", 200],
      ["three", 401],
      ["one,two", 401],
    ] as const) {
      assert.equal(await asked(emulator, key), status, key);
    }
  });

  it("a key can be rotated while it runs", async () => {
    const emulator = await start({ apiKey: "old" });
    emulator.acceptKey("new");
    assert.deepEqual([await asked(emulator, "old"), await asked(emulator, "new")], [200, 200]);
    emulator.refuseKey("old");
    assert.deepEqual([await asked(emulator, "old"), await asked(emulator, "new")], [401, 200]);
    assert.deepEqual(emulator.apiKeys, ["new"]);
  });

  it("no key that was ever known gets into the log, from whatever part of a request", async () => {
    const emulator = await start({ apiKey: ["hp first/secret", "hp_second"], memberKey: "hp_member" });
    emulator.acceptKey("hp_third");
    emulator.refuseKey("hp_second");
    for (const key of ["hp first/secret", "hp_second", "hp_member", "hp_third"]) {
      await asked(emulator, key);
      await call(emulator, "GET", `/organization/invites?key=${encodeURIComponent(key)}`);
      await call(emulator, "GET", `/organization/invites/${encodeURIComponent(key)}`);
      await call(emulator, "POST", "/organization/invites", { email: `${key}@acme.com` });
    }
    assert.doesNotMatch(JSON.stringify(emulator.requests), /hp.first|secret|hp_/);
    assert.equal(emulator.requests[1]?.path, "/api/v2/organization/invites?key=[key]");
    assert.equal(emulator.requests[3]?.email, "[key]@acme.com");
  });

  it("an emulator that nobody could use is refused", async () => {
    await assert.rejects(start({ apiKey: [] }), /at least one API key/);
    await assert.rejects(start({ apiKey: ["one", ""] }), /an API key cannot be empty/);
    const emulator = await start();
    assert.throws(() => emulator.acceptKey(""), /an API key cannot be empty/);
  });
});
