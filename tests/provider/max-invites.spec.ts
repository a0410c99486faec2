import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { failureOf, KEY } from "../support/operations";

const TOO_MANY =
  ": this run would invite more people than maxInvites allows (2), so nobody else is invited. If more are meant, raise " +
  "it for this run (HEADSHOTPRO_MAX_INVITES) or for good (`pulumi config set headshotpro:maxInvites`).";
const LIMIT = /maxInvites allows 2\. If more are meant, raise it for this run \(HEADSHOTPRO_MAX_INVITES\)/;

describe("maxInvites in a preview", () => {
  const it_ = virtualLabForAll({ config: { "headshotpro:maxInvites": "2" } });
  const checked = async (email: string, olds?: object) =>
    (await it_.lab.provider.check({ email }, olds && { ...olds })).failures;
  const three = () => [it_.person(), it_.person(), it_.person()] as const;

  it("refuses the first one too many, once for all", async () => {
    const [first, second, third] = three();
    for (const email of [first, first, second]) assert.deepEqual(await checked(email), []);
    assert.deepEqual(it_.lab.takeRequests(), [], "as long as it is kept, nobody is asked");
    assert.deepEqual(await checked(third), [TOO_MANY]);
    assert.deepEqual(it_.lab.takeRequests(), ["list"]);
    assert.deepEqual(await checked(it_.person()), []);
  });

  it("leaves out whoever is invited already, because they get no e-mail", async () => {
    const [first, second, third] = three();
    it_.lab.emulator.inviteByHand({ email: first });
    for (const email of [first, second, third]) assert.deepEqual(await checked(email), []);
    assert.deepEqual(it_.lab.takeRequests(), ["list"]);
    assert.deepEqual(await checked(it_.person()), [TOO_MANY]);
  });

  it("counts whoever is sent their invite again", async () => {
    const { lab } = it_;
    const [first, second, third] = three();
    for (const email of [first, second]) assert.deepEqual(await checked(email), []);
    const createdAt = new Date(lab.clock.now()).toISOString();
    const state = { email: third, status: "pending", adopted: false, renewals: 0, createdAt };
    const refused = await failureOf(lab.preview(state, { email: third, resend: 1 }, { email: third }));
    assert.match(refused, /^person\d+@acme\.com was not invited again: this run would invite more people/);
  });
});

describe("maxInvites in an up", () => {
  const it_ = virtualLabForAll({ config: { "headshotpro:maxInvites": "2" } });

  it("stops before the first one too many, however many come at once", async () => {
    const { lab } = it_;
    const people = Array.from({ length: 20 }, () => it_.person());
    const sent = await Promise.allSettled(people.map((email) => lab.provider.create({ email })));
    assert.deepEqual(
      sent.map(({ status }) => status),
      people.map((_, n) => (n < 2 ? "fulfilled" : "rejected")),
    );
    assert.deepEqual(
      people.map((email) => lab.emailsTo(email)),
      people.map((_, n) => (n < 2 ? 1 : 0)),
    );
    const last = sent.at(-1);
    assert.match(String(last?.status === "rejected" && last.reason.message), LIMIT);
  });

  it("has room for others where somebody was found rather than e-mailed", async () => {
    const { lab } = it_;
    const there = Array.from({ length: 8 }, () => it_.person());
    for (const email of there) lab.emulator.inviteByHand({ email });
    const added = [it_.person(), it_.person()];
    await Promise.all([...there, ...added].map((email) => lab.provider.create({ email })));
    assert.deepEqual(
      added.map((email) => lab.emailsTo(email)),
      [1, 1],
    );
    await assert.rejects(lab.provider.create({ email: it_.person() }), LIMIT);
  });

  it("adopts whoever is there when no e-mail is left", async () => {
    const { lab } = it_;
    for (const email of [it_.person(), it_.person()]) await lab.provider.create({ email });
    const there = it_.person();
    lab.emulator.inviteByHand({ email: there });
    lab.takeRequests();
    const { outs } = await lab.provider.create({ email: there });
    assert.deepEqual([outs.status, outs.adopted, lab.takeRequests()], ["pending", true, ["get", "list"]]);
    await assert.rejects(lab.provider.create({ email: it_.person() }), LIMIT);
  });

  it("revokes nobody whom it may not invite again", async () => {
    const { lab } = it_;
    const email = it_.person();
    const { outs } = await lab.provider.create({ email });
    lab.pass(1);
    lab.nextRun();
    for (const other of [it_.person(), it_.person()]) await lab.provider.create({ email: other });
    lab.takeRequests();
    await assert.rejects(lab.provider.update(email, outs, { email, resend: 1 }), LIMIT);
    assert.deepEqual([lab.takeRequests(), lab.isLive(email)], [[], true]);
  });

  it("has room for others where nothing was sent again", async () => {
    const { lab } = it_;
    const email = it_.person();
    const { outs } = await lab.provider.create({ email });
    lab.emulator.setStatus(email, "accepted");
    lab.pass(1);
    lab.nextRun();
    await lab.provider.update(email, outs, { email, resend: 1 });
    for (const other of [it_.person(), it_.person()]) await lab.provider.create({ email: other });
    await assert.rejects(lab.provider.create({ email: it_.person() }), LIMIT);
  });

  it("counts somebody once whose reply is lost, and somebody of whom that is not clear", async () => {
    const { lab } = it_;
    const [lost, unclear] = [it_.person(), it_.person()];
    lab.emulator.fault({ on: "create", when: "after", kind: "reset", email: lost });
    await lab.provider.create({ email: lost });
    lab.emulator.fault({ on: "create", when: "before", kind: "reset", email: unclear, times: 9 });
    await assert.rejects(lab.provider.create({ email: unclear }));
    lab.emulator.clearFaults();
    await assert.rejects(lab.provider.create({ email: it_.person() }), LIMIT);
  });
});

throughEachFace("maxInvites", (labForAll) => {
  const it_ = labForAll({ env: { HEADSHOTPRO_MAX_INVITES: "0" } });

  it("of nobody", async () => {
    const email = it_.person();
    const { failures } = await it_.lab.provider.check({ email });
    assert.match(failures.join(), /^: this run would invite more people than maxInvites allows \(0\)/);
    await assert.rejects(
      it_.lab.provider.create({ email }),
      /this run has invited 0 people, and maxInvites allows 0/,
    );
    assert.deepEqual(it_.lab.takeRequests(), ["list", "get"], "the person may be there");
    assert.ok(!failures.join().includes(KEY));
  });
});
