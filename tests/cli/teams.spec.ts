import assert from "node:assert/strict";
import { emulatorForAll, run } from "../support/command";

describe("cli: teams", () => {
  const api = emulatorForAll({ memberKey: "hp_member", teams: { team_b: "Sales", team_a: "Café 東京" } });

  it("shows names and ids, sorted by name", async () => {
    assert.deepEqual(await run(["teams"], api), {
      code: 0,
      signal: null,
      stdout: "team       id\nCafé 東京  team_a\nSales      team_b\n",
      stderr: "2 teams\n",
    });
  });

  it("writes JSON", async () => {
    const { stdout } = await run(["teams", "--json"], api);
    assert.deepEqual(JSON.parse(stdout), [
      { id: "team_a", name: "Café 東京" },
      { id: "team_b", name: "Sales" },
    ]);
  });

  it("says that a key may not read them, and ends with 3", async () => {
    const env = { ...api.env, HEADSHOTPRO_API_KEY: "hp_member" };
    const { code, stdout, stderr } = await run(["teams"], { env });
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(
      stderr,
      /^error: The teams of the organization could not be listed: the API key is not an organ.*\n$/,
    );
  });
});
