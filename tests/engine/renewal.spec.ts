import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";

const declare = (args = "") => `new HeadshotInvite("ada", { email: "ada@acme.com"${args} });`;

describe("an invite that expires unused, on the real engine", () => {
  const organization = organizationForEach({ program: declare() });

  beforeEach(async () => {
    const { emulator, stack } = organization;
    // Sent 31 days ago by the API's clock, which is where the state takes the date from.
    emulator.clock.advance({ days: -31 });
    await stack.must("up", "--yes", "--skip-preview");
    emulator.clock.reset();
  });

  it("is announced in the preview with its reason, sent again by the next up, once", async () => {
    const { stack } = organization;
    const preview = await stack.preview();
    assert.match(
      preview.printed,
      /ada@acme\.com did not use the invite before it expired .* \(renewal 1 of 3\)/,
    );
    assert.match(preview.printed, /1 to update/);
    assert.deepEqual([preview.requests, preview.emails], [["GET /organization/credits"], []]);

    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.emails, ["ada@acme.com"]);
    assert.equal((await stack.export()).resources[0]?.outputs.renewals, 1);
    await stack.expectSettled();
  });

  it("is recorded without an e-mail if the person has accepted meanwhile", async () => {
    const { emulator, stack } = organization;
    emulator.setStatus("ada@acme.com", "accepted");
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(up.emails, []);
    assert.equal((await stack.export()).resources[0]?.outputs.status, "accepted");
  });

  it("is left alone with maxRenewals: 0", async () => {
    const { stack } = organization;
    await stack.setProgram(declare(", maxRenewals: 0"));
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual([up.requests, up.emails], [[], []]);
  });
});
