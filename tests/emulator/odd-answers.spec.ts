import assert from "node:assert/strict";
import type { FaultSpec } from "headshotpro-emulator";
import { bring, create, emulators, get, list, revoke } from "../support/emulators";

const ADA = "ada@acme.com";
const EVE = "eve@acme.com";
const EARLIER = "2024-01-15T10:30:00.000Z";

describe("emulator: several entries for one address", () => {
  const start = emulators();

  for (const [getAnswers, status] of [
    [undefined, "pending"],
    ["newest", "pending"],
    ["oldest", "completed"],
  ] as const) {
    it(`GET answers the ${getAnswers ?? "newest, unless told"}, and the list has both, newest first`, async () => {
      const emulator = await start(getAnswers && { getAnswers });
      emulator.inviteByHand({ email: ADA });
      emulator.addEntry({
        email: "Ada@acme.com",
        status: "completed",
        teamId: "team_xyz789",
        createdAt: EARLIER,
      });
      emulator.inviteByHand({ email: EVE });
      const { invites } = (await list(emulator)).body;
      assert.deepEqual(
        invites.map((row: { email: string; status: string }) => [row.email, row.status]),
        [
          [EVE, "pending"],
          [ADA, "pending"],
          ["Ada@acme.com", "completed"],
        ],
      );
      assert.equal(invites[2].teamName, "Marketing");
      assert.equal(invites[2].createdAt, EARLIER);
      assert.match(invites[2].modelId, /^[0-9a-f]{24}$/);
      assert.equal((await get(emulator, ADA)).body.invite.status, status);
      assert.equal(emulator.invite(ADA)?.status, status);
    });
  }

  it("a live one stands before one that is over, whatever their age", async () => {
    const emulator = await start({ revoked: "kept" });
    emulator.addEntry({ email: ADA, status: "pending", createdAt: EARLIER });
    emulator.addEntry({ email: ADA, status: "revoked" });
    assert.equal((await get(emulator, ADA)).body.invite.status, "pending");
    assert.equal((await create(emulator, ADA)).status, 400);
    assert.equal((await list(emulator)).body.invites.length, 2);
  });

  it("revoke ends the one that GET answers, and then the other one", async () => {
    const emulator = await start();
    emulator.addEntry({ email: ADA, status: "accepted", createdAt: EARLIER });
    emulator.addEntry({ email: ADA, status: "pending" });
    assert.equal((await revoke(emulator, ADA)).status, 200);
    assert.equal((await get(emulator, ADA)).body.invite.status, "accepted");
    assert.equal((await create(emulator, ADA)).status, 400, "one of them is still live");
    assert.equal((await revoke(emulator, ADA)).status, 200);
    assert.equal((await get(emulator, ADA)).status, 404);
    assert.equal((await create(emulator, ADA)).status, 200);
    assert.equal((await list(emulator)).body.invites.length, 1);
  });

  it("e-mails nobody and takes no credit", async () => {
    const emulator = await start({ credits: 3 });
    emulator.addEntry({ email: ADA, status: "completed" });
    assert.deepEqual([emulator.outbox, emulator.credits], [[], 3]);
  });

  it("refuses an unknown team and what is not a date", async () => {
    const emulator = await start();
    const entry = { email: ADA, status: "pending" };
    assert.throws(() => emulator.addEntry({ ...entry, teamId: "team_none" }), /there is no team team_none/);
    assert.throws(() => emulator.addEntry({ ...entry, createdAt: "soon" }), /not a date: soon/);
    assert.deepEqual(emulator.invites(), []);
  });
});

describe("emulator: answers about somebody else", () => {
  const start = emulators();
  const fault = { kind: "somebody-else", about: EVE } as const;

  it("get shows what is true of them", async () => {
    const emulator = await start();
    emulator.inviteByHand({ email: ADA });
    bring(emulator, EVE, "completed");
    const proper = (await get(emulator, EVE)).body;
    emulator.fault({ on: "get", email: ADA, ...fault });
    assert.deepEqual((await get(emulator, ADA)).body, proper);
    assert.equal((await get(emulator, ADA)).body.invite.email, ADA, "it hits once");
    assert.equal(emulator.requests[1]?.fault, "somebody-else");
  });

  it("somebody who was never invited is pending, and somebody unless told", async () => {
    const emulator = await start({ envelope: "data" });
    emulator.fault({ on: "get", kind: "somebody-else" });
    const invite = { email: "somebody.else@example.com", status: "pending", teamId: null };
    assert.deepEqual((await get(emulator, ADA)).body, { success: true, data: { invite } });
    assert.deepEqual(emulator.invites(), []);
  });

  it("a request about that person is not hit", async () => {
    const emulator = await start();
    emulator.fault({ on: "create", ...fault });
    await create(emulator, EVE.toUpperCase());
    assert.equal(emulator.requests[0]?.fault, undefined);
    await create(emulator, ADA);
    assert.equal(emulator.requests[1]?.fault, "somebody-else");
  });

  for (const [when, invited] of [
    ["before", 0],
    ["after", 1],
  ] as const) {
    it(`create ${when} the effect: their link and id`, async () => {
      const emulator = await start();
      emulator.inviteByHand({ email: EVE, teamId: "team_xyz789" });
      const { id } = emulator.invite(EVE) ?? {};
      emulator.fault({ on: "create", when, ...fault });
      assert.deepEqual((await create(emulator, ADA)).body, {
        success: true,
        input: { email: EVE },
        message: "Invite sent",
        link: emulator.outbox[0]?.link,
        id,
        teamId: "team_xyz789",
      });
      assert.equal(emulator.outbox.filter(({ to }) => to === ADA).length, invited);
    });

    it(`revoke ${when} the effect: they are said to be revoked, and are not`, async () => {
      const emulator = await start();
      for (const email of [ADA, EVE]) emulator.inviteByHand({ email });
      emulator.fault({ on: "revoke", when, ...fault });
      const message = "Invite revoked";
      assert.deepEqual((await revoke(emulator, ADA)).body, { success: true, message, input: { email: EVE } });
      assert.equal(emulator.invite(ADA)?.status, invited ? "revoked" : "pending");
      assert.equal(emulator.invite(EVE)?.status, "pending");
    });
  }
});

describe("emulator: rows that cannot be read", () => {
  const start = emulators();

  it("come first, count in pages, and differ in what is wrong with them", async () => {
    const emulator = await start({ pageSize: 3 });
    for (const email of [ADA, EVE]) emulator.inviteByHand({ email });
    emulator.fault({ on: "list", kind: "unreadable-rows", rows: 5, times: 3 });
    const pages = [];
    for (const offset of [0, 3, 6]) pages.push((await list(emulator, `?offset=${offset}`)).body);
    assert.deepEqual(
      pages.map(({ pagination: { total, hasMore } }) => [total, hasMore]),
      [
        [7, true],
        [7, true],
        [7, false],
      ],
    );
    const rows = pages.flatMap(({ invites }) => invites);
    assert.deepEqual(
      rows.slice(5).map(({ email }) => email),
      [EVE, ADA],
    );
    assert.ok(rows.includes(null));
    assert.ok(rows.some((row) => row !== null && typeof row === "object" && !("email" in row)));
    for (const row of rows.slice(0, 5)) assert.notEqual(typeof row?.email, "string");
    assert.equal((await list(emulator)).body.pagination.total, 2, "it is over");
  });

  it("one, unless told, in a list without pages", async () => {
    const emulator = await start();
    emulator.inviteByHand({ email: ADA });
    emulator.fault({ on: "list", kind: "unreadable-rows" });
    const { invites } = (await list(emulator)).body;
    assert.deepEqual([invites.length, invites[1].email], [2, ADA]);
    assert.equal(emulator.requests[0]?.fault, "unreadable-rows");
  });

  it("an answer about somebody else has no list, and unreadable rows have nothing else", async () => {
    const emulator = await start();
    for (const [on, kind] of [
      ["list", "somebody-else"],
      ["any", "somebody-else"],
      ["get", "unreadable-rows"],
      ["any", "unreadable-rows"],
    ] as const) {
      assert.throws(() => emulator.fault({ on, kind }), new RegExp(`${kind} .* not of ${on}`));
    }
    const wrong = { on: "list", kind: "unreadable-rows", rows: "2" } as unknown as FaultSpec;
    assert.throws(() => emulator.fault(wrong), /rows/);
  });
});
