import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";

/** Breaks the session that a roster asks, in the way of a mistake in this package. */
const BROKEN = `
  const path = require("node:path");
  const { Session } = require(path.join(path.dirname(require.resolve("pulumi-headshotpro")), "api/session"));
  Session.prototype.everyone = () => { throw new TypeError("a mistake of ours"); };`;

const roster = (mode: string) =>
  `new HeadshotRoster("people", { members: ["ada@acme.com"], unmanaged: "${mode}" });`;

describe("a roster's `unmanaged`, on the real engine", () => {
  const it_ = organizationForEach();

  /** What goes wrong without it, and how often that is told. */
  const CASES: [what: string, program: string, message: RegExp][] = [
    ["a program that fails", 'throw new Error("the program is wrong");', /the program is wrong/g],
    [
      "a person who turns out to be declared twice",
      'const later = new Promise((resolve) => setTimeout(resolve, 300, "ada@acme.com"));' +
        'exports.id = new HeadshotInvite("ada", { email: later }).id;',
      /ada@acme\.com is declared twice/g,
    ],
  ];
  for (const mode of ["warn", "fail"])
    for (const [what, program, message] of CASES)
      it(`${mode}: does not tell again of ${what}`, async () => {
        const { emulator, stack } = it_;
        emulator.inviteByHand({ email: "hand@acme.com" });
        await stack.setProgram(`${roster(mode)}\n${program}`);
        const { code, printed } = await stack.preview();
        assert.notEqual(code, 0, printed);
        const summary = printed.slice(printed.indexOf("Diagnostics:"));
        assert.equal(summary.match(message)?.length, 1, printed);
        assert.doesNotMatch(summary, /warning:|hand@acme\.com/);
      });

  it("warn: an API that does not answer is a warning", async () => {
    const { stack } = it_;
    stack.env = { HEADSHOTPRO_API_KEY: "hp_other" };
    await stack.setProgram(
      `new HeadshotRoster("people", { members: [], allowEmpty: true, unmanaged: "warn" });`,
    );
    const { code, printed } = await stack.preview();
    assert.equal(code, 0, printed);
    assert.match(printed, /warning: .*could not be listed: HeadshotPro does not accept the API key/);
  });

  it("warn: a mistake of this package is an error, not a warning", async () => {
    const { stack } = it_;
    await stack.setProgram(BROKEN + roster("warn"));
    const { code, printed } = await stack.preview();
    assert.notEqual(code, 0, printed);
    assert.match(printed, /a mistake of ours/);
    assert.doesNotMatch(printed, /warning: a mistake/);
  });
});
