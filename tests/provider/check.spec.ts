import assert from "node:assert/strict";
import { ProcessLab, throughEachFace } from "../support/lab";
import { KEY } from "../support/operations";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

throughEachFace("check", (labForAll) => {
  const lab = labForAll();
  const check = (news: object, olds?: object) => lab.provider.check({ ...news }, olds && { ...olds });
  afterEach("made no request", () => assert.deepEqual(lab.takeRequests(), []));

  it("makes the address canonical and passes the rest on", async () => {
    const news = { email: " Ada@Bücher.Example ", teamId: " team_xyz789 ", adopt: true, maxRenewals: 0 };
    assert.deepEqual(await check(news), {
      inputs: { email: "ada@xn--bcher-kva.example", teamId: "team_xyz789", adopt: true, maxRenewals: 0 },
      failures: [],
    });
  });

  it("lets pass what a preview does not know yet", async () => {
    const flags = { adopt: UNKNOWN, forceDestroy: UNKNOWN, maxRenewals: UNKNOWN };
    const news = { email: UNKNOWN, teamId: UNKNOWN, ...flags };
    assert.deepEqual(await check(news), { inputs: news, failures: [] });
  });

  it("takes an address that newcomers may not have of whoever is invited by it", async () => {
    for (const email of ["o’brien@acme.com", "ada^b@acme.com", "а.lovelace@acme.com"]) {
      assert.equal((await check({ email })).failures.length, 1);
      assert.equal((await check({ email }, { email: "ada@acme.com" })).failures.length, 1);
      const written = email.toUpperCase();
      assert.deepEqual(await check({ email: written }, { email }), { inputs: { email }, failures: [] });
    }
    assert.equal((await check({ email: "ada" }, { email: "ada" })).failures.length, 1);
  });

  it("carries the team that the state has, for the same person only", async () => {
    const olds = { email: "ada@acme.com", teamId: "t1" };
    assert.equal((await check({ email: "Ada@acme.com" }, olds)).inputs.teamId, "t1");
    assert.equal((await check({ email: "bob@acme.com" }, olds)).inputs.teamId, undefined);
    assert.equal((await check({ email: UNKNOWN }, olds)).inputs.teamId, undefined);
  });
});

describe("check of an unusable configuration", () => {
  const cases: [name: string, env: Record<string, string>, reason: RegExp][] = [
    ["no key", { HEADSHOTPRO_API_KEY: "" }, /^: The HeadshotPro API key is missing\. Set it with/],
    ["no key of one line", { HEADSHOTPRO_API_KEY: `${KEY}\nx` }, /^: HEADSHOTPRO_API_KEY is not an API key/],
    ["plain http", { HEADSHOTPRO_BASE_URL: "http://api.example/v2" }, /unencrypted to api\.example/],
  ];
  for (const [name, env, reason] of cases) {
    it(`says it once for all people: ${name}`, async () => {
      const lab = await ProcessLab.start({ env });
      try {
        const first = await lab.provider.check({ email: "ada@acme.com" });
        assert.match(first.failures.join(), reason);
        assert.doesNotMatch(first.failures.join(), new RegExp(KEY));
        assert.deepEqual((await lab.provider.check({ email: "bob@acme.com" })).failures, []);
        const { failures } = await lab.provider.check({ email: "" });
        assert.equal(failures.length, 1, "their own are still told");
        assert.deepEqual(lab.takeRequests(), []);
      } finally {
        await lab.stop();
      }
    });
  }
});
