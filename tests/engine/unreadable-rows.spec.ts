import { strict as assert } from "node:assert";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { run } from "../support/command";
import { organizationForEach } from "../support/organization";

describe("a list with a row that cannot be read, on the real engine", () => {
  const organization = organizationForEach();
  let server: Server;
  /** Further rows, for the test that adds them. */
  let extra: object[];
  beforeEach(async () => {
    extra = [];
    const rows = () => [{ email: "hand@acme.com", status: "pending" }, ...extra, { email: null }];
    server = createServer((_, response) => response.end(JSON.stringify({ success: true, invites: rows() })));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    organization.stack.env.HEADSHOTPRO_BASE_URL = `http://127.0.0.1:${port}/api/v2`;
  });
  afterEach(() => server.close());

  const ROW = "1 row of HeadshotPro's list of people cannot be read, so";
  const roster = (unmanaged: string, ...members: string[]) =>
    `new HeadshotRoster("people", { members: ${JSON.stringify(members)}.map((email) => ({ email })), unmanaged: "${unmanaged}" });`;

  for (const [unmanaged, kind] of [
    ["warn", "warning"],
    ["fail", "error"],
  ] as const)
    it(`unmanaged: "${unmanaged}" does not pass, though everybody is declared who can be read`, async () => {
      const { stack } = organization;
      await stack.setProgram(roster(unmanaged, "hand@acme.com"));
      const { code, printed } = await stack.preview();
      assert.equal(code === 0, unmanaged === "warn", printed);
      assert.ok(printed.includes(`${kind}: ${ROW} whether everybody`), printed);
      assert.doesNotMatch(printed, /\n\s+at |Error:/);
    });

  it("unmanaged tells of the people nobody declares, and of the row", async () => {
    const { stack } = organization;
    await stack.setProgram(roster("warn", "ada@acme.com"));
    const { printed } = await stack.preview();
    assert.match(printed, /1 person is invited to the organization, but not declared here: hand@acme\.com\./);
    assert.ok(printed.includes(ROW), printed);
  });

  it("an address that would steer a terminal is told as text", async () => {
    const { stack } = organization;
    extra = [{ email: "\u001b[2J\u0007x@acme.com\nerror: fake", status: "pending" }];
    await stack.setProgram(roster("warn", "hand@acme.com"));
    const { printed } = await stack.preview();
    assert.ok(printed.includes("not declared here: [2j x@acme.com error: fake."), printed);
    assert.doesNotMatch(printed, /[^\P{C}\s]|^error: fake/mu);
  });

  it("import takes nobody: who is missing in it could be anybody who is declared", async () => {
    const { stack } = organization;
    await stack.setProgram(`new HeadshotInvite("hand", { email: "hand@acme.com" });`);
    const env = { ...stack.environment(), HOME: process.env.HOME };
    const { code, stderr } = await run(["import", "--output", "import.json"], { cwd: stack.project, env });
    assert.equal(code, 3, stderr);
    assert.ok(stderr.includes(`error: ${ROW} not everybody is known`), stderr);
  });

  it("getInvites says how many", async () => {
    const { stack } = organization;
    await stack.setProgram(
      "exports.unreadable = getInvites({ status: 'accepted' }).then(({ unreadable }) => unreadable);",
    );
    await stack.must("up", "--yes", "--skip-preview");
    assert.deepEqual(JSON.parse((await stack.must("stack", "output", "--json")).printed), { unreadable: 1 });
  });
});
