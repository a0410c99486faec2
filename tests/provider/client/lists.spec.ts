import assert from "node:assert/strict";
import { harness } from "../../support/api-client";

const known = (value: unknown) => JSON.parse(JSON.stringify(value));
const person = (name: string, odd: object = {}) => ({ email: `${name}@acme.com`, status: "pending", ...odd });

describe("client: a list", () => {
  const { client, emulator, serve } = harness();

  for (const [people, pageSize, requests] of [
    [0, 2, 1],
    [7, 3, 3],
  ] as const)
    it(`${people} people in pages of ${pageSize}: ${requests} requests`, async () => {
      const api = await emulator({ pageSize });
      const emails = Array.from({ length: people }, (_, at) => `p${at}@acme.com`);
      for (const email of emails) api.inviteByHand({ email });
      const listed = (await client(api).listInvites()).invites.map(({ email }) => email);
      assert.deepEqual(listed.toSorted(), emails);
      assert.equal(api.requests.length, requests);
    });

  it("a page that fails fails the list: no part of it passes for the whole", async () => {
    const api = await emulator({ pageSize: 1 });
    for (const email of ["a@acme.com", "b@acme.com"]) api.inviteByHand({ email });
    api.fault({ on: "list", after: 1, kind: { status: 500 } });
    await assert.rejects(client(api).listInvites(), { reason: "server" });
  });

  for (const [name, rows] of [
    ["ignores offset and always has more", [{ email: "a@acme.com", status: "pending" }]],
    ["always has more, of rows that cannot be read", [{}, {}]],
  ] as const)
    it(`an API that ${name} is not asked for ever`, async () => {
      const server = await serve((_request, response) =>
        response.end(JSON.stringify({ success: true, invites: rows, pagination: { hasMore: true } })),
      );
      for (const { email } of (await client(server).listInvites()).invites) assert.equal(email, "a@acme.com");
      assert.ok(server.requests.length <= 2);
    });
});

describe("client: rows of a list that cannot be read", () => {
  const { client, serve, answering } = harness();

  const carried: [name: string, row: object, listed: object | undefined][] = [
    ["an odd team's name and date", { teamName: {}, createdAt: 17 }, person("a")],
    ["an odd model: it is guarded", { modelId: 5 }, person("a", { modelId: "unknown" })],
    ["no status: it is guarded", { status: undefined }, person("a", { status: "unknown" })],
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

  for (const limit of [1, 3])
    it(`are counted, and count for the offset of the next page, ${limit} a page`, async () => {
      const rows = [person("a"), { email: null }, { id: 2 }, person("b"), null, person("c")];
      const server = await serve((request, response) => {
        const offset = Number(new URL(request.url ?? "", "http://x").searchParams.get("offset"));
        const pagination = { limit, offset, hasMore: offset + limit < rows.length };
        response.end(JSON.stringify({ invites: rows.slice(offset, offset + limit), pagination }));
      });
      const { invites, unreadable } = await client(server).listInvites();
      const emails = invites.map(({ email }) => email);
      assert.deepEqual([emails, unreadable], [["a@acme.com", "b@acme.com", "c@acme.com"], 3]);
      assert.equal(server.requests.length, rows.length / limit);
    });
});
