import { strict as assert } from "node:assert";
import { startEmulator } from "headshotpro-emulator";
import { TestStack } from "../support/stack";

const ADA = 'email: "ada@acme.com"';
const CASES: [name: string, args: string, env: Record<string, string | undefined>, message: RegExp][] = [
  ["a malformed e-mail", 'email: "ada(at)acme.com"', {}, /email .*not an e-mail address: it has no @/],
  ["an unknown property", `${ADA}, team: "t1"`, {}, /there is no property "team"; did you mean "teamId"\?/],
  ["a number for a string", `${ADA}, teamId: 7`, {}, /teamId .*expected text, not 7/],
  ["a string for a number", `${ADA}, maxRenewals: "3"`, {}, /maxRenewals .*expected a whole number, not "3"/],
  ["an empty team", `${ADA}, teamId: " "`, {}, /teamId .*it is empty; leave it out to invite without a team/],
  ["no e-mail", 'teamId: "team_xyz789"', {}, /email .*it is missing/],
  [
    "a missing key",
    ADA,
    { HEADSHOTPRO_API_KEY: "" },
    /The HeadshotPro API key is missing\. Set it with `pulumi config/,
  ],
  [
    "http to another host",
    ADA,
    { HEADSHOTPRO_BASE_URL: "http://server.headshotpro.com/api/v2" },
    /HEADSHOTPRO_BASE_URL cannot be used: it would send the API key unencrypted/,
  ],
  [
    "a base URL without its path",
    ADA,
    { HEADSHOTPRO_BASE_URL: "https://server.headshotpro.com" },
    /HEADSHOTPRO_BASE_URL cannot be used: its path is missing; expected something like https:/,
  ],
  [
    "a flag that is none",
    ADA,
    { HEADSHOTPRO_FORCE_DESTROY: "perhaps" },
    /HEADSHOTPRO_FORCE_DESTROY is "perhaps": expected true or false/,
  ],
];

describe("bad input in a preview on the real engine", () => {
  for (const [name, args, env, message] of CASES) {
    it(`${name}: one clear message, no stack frame, no request`, async () => {
      const emulator = await startEmulator();
      const stack = await TestStack.create(emulator, {
        language: "javascript",
        program: `new HeadshotInvite("ada", { ${args} });\nnew HeadshotInvite("zoe", { email: "zoe@acme.com" });`,
        env,
      });
      try {
        const preview = await stack.preview();
        assert.notEqual(preview.code, 0);
        // The CLI's running commentary repeats an error where there is no terminal; its summary is what counts.
        const summary = preview.printed.slice(preview.printed.indexOf("Diagnostics:"));
        assert.equal(summary.match(/error:/g)?.length, 1, preview.printed);
        assert.match(summary, message);
        assert.doesNotMatch(preview.printed, /\n\s+at |Error:|\.js:\d+/);
        assert.deepEqual(preview.requests, []);
      } finally {
        await stack.remove();
        await emulator.close();
      }
    });
  }
});
