import assert from "node:assert/strict";
import { bring, call, create, emulators } from "../support/emulators";

const TEAMS = "/organization/teams";
const CREDITS = "/organization/credits";

describe("emulator: teams and credits", () => {
  const start = emulators();

  it("teams answers the names by id, those added later too", async () => {
    const emulator = await start({ teams: { team_a: "Sales" } });
    emulator.addTeam("team_b", "Research & Development");
    const teams = [
      { id: "team_a", name: "Sales" },
      { id: "team_b", name: "Research & Development" },
    ];
    assert.deepEqual((await call(emulator, "GET", TEAMS)).body, { success: true, teams });
  });

  it("credits answers what is left: an invite takes none, an upload one", async () => {
    const emulator = await start({ credits: 2 });
    await create(emulator, "ada@acme.com");
    assert.deepEqual((await call(emulator, "GET", CREDITS)).body, { success: true, credits: 2 });
    bring(emulator, "eve@acme.com", "uploading");
    assert.deepEqual((await call(emulator, "GET", CREDITS)).body, { success: true, credits: 1 });
  });

  for (const [verb, path, empty] of [
    ["teams", TEAMS, { teams: [] }],
    ["credits", CREDITS, { credits: 0 }],
  ] as const) {
    it(`${verb} is wrapped, refused, limited, logged and spoilt like the others`, async () => {
      const rateLimit = { limit: 5, windowSeconds: 600 };
      const emulator = await start({
        teams: {},
        credits: 0,
        envelope: "data",
        memberKey: "member",
        rateLimit,
      });
      const asked = async (key: string, method = "GET") =>
        (await call(emulator, method, path, undefined, { headers: { authorization: `Bearer ${key}` } }))
          .status;

      assert.deepEqual((await call(emulator, "GET", path)).body, { success: true, data: empty });
      assert.deepEqual([await asked("wrong"), await asked("member")], [401, 403]);
      assert.equal(await asked(emulator.apiKey, "DELETE"), 404);
      emulator.fault({ on: verb, kind: { status: 503 } });
      assert.equal(await asked(emulator.apiKey), 503);
      assert.equal(await asked(emulator.apiKey), 429);
      assert.deepEqual(emulator.requests.map(({ at, ...record }) => record).at(-2), {
        method: "GET",
        path: `/api/v2${path}`,
        verb,
        status: 503,
        fault: "503",
      });
    });
  }
});
