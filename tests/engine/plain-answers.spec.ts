import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { organizationForEach } from "../support/organization";

/** A program whose provider has its key from a resource: a preview of the first `up` does not know it. */
const program = (emea: Emulator, question: string) => `
  module.exports = async () => {
    const boss = new HeadshotInvite("boss", { email: "boss@acme.com" });
    const apiKey = boss.status.apply(() => "hp_emea");
    const emea = new Provider("emea", { apiKey, baseUrl: "${emea.url}" });
    const answer = ${question};
    new HeadshotInvite("late", { email: "late@acme.com" });
    return { answer };
  };`;

/** What a preview does not know leaves the function without an answer. */
const QUESTIONS: [plain: string, output: string][] = [
  ["getInvite", 'getInvite({ email: "zoe@acme.eu" }, { provider: emea })'],
  ["getInvites", "getInvites({}, { provider: emea })"],
];

describe("a function of an organization whose key is known only after `up`, on the real engine", () => {
  const it_ = organizationForEach();
  let emea: Emulator;
  beforeEach(async () => {
    emea = await startEmulator({ apiKey: "hp_emea" });
  });
  afterEach(() => emea.close());

  for (const [name, question] of QUESTIONS)
    it(`${name}: a preview fails and names ${name}Output, rather than leaving out what comes after it`, async () => {
      const { stack } = it_;
      await stack.setProgram(program(emea, `await ${question}`));
      const preview = await stack.preview();
      assert.notEqual(preview.code, 0, preview.printed);
      assert.match(preview.printed, /the configuration of provider "emea" is not known before `pulumi up`/);
      assert.ok(preview.printed.includes(`${name}Output`), preview.printed);
      const summary = preview.printed.slice(preview.printed.indexOf("Diagnostics:"));
      assert.equal(summary.match(/error:/g)?.length, 1, preview.printed);
      assert.doesNotMatch(preview.printed, /\n\s+at /);
      const up = await stack.run("up", "--yes");
      assert.notEqual(up.code, 0, up.printed);
      assert.deepEqual(up.emails, [], "nobody is invited whom no preview has announced");
    });

  it("the Output form leaves its answer for `up`, and announces everybody", async () => {
    const { stack } = it_;
    const question = QUESTIONS[0]?.[1].replace("getInvite", "getInviteOutput") ?? "";
    await stack.setProgram(program(emea, `${question}.apply((one) => one === undefined)`));
    const preview = await stack.preview();
    assert.equal(preview.code, 0, preview.printed);
    assert.match(preview.printed, /\+ .*HeadshotInvite\s+late\s+create/);
    assert.equal((await stack.up()).code, 0);
    const outputs = JSON.parse((await stack.must("stack", "output", "--json")).printed);
    assert.deepEqual(outputs, { answer: true });
  });

  it("a value that is known later is refused where the plain form asks, and its Output form is named", async () => {
    const { stack } = it_;
    await stack.setProgram(`
      getInvite({ email: pulumi.output("ada@acme.com") }).catch((error) => console.log("1: " + error.message));
      getInvites({ teamId: pulumi.output("team_b") }).catch((error) => console.log("2: " + error.message));`);
    const preview = await stack.preview();
    assert.match(preview.printed, /1: getInvite: email is known only later\. Use getInviteOutput\./);
    assert.match(preview.printed, /2: getInvites: teamId is known only later\. Use getInvitesOutput\./);
    assert.deepEqual(preview.requests, []);
  });
});

describe("a program of the Automation API", () => {
  const it_ = organizationForEach();

  it("is not over before the functions that it asked have answered", async () => {
    const { emulator, stack } = it_;
    emulator.inviteByHand({ email: "ada@acme.com" });
    emulator.fault({ on: "list", kind: { delayMs: 1500 } });
    const script = join(stack.project, "inline.js");
    await writeFile(script, INLINE);
    const { stdout } = await promisify(execFile)(process.execPath, [script], {
      cwd: stack.project,
      env: { ...process.env, ...stack.environment() },
    });
    assert.deepEqual(JSON.parse(stdout), { create: 2 }, "the stack and ada");
  });
});

/** Declares whoever is invited already, of which nothing else waits for the answer. */
const INLINE = `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { HeadshotInvite, getInvitesOutput } = require("pulumi-headshotpro");

const program = async () => {
  getInvitesOutput().apply(({ invites }) => invites.map(({ email }) => void new HeadshotInvite(email, { email })));
};

(async () => {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "people", program },
    { workDir: __dirname },
  );
  const { changeSummary } = await stack.preview();
  console.log(JSON.stringify(changeSummary));
})();
`;
