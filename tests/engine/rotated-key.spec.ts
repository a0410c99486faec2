import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";

const KEY = "hp_live_9f8e7d6c5b4a";

describe("a rotated key, on the real engine", () => {
  const organization = organizationForEach({
    apiKey: KEY,
    program: `new HeadshotInvite("ada", { email: "ada@acme.com" });`,
    env: { HEADSHOTPRO_API_KEY: undefined },
  });

  it("lets the environment's key win over the stack's, so that a rotated key needs no up", async () => {
    const { emulator, stack } = organization;
    await stack.must("config", "set", "--secret", "headshotpro:apiKey", "hp_old_key_revoked");
    const refused = await stack.up();
    assert.notEqual(refused.code, 0);
    assert.match(refused.printed, /does not accept the API key \(401 UNAUTHORIZED/);
    assert.ok(!refused.printed.includes("hp_old_key_revoked"));

    stack.env = { HEADSHOTPRO_API_KEY: KEY };
    assert.equal((await stack.up()).code, 0);
    const destroy = await stack.destroy();
    assert.equal(destroy.code, 0, destroy.printed);
    assert.equal(emulator.invite("ada@acme.com")?.status, "revoked");
  });
});
