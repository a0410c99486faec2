import { strict as assert } from "node:assert";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { TestStack } from "../support/stack";

const THREE = ["ada@acme.com", "grace@acme.com", "zoe@acme.com"];
const team = (people: string[]) =>
  people.map((email) => `new HeadshotInvite("${email}", { email: "${email}" });`).join("\n");

describe("a team's life on the real engine", () => {
  let emulator: Emulator;
  let stack: TestStack;

  before(async () => {
    emulator = await startEmulator();
    stack = await TestStack.create(emulator, { language: "javascript", program: team(THREE) });
  });
  after(async () => {
    await stack.remove();
    await emulator.close();
  });

  it("previews without a request", async () => {
    const preview = await stack.preview();
    assert.equal(preview.code, 0, preview.printed);
    assert.deepEqual(preview.requests, []);
    assert.match(preview.printed, /\+ 4 to create/);
  });

  it("invites three people with three POSTs, and asks once whose organization it is", async () => {
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.requests, ["GET /organization", ...Array(3).fill("POST /organization/invites")]);
    assert.deepEqual([...up.emails].sort(), THREE);
  });

  it("records where in the program each of them is declared", async () => {
    const state = await stack.stateFile();
    const places = state.match(/"sourcePosition":"project:\/\/\/index\.js#\d+,1"/g);
    assert.equal(new Set(places).size, 3);
  });

  it("makes no request if nothing changed", async () => {
    await stack.expectSettled();
  });

  it("sees no difference in case, spaces and the order of people", async () => {
    await stack.setProgram(`
      new HeadshotInvite("zoe@acme.com", { email: " Zoe@ACME.com" });
      new HeadshotInvite("ada@acme.com", { email: "ADA@acme.com " });
      new HeadshotInvite("grace@acme.com", { email: "grace@Acme.Com" });`);
    await stack.expectSettled();
  });

  it("revokes the one person who was removed", async () => {
    await stack.setProgram(team(["ada@acme.com", "zoe@acme.com"]));
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.equal(up.requests.filter((line) => line.endsWith("/revoke")).length, 1);
    assert.equal(emulator.invite("grace@acme.com")?.status, "revoked");
    assert.deepEqual(up.emails, []);
  });

  it("destroys from the state alone: the program is empty by then", async () => {
    await stack.setProgram("");
    const destroy = await stack.destroy();
    assert.equal(destroy.code, 0, destroy.printed);
    assert.deepEqual(
      emulator.invites().filter(({ status }) => status !== "revoked"),
      [],
    );
    assert.deepEqual((await stack.export()).resources, []);
  });
});
