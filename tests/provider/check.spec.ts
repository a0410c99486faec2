import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { KEY } from "../support/operations";

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

  it("in an up stops before the first one too many, however many come at once", async () => {
    const many = people(20);
    const sent = await Promise.allSettled(many.map((email) => lab.provider.create({ email })));
    const outcomes = sent.map(({ status }, n) => [status, lab.emailsTo(many[n] ?? "")]);
    assert.deepEqual(
      outcomes,
      many.map((_, n) => (n < 2 ? ["fulfilled", 1] : ["rejected", 0])),
    );
    await assert.rejects(lab.provider.create({ email: lab.person() }), LIMIT);
  });

  it("revokes nobody whom it may not invite again", async () => {
    const { email, outs } = await lab.invitedBefore();
    for (const other of people(2)) await lab.provider.create({ email: other });
    lab.pass(1);
    lab.takeRequests();
    await assert.rejects(lab.provider.update(email, outs, { email, resend: 1 }), LIMIT);
    assert.deepEqual([lab.takeRequests(), lab.isLive(email)], [[], true]);
  });
});
