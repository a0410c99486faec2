import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { EXIT } from "../../provider/src/cli/terminal";
import { run } from "../support/command";
import { NO_LIMIT } from "../support/constants";
import { FACES, type Face } from "../support/lab";
import type { Verbs } from "../support/operations";
import { type BehindProxy, behindProxy, HOST, PASSWORDS } from "../support/proxy";

/** gRPC follows the lower-case name, too, and the plugin is to reach the engine without the proxy. */
const VARIABLES: Record<Face, string> = { "the SDK's process": "HTTPS_PROXY", "the plugin": "https_proxy" };

/** With all that the proxy's library has to say. */
const TALKATIVE = { DEBUG: "*" };

describe("through a proxy", () => {
  let api: Emulator;
  let way: BehindProxy;

  before(async () => {
    api = await startEmulator({ rateLimit: NO_LIMIT });
    way = await behindProxy(api);
  });
  beforeEach(() => {
    way.proxy.asked.length = 0;
    delete way.options.refusal;
    api.clearLog();
    api.clearOutbox();
  });
  after(async () => {
    await way.close();
    await api.close();
  });

  let people = 0;
  /** Of each test's own. */
  const person = () => ({ email: `person${++people}@acme.com` });

  const emails = () => api.outbox.map(({ to }) => to);

  function assertSecret(text: string): void {
    for (const secret of [api.apiKey, ...PASSWORDS]) assert.ok(!text.includes(secret), text);
  }

  for (const [face, variable] of Object.entries(VARIABLES) as [Face, string][])
    describe(`of ${variable}, ${face}`, () => {
      // One for each test: a connection that an earlier one left open might be hung up just as it is used again.
      let provider: Verbs;
      beforeEach(async () => {
        const { HTTPS_PROXY, ...env } = way.env;
        provider = await FACES[face].start({ ...env, [variable]: HTTPS_PROXY, ...TALKATIVE });
      });
      afterEach(async () => {
        await provider.stop();
        assertSecret(provider.printed.join("\n"));
      });

      it("keeps its connection open, and the proxy sees the host's name, and neither key nor people", async () => {
        for (let n = 0; n < 5; n++) await provider.create(person());
        assert.equal(emails().length, 5);
        assert.deepEqual(way.proxy.asked, [`${HOST}:443`]);
        for (const secret of [api.apiKey, "acme.com"]) assert.ok(!way.proxy.read().includes(secret));
      });
    });

  it("the command line says why it cannot ask, and ends", async () => {
    way.options.refusal = "403 Forbidden";
    const { code, stdout, stderr } = await run(["status"], { env: { ...way.env, ...TALKATIVE } });
    assert.equal(code, EXIT.failed);
    assert.match(stderr, /the proxy http:\/\/127\.0\.0\.1:\d+ of HTTPS_PROXY answers 403 Forbidden/);
    assertSecret(stdout + stderr);
  });
});
