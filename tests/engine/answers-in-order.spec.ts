import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";

describe("an answer that depends on resources is never older than they are, on the real engine", () => {
  const it_ = organizationForEach();
  const outputs = async () => JSON.parse((await it_.stack.must("stack", "output", "--json")).printed);

  /** What `getInvitesOutput` may come after, and whom it then has to tell of. */
  const CASES: [name: string, resource: string, tells: string[]][] = [
    ["a resource", `new HeadshotInvite("ada", { email: "ada@acme.com" })`, ["ada@acme.com"]],
    [
      "a component, and so its children",
      `new HeadshotRoster("people", { members: ["ada@acme.com", "zoe@acme.com"] })`,
      ["ada@acme.com", "zoe@acme.com"],
    ],
    [
      "resources that are known only later",
      `Promise.resolve(new HeadshotInvite("ada", { email: "ada@acme.com" }))`,
      ["ada@acme.com"],
    ],
  ];

  for (const [name, resource, tells] of CASES)
    it(`getInvitesOutput after ${name}, where the program asked before; all who come after it share one list`, async () => {
      const { stack } = it_;
      await stack.setProgram(`
        const { HeadshotProClient } = require("pulumi-headshotpro/client");
        const { listInvites } = HeadshotProClient.prototype;
        let lists = 0;
        HeadshotProClient.prototype.listInvites = function (...args) {
          lists++;
          return listInvites.apply(this, args);
        };
        module.exports = async () => {
          const before = (await getInvites()).invites.length;
          const resource = ${resource};
          const ask = () => getInvitesOutput({}, { dependsOn: [resource] })
            .apply(({ invites }) => invites.map(({ email }) => email));
          const after = pulumi.all([ask(), ask(), ask()]);
          return { before, after, lists: after.apply(() => lists) };
        };`);
      const up = await stack.up();
      assert.equal(up.code, 0, up.printed);
      assert.deepEqual(await outputs(), { before: 0, after: [tells, tells, tells], lists: 2 });
    });

  it("getInviteOutput, where a list of everyone was at hand", async () => {
    const { stack } = it_;
    const program = (teamId: string) => `
      module.exports = async () => {
        const people = ["ada@acme.com", "b@acme.com", "c@acme.com", "d@acme.com"];
        await Promise.all(people.map((email) => getInvite({ email })));
        const ada = new HeadshotInvite("ada", { email: "ada@acme.com", teamId: "${teamId}" });
        const all = people.map((email) => getInviteOutput({ email }, { dependsOn: [ada] }));
        return { team: all[0].apply((one) => one?.teamId) };
      };`;
    for (const teamId of ["team_xyz789", "team_abc123"]) {
      await stack.setProgram(program(teamId));
      const up = await stack.up();
      assert.equal(up.code, 0, up.printed);
      assert.deepEqual(await outputs(), { team: teamId });
    }
  });
});
