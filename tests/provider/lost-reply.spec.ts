import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";
import { failureOf } from "../support/operations";

describe("create under adopt: false, if the reply is lost", () => {
  const it_ = virtualLabForAll();
  const LOST = ["reset", "hang", "empty", { status: 502 }, { status: 503 }] as const;

  for (const kind of LOST)
    it(`finds its own invite (${JSON.stringify(kind)})`, async () => {
      const { lab, person } = it_;
      const email = person();
      lab.emulator.fault({ on: "create", when: "after", kind, email });
      const { outs } = await lab.provider.create({ email, adopt: false });
      assert.deepEqual([outs.status, outs.adopt, lab.emailsTo(email)], ["pending", false, 1]);
      assert.match(
        lab.printedAbout(email).join(),
        /the reply to the invite was lost; a look-up found it \(pending\)/,
      );
    });

  it("finds its own invite also if it comes to light late", async () => {
    const { lab, person } = it_;
    const email = person();
    // Carried out after the look-up, which therefore finds nobody: played by hand.
    lab.emulator.fault({ on: "create", when: "before", kind: "reset", email });
    lab.emulator.fault({
      on: "create",
      when: "after",
      kind: { status: 400, code: "INVALID_REQUEST" },
      email,
    });
    const { outs } = await lab.provider.create({ email, adopt: false });
    assert.deepEqual([outs.status, lab.emailsTo(email)], ["pending", 1]);
  });

  for (const kind of LOST)
    for (const [age, days] of [
      ["two minutes", 2 / 1440],
      ["a day", 1],
    ] as const)
      it(`does not adopt what somebody made by hand ${age} before (${JSON.stringify(kind)})`, async () => {
        const { lab, person } = it_;
        const email = person();
        lab.emulator.inviteByHand({ email });
        lab.pass(days);
        lab.emulator.fault({ on: "create", when: "before", kind, email });
        const message = await failureOf(lab.provider.create({ email, adopt: false }));
        assert.match(
          message,
          /is already invited \(pending\), and adopt: false does not allow this stack to adopt them/,
        );
        assert.equal(lab.emailsTo(email), 1);
      });

  it("does not take an old invite for its own after a wait of minutes either", async () => {
    const { lab, person } = it_;
    const email = person();
    lab.emulator.inviteByHand({ email });
    lab.pass(2 / 1440);
    lab.emulator.fault({ on: "create", kind: { status: 429, retryAfter: 110 }, email });
    lab.emulator.fault({ on: "create", when: "before", kind: "reset", email });
    assert.match(
      await failureOf(lab.provider.create({ email, adopt: false })),
      /adopt: false does not allow/,
    );
  });

  it("does not take for its own what was made by hand while it waited for the rate limit", async () => {
    const { lab, person } = it_;
    const email = person();
    lab.emulator.fault({ on: "create", kind: { status: 429, retryAfter: 110 }, email });
    lab.emulator.fault({ on: "create", when: "before", kind: "reset", email });
    lab.once("answered", "create", email, () =>
      lab.clock.after(10_000, () => {
        lab.pass(0);
        lab.emulator.inviteByHand({ email });
      }),
    );
    assert.match(
      await failureOf(lab.provider.create({ email, adopt: false })),
      /adopt: false does not allow/,
    );
  });

  it("left out, what was made by hand before is adopted, and not called sent", async () => {
    const { lab, person } = it_;
    const email = person();
    lab.emulator.inviteByHand({ email });
    lab.pass(1);
    lab.emulator.fault({ on: "create", when: "before", kind: { status: 503 }, email });
    assert.equal((await lab.provider.create({ email })).outs.adopted, true);
    assert.deepEqual(lab.printedAbout(email), [
      `${email} was already invited (pending): adopted, no e-mail sent`,
    ]);
  });
});
