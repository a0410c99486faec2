import assert from "node:assert/strict";
import type { FaultSpec } from "headshotpro-emulator";
import { assign, bring, call, create, emulators, get, list, revoke } from "../support/emulators";

const ADA = "ada@acme.com";
const EVE = "eve@acme.com";

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

describe("emulator: success without an effect", () => {
  const start = emulators();

  it("of an assign, a revoke and a deletion of a team, and of nothing else", async () => {
    const emulator = await start();
    bring(emulator, ADA, "completed");
    for (const on of ["assign", "revoke", "deleteTeam"] as const) emulator.fault({ on, kind: "no-effect" });
    assert.equal((await assign(emulator, "team_xyz789", ADA)).body.success, true);
    assert.equal((await revoke(emulator, ADA)).body.message, "Invite revoked");
    assert.equal(
      (await call(emulator, "DELETE", "/organization/teams/team_xyz789")).body.message,
      "Team deleted",
    );
    const { status, teamId } = emulator.invite(ADA) ?? {};
    assert.deepEqual([status, teamId, emulator.teams.team_xyz789], ["completed", null, "Marketing"]);
    assert.throws(
      () => emulator.fault({ on: "create", kind: "no-effect" }),
      /no-effect is a fault of revoke/,
    );
  });
});
