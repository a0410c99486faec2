import assert from "node:assert/strict";
import type { FaultKind } from "headshotpro-emulator";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { assertRecordable, failsWith, MARK } from "../support/operations";

throughEachFace("create", (labForAll) => {
  const lab = labForAll();

  it("sends one invite and records it, with what was declared", async () => {
    const flags = { adopt: false, forceDestroy: true, maxRenewals: 0 };
    const inputs = { email: lab.person(), teamId: "team_xyz789", ...flags };
    const { id, outs } = await lab.provider.create(inputs);
    assert.equal(id, inputs.email);
    assertRecordable(outs, inputs);
    const { link, createdAt, expiresAt, ...rest } = outs;
    assert.deepEqual(rest, { ...inputs, ...MARK, status: "pending", adopted: false, renewals: 0 });
    assert.equal(link, lab.emulator.outbox.at(-1)?.link);
    assert.equal(Date.parse(String(expiresAt)) - Date.parse(String(createdAt)), 30 * 86_400_000);
    assert.deepEqual(lab.takeRequests(), ["create"]);
  });

  for (const status of ["pending", "accepted"])
    it(`adopts somebody who is ${status}, without an e-mail, and says so`, async () => {
      const email = lab.invitedByHand({ teamId: "team_abc123" });
      if (status === "accepted") lab.emulator.accept(email);
      const { outs } = await lab.provider.create({ email, maxRenewals: 1 });
      const { createdAt, expiresAt, ...rest } = outs;
      assert.deepEqual(rest, {
        ...{ email, maxRenewals: 1, status, teamId: "team_abc123", teamName: "Engineering" },
        ...{ ...MARK, adopted: true, renewals: 0 },
      });
      assert.equal(createdAt, lab.emulator.invite(email)?.createdAt);
      assert.equal(expiresAt !== undefined, status === "pending");
      assert.deepEqual(lab.takeRequests(), ["create", "get", "list"]);
      assert.equal(lab.emailsTo(email), 1, "the one by hand");
      lab.assertSaid([`${email} was already invited (${status}): adopted, no e-mail sent`], email);
    });

  for (const status of ["completed", "on-the-moon"])
    it(`refuses to take over somebody who is ${status}, but for adopt: true`, async () => {
      const email = lab.invitedByHand({ status });
      await failsWith(
        lab.provider.create({ email }),
        new RegExp(`^${email} is already .*has headshots \\(${status}\\).*adopt: true`),
      );
      const { outs } = await lab.provider.create({ email, adopt: true });
      assert.deepEqual([outs.status, outs.adopted, outs.adopt], [status, true, true]);
    });

  for (const over of ["revoked", "deleted"])
    it(`invites somebody anew whose invite is ${over}`, async () => {
      const email = lab.invitedByHand();
      if (over === "revoked") lab.emulator.revokeByHand(email);
      else lab.emulator.setStatus(email, "deleted");
      assert.equal((await lab.provider.create({ email })).outs.adopted, false);
      assert.deepEqual(lab.takeRequests(), ["create"]);
    });
});

describe("create, in this process", () => {
  const lab = virtualLabForAll({ config: { "headshotpro:adopt": "true" } });

  it("takes over whom the program says nothing about, where adopt is configured", async () => {
    const email = lab.invitedByHand({ status: "completed" });
    assert.equal((await lab.provider.create({ email })).outs.adopted, true);
  });

  it("invites whoever was refused as invited, and is not by the time of the look", async () => {
    const email = lab.invitedByHand();
    lab.once("answered", "create", email, () => lab.emulator.revokeByHand(email));
    assert.equal((await lab.provider.create({ email })).outs.adopted, false);
    assert.deepEqual(lab.requestsAbout(email), ["create", "get", "create"]);
  });
});

describe("create under adopt: false, if the reply is lost", () => {
  const lab = virtualLabForAll();
  const REFUSED = /is already invited \(pending\), and adopt: false does not allow this stack to adopt them/;

  it("finds its own invite", async () => {
    const email = lab.person();
    lab.emulator.fault({ on: "create", when: "after", kind: "reset", email });
    const { outs } = await lab.provider.create({ email, adopt: false });
    assert.deepEqual([outs.status, outs.adopt, lab.emailsTo(email)], ["pending", false, 1]);
    lab.assertSaid(/the reply to the invite was lost; a look-up found it \(pending\)/, email);
  });

  for (const waits of [false, true])
    it(`does not adopt what somebody made by hand two minutes before${waits ? ", after a wait of minutes" : ""}`, async () => {
      const email = lab.invitedByHand();
      lab.pass(2 / 1440);
      if (waits) lab.emulator.fault({ on: "create", kind: { status: 429, retryAfter: 110 }, email });
      lab.emulator.fault({ on: "create", when: "before", kind: "reset", email });
      await failsWith(lab.provider.create({ email, adopt: false }), REFUSED);
      assert.equal(lab.emailsTo(email), 1);
    });

  it("finds its own invite also if it comes to light late", async () => {
    const email = lab.person();
    // Carried out after the look-up, which therefore finds nobody: played by hand.
    lab.emulator.fault({ on: "create", when: "before", kind: "reset", email });
    const kind = { status: 400, code: "INVALID_REQUEST" };
    lab.emulator.fault({ on: "create", when: "after", kind, email });
    const { outs } = await lab.provider.create({ email, adopt: false });
    assert.deepEqual([outs.status, lab.emailsTo(email)], ["pending", 1]);
  });

  it("does not take for its own what was made by hand while it waited for the rate limit", async () => {
    const email = lab.person();
    lab.emulator.fault({ on: "create", kind: { status: 429, retryAfter: 110 }, email });
    lab.emulator.fault({ on: "create", when: "before", kind: "reset", email });
    lab.once("answered", "create", email, () =>
      lab.clock.after(10_000, () => {
        lab.pass(0);
        lab.emulator.inviteByHand({ email });
      }),
    );
    await failsWith(lab.provider.create({ email, adopt: false }), REFUSED);
  });

  it("left out, what was made by hand before is adopted, and not called sent", async () => {
    const email = lab.invitedByHand();
    lab.pass(1);
    lab.emulator.fault({ on: "create", when: "before", kind: { status: 503 }, email });
    assert.equal((await lab.provider.create({ email })).outs.adopted, true);
    lab.assertSaid([`${email} was already invited (pending): adopted, no e-mail sent`], email);
  });

  it("is not known to have invited anybody, if the look-up fails as well", async () => {
    const email = lab.person();
    lab.emulator.fault({ on: "create", when: "after", kind: "reset", email });
    lab.emulator.fault({ on: "get", kind: { status: 403, code: "FORBIDDEN" } });
    const unknown =
      /^It is not known whether \S+ was invited: .* the look-up failed too \(403.* same command/;
    await failsWith(lab.provider.create({ email }), unknown);
  });
});

describe("a create that is refused", () => {
  const lab = virtualLabForAll({ config: { "headshotpro:maxInvites": "1" } });
  const cases: [why: string, kind: FaultKind, requests: string[]][] = [
    ["for the credits: nobody is looked up", { status: 402, code: "INSUFFICIENT_CREDITS" }, ["create"]],
    ["for no known reason: looked up, once", { status: 400, code: "INVALID_REQUEST" }, ["create", "get"]],
    ["by a gateway's page: looked up, once", { status: 403, body: "html" }, ["create", "get"]],
    [
      "as invited, by the code: twice",
      { status: 400, code: "ALREADY_EXISTS" },
      ["create", "get", "create", "get"],
    ],
  ];
  for (const [why, kind, requests] of cases)
    it(why, async () => {
      const email = lab.person();
      lab.emulator.fault({ on: "create", kind, email, times: Infinity });
      await failsWith(lab.provider.create({ email }), /was not invited/);
      assert.deepEqual(lab.requestsAbout(email), requests);
    });

  it("by maxInvites: whoever is there already is adopted all the same", async () => {
    const there = lab.invitedByHand();
    await lab.provider.create({ email: lab.person() });
    await failsWith(lab.provider.create({ email: lab.person() }), /maxInvites allows 1/);
    assert.equal((await lab.provider.create({ email: there })).outs.adopted, true);
    lab.assertSaid([`${there} was already invited (pending): adopted, no e-mail sent`], there);
  });
});
