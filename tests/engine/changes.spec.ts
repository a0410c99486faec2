import { strict as assert } from "node:assert";
import { organizationForAll } from "../support/organization";

const ADA = "ada@acme.com";
const ada = 'new HeadshotInvite("ada", { email: "ada@acme.com" });';
const zoe = (args: string) => `new HeadshotInvite("zoe", { ${args} });`;

/**
 * One stack, on which each test goes on where the one before has ended. In the dynamic face, resource-options.spec.ts
 * changes addresses and teams, and state.spec.ts refreshes and renews.
 */
describe("a team that changes, on the real engine", () => {
  const organization = organizationForAll({ face: "plugin", program: ada + zoe('email: "zoe@acme.com"') });
  const up = () => organization.stack.mustUp();
  before(() => up());

  it("records what people did, on refresh, and drops whom the API itself does not know", async () => {
    const { emulator, stack } = organization;
    emulator.accept(ADA);
    emulator.revokeByHand("zoe@acme.com");
    await stack.must("refresh", "--yes", "--skip-preview");
    const { resources } = await stack.export();
    assert.deepEqual(
      resources.map(({ id, outputs }) => [id, outputs.status, "expiresAt" in outputs]),
      [[ADA, "accepted", false]],
    );
  });

  it("invites somebody again who was removed by hand", async () => {
    assert.deepEqual((await up()).emails, ["zoe@acme.com"]);
  });

  it("keeps the state where something else answers: a page of HTML is no 404 of HeadshotPro's", async () => {
    const { emulator, stack } = organization;
    emulator.fault({ on: "any", kind: { status: 404, body: "html" }, times: Number.POSITIVE_INFINITY });
    const refresh = await stack.refresh();
    emulator.clearFaults();
    assert.notEqual(refresh.code, 0);
    assert.match(refresh.printed, /does not answer as HeadshotPro's API \(404/);
    assert.match(refresh.printed, /HEADSHOTPRO_BASE_URL/);
    assert.equal((await stack.export()).resources.length, 2);
  });

  it("replaces the invite of another address, the new one first", async () => {
    const { stack } = organization;
    await stack.setProgram(ada + zoe('email: "zoe.b@acme.com"'));
    const preview = await stack.preview("--diff");
    assert.match(preview.printed, /email\s*: "zoe@acme.com" => "zoe.b@acme.com"/);
    const { emails, requests } = await up();
    assert.deepEqual(emails, ["zoe.b@acme.com"]);
    assert.deepEqual(requests, [
      "POST /organization/invites",
      "GET /organization/invites/zoe@acme.com",
      "POST /organization/invites/revoke",
    ]);
  });

  it("sends the invite into another team, the old one revoked first; a team that is left out again is no difference", async () => {
    const { emulator, stack } = organization;
    await stack.setProgram(ada + zoe('email: "zoe.b@acme.com", teamId: "team_xyz789"'));
    assert.deepEqual((await up()).requests, [
      "GET /organization",
      "GET /organization/credits",
      "GET /organization/invites/zoe.b@acme.com",
      "POST /organization/invites/revoke",
      "POST /organization/invites",
    ]);
    assert.equal(emulator.invite("zoe.b@acme.com")?.teamId, "team_xyz789");
    await stack.setProgram(ada + zoe('email: "zoe.b@acme.com"'));
    await stack.expectSettled();
  });

  it("announces the invite that has expired with its reason, and sends it again, once", async () => {
    const { emulator, stack } = organization;
    const eveAndMax = `new HeadshotInvite("eve", { email: "eve@acme.com" });
        new HeadshotInvite("max", { email: "max@acme.com", maxRenewals: 0 });`;
    await stack.setProgram(ada + zoe('email: "zoe.b@acme.com"') + eveAndMax);
    // Sent 31 days ago by the API's clock, which is where the state takes the date from.
    emulator.clock.advance({ days: -31 });
    await up();
    emulator.clock.reset();
    const preview = await stack.preview();
    assert.match(
      preview.printed,
      /eve@acme\.com did not use the invite before it expired .* \(renewal 1 of 3\)/,
    );
    assert.match(preview.printed, /1 to update/);
    assert.deepEqual([preview.requests, preview.emails], [["GET /organization/credits"], []]);
    assert.deepEqual((await up()).emails, ["eve@acme.com"]);
    const eve = (await stack.export()).resources.find(({ id }) => id === "eve@acme.com");
    assert.equal(eve?.outputs.renewals, 1);
    await stack.expectSettled();
  });
});
