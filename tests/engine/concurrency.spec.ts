import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { TestStack } from "../support/stack";

const ADA = `new HeadshotInvite("ada", { email: "ada@acme.com" });`;

/** Ada, and Grace once there is a file: the `up` runs for as long as the test likes. */
const ADA_THEN_GRACE = `${ADA}
  const grace = new Promise((resolve) => {
    const poll = setInterval(() => {
      if (!require("node:fs").existsSync("go")) return;
      clearInterval(poll);
      resolve("grace@acme.com");
    }, 50);
  });
  new HeadshotInvite("grace", { email: grace });`;

/** The lock of another run is there: the CLI says so before any request, and what to do. */
async function isRefused(stack: TestStack): Promise<void> {
  const { printed, requests } = await stack.fails("up");
  assert.match(printed, /the stack is currently locked by 1 lock\(s\)/);
  assert.match(printed, /pulumi cancel/);
  assert.deepEqual(requests, []);
}

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

  it("an up is refused by the lock of another, and of one that was killed; after `pulumi cancel` it is finished", async () => {
    const stack = await stackOf(ADA_THEN_GRACE);
    emulator.fault({ on: "create", when: "after", kind: "hang" });
    const killed = stack.start("up", "--yes", "--skip-preview");
    while (emailed().length === 0) await sleep(20);
    await isRefused(stack);
    killed.kill("SIGKILL");
    await killed.ended;
    await stack.removeTornAttributes();
    await isRefused(stack);

    await stack.must("cancel", "--yes");
    await writeFile(join(stack.project, "go"), "");
    await stack.mustUp();
    assert.deepEqual(emailed(), ["ada@acme.com", "grace@acme.com"], "nobody gets two e-mails");
    await stack.expectSettled();
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
