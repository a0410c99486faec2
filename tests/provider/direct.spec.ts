import assert from "node:assert/strict";
import { VirtualLab, virtualLabForAll } from "../support/lab";

const DIRECT = { config: { "headshotpro:direct": "true" }, teams: { team_a: "Legal" } };

describe("`pulumi do`: a team that the command names in place of its id", () => {
  const lab = virtualLabForAll(DIRECT);

  it("is renamed and deleted by the id that was read", async () => {
    const { props = {} } = (await lab.provider.teams.read("legal")) ?? {};
    const renamed = await lab.provider.teams.update("legal", props, { name: "Law" });
    assert.deepEqual([renamed.teamId, lab.emulator.teams], ["team_a", { team_a: "Law" }]);
    lab.nextRun();
    await lab.provider.teams.delete("law", renamed);
    assert.deepEqual(lab.emulator.teams, {});
  });
});

describe("`pulumi do`: the e-mail of a create", () => {
  const announced = ["ada@acme.com: this command sends an e-mail, unless they are invited already"];
  const cases: [name: string, news: object, env: Record<string, string>, failure: RegExp | undefined][] = [
    ["nothing is wrong", {}, {}, undefined],
    ["no such team", { team: "Legl" }, {}, /no team "Legl"/],
  ];
  for (const [name, news, env, failure] of cases)
    it(`is announced if nothing else is to be said: ${name}`, async () => {
      const lab = await VirtualLab.start({ ...DIRECT, env });
      try {
        const { failures } = await lab.provider.check({ email: "Ada@acme.com", ...news });
        assert.match(failures.join(), failure ?? /^$/);
        assert.deepEqual(lab.provider.printed, failure ? [] : announced);
      } finally {
        await lab.stop();
      }
    });
});
