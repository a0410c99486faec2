import assert from "node:assert/strict";
import { createReply, getReply, listReply } from "../../provider/src/client/schemas";

const ada = { email: "ada@acme.com", status: "completed", teamId: "team_xyz789" };

describe("text in a reply that people will read", () => {
  const readings: [name: string, text: string, read: string][] = [
    ["as it is", "Marketing & Søn", "Marketing & Søn"],
    ["without what steers a terminal", "\u001b[2Jdone\u0007", "[2Jdone"],
    ["in one line", "done\nerror: fake", "done error: fake"],
    // The SDK's provider process cannot send it in an error, and the engine would wait for ever.
    ["in whole characters", "do\ud83dne", "do ne"],
    ["in bounds", "x".repeat(5000), `${"x".repeat(299)}…`],
  ];
  for (const [name, text, read] of readings) {
    it(name, () => {
      const odd = { ...ada, status: text, teamId: text, modelId: text };
      const { email } = ada;
      const expected = { email, status: read, teamId: read, modelId: read };
      assert.deepEqual(getReply.parse({ invite: odd }).invite, expected);
      const { invites } = listReply.parse({ invites: [{ ...odd, teamName: text }] });
      assert.deepEqual(invites, [{ ...expected, teamName: read }]);
      assert.equal(createReply.parse({ id: "1", teamId: text }).teamId, read);
    });
  }

  it("a status of nothing readable is none", () => {
    for (const status of ["", " ", "\u0000", null, undefined])
      assert.equal(getReply.safeParse({ invite: { ...ada, status } }).success, false);
  });
});
