import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { EXIT } from "../../provider/src/cli/terminal";
import { run } from "../support/command";
import { NO_LIMIT } from "../support/constants";
import { FACES, type Face } from "../support/lab";
import { type BehindProxy, behindProxy, HOST, PASSWORDS } from "../support/proxy";

/** gRPC follows the lower-case name, too, and the plugin is to reach the engine without the proxy. */
const VARIABLES: Record<Face, string> = { "the SDK's process": "HTTPS_PROXY", "the plugin": "https_proxy" };

/** With all that the proxy's library has to say. */
const TALKATIVE = { DEBUG: "*" };

/** What a proxy's own answers mean: client/proxy.spec.ts. */
describe("through a proxy", () => {
  let api: Emulator;
  let way: BehindProxy;

  beforeEach(async () => {
    api = await startEmulator({ rateLimit: NO_LIMIT });
    way = await behindProxy(api);
  });
  afterEach(async () => {
    await way.close();
    await api.close();
  });

  function assertSecret(text: string): void {
    for (const secret of [api.apiKey, ...PASSWORDS]) assert.ok(!text.includes(secret), text);
  }

  for (const [face, variable] of Object.entries(VARIABLES) as [Face, string][])
    it(`of ${variable}, ${face} keeps one connection, and the proxy sees neither key nor people`, async () => {
      const { HTTPS_PROXY, ...env } = way.env;
      const provider = await FACES[face].start({ ...env, [variable]: HTTPS_PROXY, ...TALKATIVE });
      for (let n = 0; n < 5; n++) await provider.create({ email: `person${n}@acme.com` });
      await provider.stop();
      assert.equal(api.outbox.length, 5);
      assert.deepEqual(way.proxy.asked, [`${HOST}:443`]);
      for (const secret of [api.apiKey, "acme.com"]) assert.ok(!way.proxy.read().includes(secret));
      assertSecret(provider.printed.join("\n"));
    });

  it("the command line says why it cannot ask, and ends", async () => {
    way.options.refusal = "403 Forbidden";
    const { code, stdout, stderr } = await run(["status"], { env: { ...way.env, ...TALKATIVE } });
    assert.equal(code, EXIT.failed);
    assert.match(stderr, /the proxy http:\/\/127\.0\.0\.1:\d+ of HTTPS_PROXY answers 403 Forbidden/);
    assertSecret(stdout + stderr);
  });
});
