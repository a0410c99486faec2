import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startEmulator } from "headshotpro-emulator";

const PEOPLE = 50_000;

/** What V8 may keep, in MiB. It does with 35; 20 are too few. */
const HEAP_MIB = 80;

const PROGRAM = `
  const { HeadshotProClient } = require("pulumi-headshotpro/client");
  const client = new HeadshotProClient({ apiKey: process.env.KEY, baseUrl: process.env.URL_OF_API });
  client.listInvites().then(({ invites }) => console.log(invites.length, invites.at(-1).email));`;

describe("client: a list of 50,000 people", () => {
  it(`fits into ${HEAP_MIB} MiB, all else included`, async () => {
    const emulator = await startEmulator({ credits: PEOPLE });
    try {
      for (let n = 1; n <= PEOPLE; n++)
        emulator.inviteByHand({ email: `person${n}@acme.com`, teamId: "team_xyz789" });
      const env = { ...process.env, KEY: emulator.apiKey, URL_OF_API: emulator.url };
      // The process dies where it needs more.
      const args = [`--max-old-space-size=${HEAP_MIB}`, "-e", PROGRAM];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env });
      assert.match(stdout, /^50000 person\d+@acme\.com$/m);
    } finally {
      await emulator.close();
    }
  });
});
