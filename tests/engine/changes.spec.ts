import { strict as assert } from "node:assert";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { TestStack } from "../support/stack";

const team = (people: string[]) =>
  people.map((email) => `new HeadshotInvite("${email}", { email: "${email}" });`).join("\n");

describe("a team that changes, on the real engine", () => {
  let emulator: Emulator;
  let stack: TestStack;

  before(async () => {
    emulator = await startEmulator();
    const program = team(["ada@acme.com", "zoe@acme.com"]);
    stack = await TestStack.create(emulator, { language: "javascript", program });
    await stack.must("up", "--yes", "--skip-preview");
  });
  after(async () => {
    await stack.remove();
    await emulator.close();
  });

  it("records what people did, on refresh", async () => {
    emulator.accept("ada@acme.com");
    const refresh = await stack.refresh();
    assert.equal(refresh.code, 0, refresh.printed);
    const { resources } = await stack.export();
    const ada = resources.find(({ id }) => id === "ada@acme.com");
    assert.equal(ada?.outputs.status, "accepted");
    assert.equal("expiresAt" in (ada?.outputs ?? {}), false);
    await stack.expectSettled();
  });

  it("invites somebody again who was removed by hand", async () => {
    emulator.revokeByHand("zoe@acme.com");
    assert.equal((await stack.refresh()).code, 0);
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.emails, ["zoe@acme.com"]);
  });

  it("replaces the invite of another address, the new one first", async () => {
    await stack.setProgram(`${team(["ada@acme.com"])}
      new HeadshotInvite("zoe@acme.com", { email: "zoe.b@acme.com" });`);
    const preview = await stack.preview("--diff");
    assert.match(preview.printed, /email\s*: "zoe@acme.com" => "zoe.b@acme.com"/);
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.emails, ["zoe.b@acme.com"]);
    assert.deepEqual(up.requests, [
      "POST /organization/invites",
      "GET /organization/invites/zoe@acme.com",
      "POST /organization/invites/revoke",
    ]);
  });

  it("replaces the invite into another team, the old one first", async () => {
    await stack.setProgram(`${team(["ada@acme.com"])}
      new HeadshotInvite("zoe@acme.com", { email: "zoe.b@acme.com", teamId: "team_xyz789" });`);
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.requests, [
      "GET /organization",
      "GET /organization/credits",
      "GET /organization/invites/zoe.b@acme.com",
      "POST /organization/invites/revoke",
      "POST /organization/invites",
    ]);
    assert.equal(emulator.invite("zoe.b@acme.com")?.teamId, "team_xyz789");
    await stack.expectSettled();
  });

  it("sees no difference if the team is left out again", async () => {
    await stack.setProgram(
      `${team(["ada@acme.com"])}new HeadshotInvite("zoe@acme.com", { email: "zoe.b@acme.com" });`,
    );
    await stack.expectSettled();
  });
});
