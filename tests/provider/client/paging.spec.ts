import assert from "node:assert/strict";
import { harness } from "../../support/api-client";

describe("client: a list in pages", () => {
  const { client, emulator, serve } = harness();

  for (const [people, pageSize, requests] of [
    [0, 2, 1],
    [1, 2, 1],
    [2, 2, 1],
    [3, 2, 2],
    [7, 3, 3],
    [5, undefined, 1],
  ] as const) {
    it(`${people} people in pages of ${pageSize}: ${requests} requests`, async () => {
      const api = await emulator(pageSize ? { pageSize } : {});
      const emails = Array.from({ length: people }, (_, at) => `p${at}@acme.com`);
      for (const email of emails) api.inviteByHand({ email });
      const listed = (await client(api).listInvites()).invites.map(({ email }) => email);
      assert.deepEqual(listed.toSorted(), emails);
      assert.equal(api.requests.length, requests);
    });
  }

  it("every page comes in the data envelope too", async () => {
    const api = await emulator({ pageSize: 1, envelope: "data" });
    for (const email of ["a@acme.com", "b@acme.com"]) api.inviteByHand({ email });
    assert.equal((await client(api).listInvites()).invites.length, 2);
  });

  it("keeps several entries for one address", async () => {
    const api = await emulator({ pageSize: 1 });
    api.inviteByHand({ email: "a@acme.com" });
    for (const createdAt of ["2026-01-01", "2026-02-01"])
      api.addEntry({ email: "a@acme.com", status: "pending", createdAt });
    assert.equal((await client(api).listInvites()).invites.length, 3);
  });

  it("a page that fails fails the list: no part of it passes for the whole", async () => {
    const api = await emulator({ pageSize: 1 });
    for (const email of ["a@acme.com", "b@acme.com"]) api.inviteByHand({ email });
    api.fault({ on: "list", after: 1, kind: { status: 500 } });
    await assert.rejects(client(api).listInvites(), { reason: "server" });
  });

  for (const [name, rows] of [
    ["ignores offset and always has more", [{ email: "a@acme.com", status: "pending" }]],
    ["always has more, of nobody", []],
    ["always has more, of rows that cannot be read", [{}, {}]],
  ] as const) {
    it(`an API that ${name} is not asked for ever`, async () => {
      const server = await serve((_request, response) =>
        response.end(JSON.stringify({ success: true, invites: rows, pagination: { hasMore: true } })),
      );
      for (const { email } of (await client(server).listInvites()).invites) assert.equal(email, "a@acme.com");
      assert.ok(server.requests.length <= 2);
    });
  }
});
