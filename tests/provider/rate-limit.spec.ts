import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { failureOf } from "../support/operations";

const about = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${name}${i}@acme.com`);

describe("a rate limit", () => {
  const it_ = virtualLabForAll({ rateLimit: { limit: 6, windowSeconds: 60 } });

  it("is waited out: 14 people at once are all invited, once each, and hardly a request is refused", async () => {
    const { lab } = it_;
    const people = about("many", 14);
    const began = lab.clock.now();
    await Promise.all(people.map((email) => lab.provider.create({ email })));
    for (const email of people) assert.equal(lab.emailsTo(email), 1, email);
    assert.equal(Math.floor((lab.clock.now() - began) / 60_000), 2, "three windows of six");
    const refused = lab.emulator.requests.filter((one) => one.status === 429).length;
    assert.ok(refused <= 2, `${refused} refused`);
  });

  it("holds for every verb", async () => {
    const { lab } = it_;
    const people = about("all", 8);
    const states = await Promise.all(people.map((email) => lab.provider.create({ email })));
    const seen = await Promise.all(states.map(({ id, outs }) => lab.provider.read(id, outs)));
    assert.ok(seen.every((one) => one?.props.status === "pending"));
    await Promise.all(people.map((email) => lab.provider.delete(email)));
    for (const email of people) assert.equal(lab.isLive(email), false);
  });
});

throughEachFace("a rate limit of a second", (labForAll) => {
  const it_ = labForAll({ rateLimit: { limit: 6, windowSeconds: 1 } });

  it("is waited out, and nothing to talk about", async () => {
    const { lab } = it_;
    const people = about("real", 8);
    await Promise.all(people.map((email) => lab.provider.create({ email })));
    for (const email of people) assert.equal(lab.emailsTo(email), 1, email);
    assert.deepEqual(lab.provider.printed, []);
  });
});

describe("a long wait", () => {
  const limit = (seconds: number) => ({ status: 429, code: "RATE_LIMIT_EXCEEDED", retryAfter: seconds });
  const it_ = virtualLabForAll({ rateLimit: false });

  it("is said once, with how long and for how many, and not once for each", async () => {
    const { lab } = it_;
    lab.emulator.fault({ on: "create", kind: limit(41), times: 20 });
    await Promise.all(about("said", 20).map((email) => lab.provider.create({ email })));
    const [line, ...more] = lab.provider.printed;
    assert.match(line ?? "", /^HeadshotPro's rate limit is reached: 20 invites wait 4[12] s$/);
    assert.deepEqual(more, []);
    assert.equal(lab.emulator.outbox.length, 20);
  });

  it("is said again for the next one", async () => {
    const { lab } = it_;
    lab.emulator.fault({ on: "create", kind: limit(30), times: 2 });
    await lab.provider.create({ email: "twice@acme.com" });
    assert.equal(lab.provider.printed.length, 2);
    for (const line of lab.provider.printed)
      assert.match(line, /^HeadshotPro's rate limit is reached: 1 invite waits 3[01] s$/);
  });

  it("of more than two minutes is not waited out", async () => {
    const { lab } = it_;
    lab.emulator.fault({ on: "create", kind: limit(300) });
    const message = await failureOf(lab.provider.create({ email: "long@acme.com" }));
    assert.match(message, /rate limit .*\. Run the same command again in a few minutes\.$/);
    assert.equal(lab.requestsAbout("long@acme.com").length, 1);
    assert.deepEqual(lab.provider.printed, []);
  });

  it("stops all: nobody runs into the limit that somebody else has met", async () => {
    const { lab } = it_;
    lab.emulator.fault({ on: "create", kind: limit(60), email: "first@acme.com" });
    let others: Promise<unknown>[] = [];
    lab.once("answered", "create", "first@acme.com", () =>
      lab.clock.after(1, () => {
        others = about("other", 5).map((email) => lab.provider.create({ email }));
      }),
    );
    const refusedAt = lab.clock.now();
    let goesOnAt = 0;
    lab.once("asked", "create", "other0@acme.com", () => {
      goesOnAt = lab.clock.now();
    });
    await lab.provider.create({ email: "first@acme.com" });
    await Promise.all(others);
    assert.ok(goesOnAt - refusedAt >= 60_000, "nothing is sent before the reset");
    const [, second] = lab.emulator.requests.filter(({ verb }) => verb === "create").map((one) => one.email);
    assert.equal(second, "first@acme.com", "who came first goes first");
  });
});
