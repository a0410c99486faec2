import { strict as assert } from "node:assert";
import { startEmulator } from "headshotpro-emulator";
import { CHECKPOINTS_OFF } from "../support/checkpoints-off";
import { NO_LIMIT } from "../support/no-limit";
import { TestStack } from "../support/stack";

/** 1,000 of them are measured by `npm run bench`: the ratio is the same. */
const PEOPLE = 100;
const OUTPUTS = `adopted: false, createdAt: "2026-11-23T12:00:00.000Z", expiresAt: "2026-12-23T12:00:00.000Z",
  inviteId: "6af162c5244698b2e204b3bc247f4f28", renewals: 0, status: "pending",
  link: "https://www.headshotpro.com/auth/signup?invite=6af162c5244698b2e204b3bc247f4f28"`;

const loop = (resource: string) =>
  `for (let n = 0; n < ${PEOPLE}; n++) ${resource.replaceAll("EMAIL", '"person" + n + "@acme.com"')};`;

/** The SDK's own way, with a provider that does nothing and the same outputs. */
const NO_OP = `
  const nothing = { create: async (inputs) => ({ id: inputs.email, outs: { ...inputs, ${OUTPUTS} } }) };
  class HeadshotInvite2 extends pulumi.dynamic.Resource {
    constructor(name, args) {
      super(nothing, name, args, { additionalSecretOutputs: ["link", "inviteId"] }, "headshotpro", "HeadshotInvite");
    }
  }
  ${loop("new HeadshotInvite2(EMAIL, { email: EMAIL })")}`;

describe("the size of the state", () => {
  it(`is at most 1.05 times that of a no-op provider, for ${PEOPLE} people`, async () => {
    const bytesOf = async (program: string) => {
      const emulator = await startEmulator({ rateLimit: NO_LIMIT });
      const stack = await TestStack.create(emulator, {
        language: "javascript",
        program,
        // Only the last state counts here; writing one after every step takes most of a minute.
        env: CHECKPOINTS_OFF,
      });
      try {
        const up = await stack.up();
        assert.equal(up.code, 0, up.printed);
        assert.equal((await stack.export()).resources.length, PEOPLE);
        return Buffer.byteLength(await stack.stateFile());
      } finally {
        await stack.remove();
        await emulator.close();
      }
    };
    const ours = await bytesOf(loop("new HeadshotInvite(EMAIL, { email: EMAIL })"));
    const theirs = await bytesOf(NO_OP);
    console.log(`      ${ours} bytes, ${(ours / theirs).toFixed(3)} × a no-op provider's`);
    assert.ok(ours <= theirs * 1.05, `${ours} bytes against ${theirs}`);
  });
});
