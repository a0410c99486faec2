import assert from "node:assert/strict";
import { createReply, getReply, listReply, teamsReply } from "../../provider/src/client/schemas";

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

  const addresses: [name: string, spelled: string, read: string | undefined][] = [
    // A revoke has to call people as the API does.
    ["in the API's spelling", "Ada@ACME.com", "Ada@ACME.com"],
    ["with the API's blanks", " ada@acme.com\n", " ada@acme.com\n"],
    ["one that nobody can have, only to be printed", "\u001b[2Jada@acme.com\u202e", "[2Jada@acme.com"],
    ["one in several lines", "ada@acme.com\nerror: fake", "ada@acme.com error: fake"],
    ["none", "\u0007", undefined],
  ];
  for (const [name, spelled, read] of addresses)
    it(`an address, ${name}`, () => {
      const invite = { ...ada, email: spelled };
      assert.equal(getReply.safeParse({ invite }).data?.invite.email, read);
      const { invites } = listReply.parse({ invites: [invite] });
      assert.equal((invites[0] as { email?: string }).email, read);
    });

  it("a date, an id and a link too", () => {
    const { invites } = listReply.parse({ invites: [{ ...ada, createdAt: "2026\u001b[2J" }] });
    assert.equal((invites[0] as { createdAt?: string }).createdAt, "2026 [2J");
    const sent = createReply.parse({ id: "inv\u001b1", link: "https://a.example/\u001b[2Jx" });
    assert.deepEqual([sent.id, sent.link], ["inv 1", undefined]);
    const long = `https://a.example/${"x".repeat(500)}`;
    assert.equal(createReply.parse({ id: "1", link: long }).link, long);
  });

  it("a status of nothing readable is none", () => {
    for (const status of ["", " ", "\u0000", null, undefined])
      assert.equal(getReply.safeParse({ invite: { ...ada, status } }).success, false);
  });
});

describe("teamsReply", () => {
  const read = (teams: unknown) => teamsReply.safeParse({ teams }).data?.teams;

  it("takes what is told of a team besides for nothing", () =>
    assert.deepEqual(read([{ id: "t1", name: "Sales", members: 7 }]), [{ id: "t1", name: "Sales" }]));

  for (const teams of [
    undefined,
    {},
    [null],
    [{ id: "t1" }],
    [{ id: 7, name: "Sales" }],
    [{ id: "t1", name: null }],
  ])
    it(`is none with ${JSON.stringify(teams)}`, () => assert.equal(read(teams), undefined));
});
