import assert from "node:assert/strict";
import { harness } from "../../support/api-client";

const known = (value: unknown) => JSON.parse(JSON.stringify(value));
const person = (name: string, odd: object = {}) => ({ email: `${name}@acme.com`, status: "pending", ...odd });

describe("client: rows of a list that cannot be read", () => {
  const { client, serve, answering } = harness();

  it("are counted, and everybody else is listed", async () => {
    const rows = [person("a"), null, 5, {}, { email: 7, status: "pending" }, person("b")];
    const { invites, unreadable } = await client(await answering({ body: { invites: rows } })).listInvites();
    assert.deepEqual(known(invites), [person("a"), person("b")]);
    assert.equal(unreadable, 4);
  });

  it("are none if all can be read", async () => {
    const body = { invites: [person("a")] };
    assert.equal((await client(await answering({ body })).listInvites()).unreadable, 0);
  });

  const carried: [name: string, row: object, listed: object | undefined][] = [
    ["an odd model, team's name and date", { modelId: 5, teamName: {}, createdAt: 17 }, person("a")],
    [
      "no status: an unknown one, which is guarded",
      { status: undefined },
      person("a", { status: "unknown" }),
    ],
    ["an odd status", { status: 5 }, person("a", { status: "unknown" })],
    // Taken for no team, it would be a move into the declared one: revoked, and invited again.
    ["a team that cannot be read", { teamId: {} }, undefined],
  ];
  for (const [name, odd, listed] of carried)
    it(`a readable address is carried as far as it can be: ${name}`, async () => {
      const body = { invites: [person("a", odd)] };
      const { invites, unreadable } = await client(await answering({ body })).listInvites();
      assert.deepEqual(known(invites), listed ? [listed] : []);
      assert.equal(unreadable, listed ? 0 : 1);
    });

  for (const limit of [1, 2, 3]) {
    it(`count for the offset of the next page, ${limit} a page`, async () => {
      const rows = [person("a"), { email: null }, { id: 2 }, person("b"), null, person("c")];
      const server = await serve((request, response) => {
        const offset = Number(new URL(request.url ?? "", "http://x").searchParams.get("offset"));
        const pagination = { limit, offset, hasMore: offset + limit < rows.length };
        response.end(JSON.stringify({ invites: rows.slice(offset, offset + limit), pagination }));
      });
      const { invites, unreadable } = await client(server).listInvites();
      assert.deepEqual(
        known(invites),
        ["a", "b", "c"].map((name) => person(name)),
      );
      assert.equal(unreadable, 3);
      assert.equal(server.requests.length, rows.length / limit);
    });
  }
});
