import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { failsWith, KEY } from "../support/operations";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

throughEachFace("check", (labForAll) => {
  const lab = labForAll();
  const check = (news: object, olds?: object) => lab.provider.check({ ...news }, olds && { ...olds });
  afterEach("made no request", () => assert.deepEqual(lab.takeRequests(), []));

  it("makes the address canonical and passes the rest on", async () => {
    const news = { email: " Ada@Bücher.Example ", teamId: " team_xyz789 ", adopt: true, maxRenewals: 0 };
    assert.deepEqual(await check(news), {
      inputs: { email: "ada@xn--bcher-kva.example", teamId: "team_xyz789", adopt: true, maxRenewals: 0 },
      failures: [],
    });
  });

  it("lets pass what a preview does not know yet", async () => {
    const flags = { adopt: UNKNOWN, forceDestroy: UNKNOWN, maxRenewals: UNKNOWN };
    const news = { email: UNKNOWN, teamId: UNKNOWN, ...flags };
    assert.deepEqual(await check(news), { inputs: news, failures: [] });
  });

  it("takes an address that newcomers may not have of whoever is invited by it", async () => {
    for (const email of ["o’brien@acme.com", "ada^b@acme.com", "а.lovelace@acme.com"]) {
      assert.equal((await check({ email })).failures.length, 1);
      assert.equal((await check({ email }, { email: "ada@acme.com" })).failures.length, 1);
      const written = email.toUpperCase();
      assert.deepEqual(await check({ email: written }, { email }), { inputs: { email }, failures: [] });
    }
    assert.equal((await check({ email: "ada" }, { email: "ada" })).failures.length, 1);
  });
});

/** What makes one unusable: tests/unit/settings.spec.ts. */
describe("check of an unusable configuration", () => {
  const lab = virtualLabForAll({ env: { HEADSHOTPRO_API_KEY: `${KEY}\nx` } });

  it("says it once for all people, and what is wrong with each of them all the same", async () => {
    const first = (await lab.provider.check({ email: "ada@acme.com" })).failures.join();
    assert.match(first, /^: HEADSHOTPRO_API_KEY is not an API key/);
    assert.ok(!first.includes(KEY));
    assert.deepEqual((await lab.provider.check({ email: "bob@acme.com" })).failures, []);
    assert.equal((await lab.provider.check({ email: "" })).failures.length, 1);
    assert.deepEqual(lab.takeRequests(), []);
  });
});

/** Which domains are inside: tests/unit/allowed-domains.spec.ts. */
throughEachFace("allowed domains", (labForAll) => {
  const lab = labForAll({ config: { "headshotpro:allowedDomains": "Acme.com,*.bücher.example" } });

  it("refuse a new person outside of them, and leave somebody alone who is there already", async () => {
    const { failures } = await lab.provider.check({ email: "Ada@Acmee.com" });
    assert.match(failures.join(), /^email: acmee\.com is not an allowed domain; did you mean acme\.com\?/);
    const others = [
      [{ email: "ADA@ACME.COM" }],
      [{ email: UNKNOWN }],
      Array(2).fill({ email: "eve@acmee.com" }),
    ];
    for (const [news, olds] of others) assert.deepEqual((await lab.provider.check(news, olds)).failures, []);
    assert.deepEqual(lab.takeRequests(), []);
  });
});

const LIMIT = /maxInvites allows 2\. If more are meant, raise it for this run \(HEADSHOTPRO_MAX_INVITES\)/;

/** How places are counted: tests/unit/invite-limit.spec.ts. */
describe("maxInvites", () => {
  const lab = virtualLabForAll({ config: { "headshotpro:maxInvites": "2" } });
  const checked = async (email: string) => (await lab.provider.check({ email })).failures;
  const people = (count: number) => Array.from({ length: count }, () => lab.person());
  const rejectsOneMore = () => assert.rejects(lab.provider.create({ email: lab.person() }), LIMIT);

  for (const there of [0, 1])
    it(`in a preview refuses the first one too many, once for all, ${there} of them invited already`, async () => {
      const [first = "", second = "", ...rest] = people(3 + there);
      const last = rest.pop() ?? "";
      for (const email of [second].slice(0, there)) lab.emulator.inviteByHand({ email });
      for (const email of [first, first, second]) assert.deepEqual(await checked(email), []);
      assert.deepEqual(lab.takeRequests(), [], "as long as it is kept, nobody is asked");
      for (const email of rest) assert.deepEqual(await checked(email), []);
      assert.match(
        (await checked(last)).join(),
        /^: this run would invite more people than maxInvites allows \(2\)/,
      );
      assert.deepEqual(lab.takeRequests(), ["list"]);
      assert.deepEqual(await checked(lab.person()), []);
    });

  it("in a preview counts whoever is sent their invite again", async () => {
    const [first = "", second = "", email = ""] = people(3);
    for (const other of [first, second]) assert.deepEqual(await checked(other), []);
    const createdAt = new Date(lab.clock.now()).toISOString();
    const state = { email, status: "pending", adopted: false, renewals: 0, createdAt };
    await failsWith(
      lab.preview(state, { email, resend: 1 }, { email }),
      /^\S+ was not invited again: this run would invite more people than maxInvites allows/,
    );
  });

  it("in an up stops before the first one too many, however many come at once", async () => {
    const many = people(20);
    const sent = await Promise.allSettled(many.map((email) => lab.provider.create({ email })));
    const outcomes = sent.map(({ status }, n) => [status, lab.emailsTo(many[n] ?? "")]);
    assert.deepEqual(
      outcomes,
      many.map((_, n) => (n < 2 ? ["fulfilled", 1] : ["rejected", 0])),
    );
    await rejectsOneMore();
  });

  it("has room for others where somebody was found rather than e-mailed, and adopts when none is left", async () => {
    const [there, added] = [people(8), people(2)];
    for (const email of there) lab.emulator.inviteByHand({ email });
    await Promise.all([...there, ...added].map((email) => lab.provider.create({ email })));
    for (const email of added) assert.equal(lab.emailsTo(email), 1);
    await rejectsOneMore();
    lab.takeRequests();
    assert.equal((await lab.provider.create({ email: lab.invitedByHand() })).outs.adopted, true);
    assert.ok(!lab.takeRequests().includes("create"));
  });

  for (const status of ["pending", "accepted"])
    it(`revokes nobody whom it may not invite again, and has room where nothing was sent again: ${status}`, async () => {
      const { email, outs } = await lab.invited();
      lab.emulator.setStatus(email, status);
      lab.nextRunAfter(1);
      const resent = () => lab.provider.update(email, outs, { email, resend: 1 });
      if (status === "accepted") await resent();
      for (const other of people(2)) await lab.provider.create({ email: other });
      await rejectsOneMore();
      lab.takeRequests();
      if (status === "pending") await assert.rejects(resent(), LIMIT);
      assert.deepEqual([lab.takeRequests(), lab.isLive(email)], [[], true]);
    });

  it("counts somebody once whose reply is lost, and somebody of whom that is not clear", async () => {
    const [lost = "", unclear = ""] = people(2);
    lab.emulator.fault({ on: "create", when: "after", kind: "reset", email: lost });
    await lab.provider.create({ email: lost });
    lab.emulator.fault({ on: "create", when: "before", kind: "reset", email: unclear, times: 9 });
    await assert.rejects(lab.provider.create({ email: unclear }));
    lab.emulator.clearFaults();
    await rejectsOneMore();
  });
});
