import { strict as assert } from "node:assert";
import { startEmulator } from "headshotpro-emulator";
import { TestStack } from "../support/stack";

const DECLARATIONS: [name: string, args: string, message: RegExp][] = [
  ["a malformed e-mail", 'email: "ada(at)acme.com"', /email .*not an e-mail address: it has no @/],
  [
    "an unknown property",
    'email: "b@acme.com", teem: "t1"',
    /there is no property "teem"; did you mean "team"\?/,
  ],
  ["a number for a string", 'email: "c@acme.com", teamId: 7', /teamId .*expected text, not 7/],
  [
    "a string for a number",
    'email: "d@acme.com", maxRenewals: "3"',
    /maxRenewals .*expected a whole number, not "3"/,
  ],
  [
    "an empty team",
    'email: "e@acme.com", teamId: " "',
    /teamId .*it is empty; leave it out to invite without a team/,
  ],
  ["no e-mail", 'teamId: "team_xyz789"', /email .*it is missing/],
];

const CONFIGURATIONS: [name: string, env: Record<string, string>, message: RegExp][] = [
  [
    "a missing key",
    { HEADSHOTPRO_API_KEY: "" },
    /The HeadshotPro API key is missing\. Set it with `pulumi config/,
  ],
  [
    "http to another host",
    { HEADSHOTPRO_BASE_URL: "http://server.headshotpro.com/api/v2" },
    /HEADSHOTPRO_BASE_URL cannot be used: it would send the API key unencrypted/,
  ],
  [
    "a base URL without its path",
    { HEADSHOTPRO_BASE_URL: "https://server.headshotpro.com" },
    /HEADSHOTPRO_BASE_URL cannot be used: its path is missing; expected something like https:/,
  ],
  [
    "a flag that is none",
    { HEADSHOTPRO_FORCE_DESTROY: "perhaps" },
    /HEADSHOTPRO_FORCE_DESTROY is "perhaps": expected true or false/,
  ],
];

describe("bad input in a preview on the real engine", () => {
  /** The errors of a preview that fails without a request and without a stack frame. */
  async function errorsOf(program: string, env: Record<string, string> = {}): Promise<string[]> {
    const emulator = await startEmulator();
    const stack = await TestStack.create(emulator, { language: "javascript", program, env });
    try {
      const { code, printed, requests } = await stack.preview();
      assert.notEqual(code, 0);
      assert.doesNotMatch(printed, /\n\s+at |Error:|\.js:\d+/);
      assert.deepEqual(requests, []);
      // The CLI's running commentary repeats an error where there is no terminal; its summary is what counts.
      const summary = printed.slice(printed.indexOf("Diagnostics:"));
      return summary.split("\n").filter((line) => line.includes("error:"));
    } finally {
      await stack.remove();
      await emulator.close();
    }
  }

  // The engine stops at the first person whom check refuses.
  for (const [name, args, message] of DECLARATIONS)
    it(`${name}: one clear message`, async () => {
      const errors = await errorsOf(`new HeadshotInvite("ada", { ${args} });`);
      assert.equal(errors.length, 1, errors.join("\n"));
      assert.match(errors[0] ?? "", message);
    });

  for (const [name, env, message] of CONFIGURATIONS)
    it(`${name}: one clear message for two people`, async () => {
      const program = ["ada", "zoe"].map(
        (who) => `new HeadshotInvite("${who}", { email: "${who}@acme.com" });`,
      );
      const errors = await errorsOf(program.join("\n"), env);
      assert.equal(errors.length, 1, errors.join("\n"));
      assert.match(errors[0] ?? "", message);
    });
});
