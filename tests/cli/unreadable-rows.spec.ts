import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { run } from "./support";

describe("cli: a list with rows that cannot be read", () => {
  const ROWS = [{ email: "ada@acme.com", status: "pending" }, { email: 5 }, null];
  let server: Server;
  let env: Record<string, string>;
  before(async () => {
    server = createServer((_, response) => response.end(JSON.stringify({ success: true, invites: ROWS })));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    env = { HEADSHOTPRO_BASE_URL: `http://127.0.0.1:${port}/api/v2`, HEADSHOTPRO_API_KEY: "hp_key" };
  });
  after(() => server.close());

  it("status shows those who can be read, and says how many cannot", async () => {
    const { code, stdout, stderr } = await run(["status"], { env });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^ada@acme\.com +pending$/m);
    assert.equal(
      stderr,
      "1 person: 1 pending\n" +
        "2 rows of HeadshotPro's list of people cannot be read: whoever is in there is missing here\n",
    );
  });

  it("export claims to be everyone, so it writes nothing", async () => {
    const { code, stdout, stderr } = await run(["export"], { env });
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(
      stderr,
      /^error: 2 rows of HeadshotPro's list of people cannot be read, so not everybody is known/,
    );
  });
});
