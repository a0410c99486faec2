import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";
import { FACES } from "../support/program";

const PEOPLE = ["ada", "zoe"].map((who) => `new HeadshotInvite("${who}", { email: "${who}@acme.com" });`);
const DECLARED_TWICE = /error: ada@acme\.com is declared twice, by "a" and by "b"\./g;

interface Refused {
  program: string;
  env?: Record<string, string>;
  message: RegExp;
  /** Only the SDK in the program sees it; the plugin has tests of its own in tests/provider. */
  inProgram?: true;
}

/** One of each kind: tests/unit has the others. */
const REFUSED: Record<string, Refused> = {
  "a malformed e-mail": {
    program: 'new HeadshotInvite("ada", { email: "ada(at)acme.com" });',
    message: /email .*not an e-mail address: it has no @/g,
  },
  "a missing key, which two people need": {
    program: PEOPLE.join("\n"),
    env: { HEADSHOTPRO_API_KEY: "" },
    message: /The HeadshotPro API key is missing\. Set it with `pulumi config/g,
  },
  "a person who turns out to be declared twice": {
    program: `
      new HeadshotInvite("a", { email: pulumi.output("Ada@acme.com") });
      exports.status = new HeadshotInvite("b", { email: new Promise((done) => setTimeout(done, 300, "ada@acme.com")) }).status;`,
    message: DECLARED_TWICE,
    inProgram: true,
  },
};

for (const face of FACES)
  describe(`a preview that is refused on the real engine, ${face}`, () => {
    const organization = organizationForEach({ face });

    for (const [what, { program, env, message, inProgram }] of Object.entries(REFUSED)) {
      if (inProgram && face === "plugin") continue;
      it(`has one clear message, no stack frame and no request: ${what}`, async () => {
        const { stack } = organization;
        stack.env = env ?? {};
        await stack.setProgram(program);
        const { printed, requests } = await stack.fails("preview");
        assert.doesNotMatch(printed, /\n\s+at |Error:|serializing|\.js:\d+/);
        assert.deepEqual(requests, []);
        // The CLI's running commentary repeats an error where there is no terminal; its summary is what counts.
        const summary = printed.slice(printed.indexOf("Diagnostics:"));
        assert.equal(summary.match(message)?.length, 1, printed);
        assert.equal(summary.match(/error:/g)?.length, 1, printed);
      });
    }
  });

describe("a person in several declarations, on the real engine", () => {
  const organization = organizationForEach();

  it("is not declared twice if one only looks, or belongs to another organization", async () => {
    const { emulator, stack } = organization;
    stack.env = { OTHER_KEY: emulator.apiKey };
    await stack.setProgram(`
      new HeadshotInvite("a", { email: "ada@acme.com" });
      HeadshotInvite.get("b", "zoe@acme.com");
      new HeadshotInvite("c", { email: "zoe@acme.com" });
      const other = new Provider("other", { apiKeyEnv: "OTHER_KEY" });
      new HeadshotInvite("d", { email: "ada@acme.com" }, { provider: other });`);
    emulator.inviteByHand({ email: "zoe@acme.com" });
    await stack.must("preview");
  });

  it("is declared twice if ignoreChanges keeps them; an address that is ignored declares nobody", async () => {
    const { stack } = organization;
    await stack.upTo(`new HeadshotInvite("a", { email: "ada@acme.com" });`);
    const ignored = `new HeadshotInvite("a", { email: "bob@acme.com" }, { ignoreChanges: ["email"] });\n`;
    await stack.upTo(`${ignored} new HeadshotInvite("b", { email: "bob@acme.com" });`);
    await stack.setProgram(`${ignored} new HeadshotInvite("c", { email: "ada@acme.com" });`);
    const { printed } = await stack.fails("preview");
    assert.match(printed, /ada@acme\.com is declared twice, by "a" and by "c"\./);
  });
});
