import { strict as assert } from "node:assert";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { TestStack } from "../support/stack";

const ADA = `new HeadshotInvite("ada", { email: "ada@acme.com" });`;

describe("two at once, on the real engine", () => {
  let emulator: Emulator;
  const stacks: TestStack[] = [];
  const stackOf = async (program: string) => {
    const stack = await TestStack.create(emulator, { language: "javascript", program });
    stacks.push(stack);
    return stack;
  };
  const emailed = () => emulator.outbox.map(({ to }) => to);

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(async () => {
    await Promise.all(stacks.splice(0).map((stack) => stack.remove()));
    await emulator.close();
  });

  it("two stacks that declare one person share the invite, and neither loses it", async () => {
    const [one, other] = [await stackOf(ADA), await stackOf(ADA)];
    await one.mustUp();
    const second = await other.mustUp();
    assert.match(second.printed, /ada@acme\.com was already invited \(pending\): adopted, no e-mail sent/);
    assert.deepEqual(emailed(), ["ada@acme.com"]);

    // An unused invite goes with the first stack that is destroyed; the other one notices, and sends another.
    await one.must("destroy", "--yes", "--skip-preview");
    assert.equal(emulator.invite("ada@acme.com")?.status, "revoked");
    const up = await other.mustUp("--refresh");
    assert.deepEqual(up.emails, ["ada@acme.com"]);

    // Headshots go with neither.
    await one.mustUp();
    emulator.setStatus("ada@acme.com", "completed");
    const guarded = await one.fails("destroy");
    assert.match(guarded.printed, /ada@acme\.com has headshots \(completed\)/);
    assert.equal(emulator.invite("ada@acme.com")?.status, "completed");
    await other.expectSettled();
  });
});
