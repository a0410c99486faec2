import { strict as assert } from "node:assert";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { differences, type Expected, leftovers, type Seen } from "../../demo/expectation";
import { NotAsExpected, play } from "../../demo/play";
import { Print, wantsColour } from "../../demo/print";
import { relevantLines } from "../../demo/pulumi";
import { Stage } from "../../demo/stage";
import { everybodyInvited, STEPS } from "../../demo/steps";

const ROOT = resolve(__dirname, "../..");
const PEOPLE = ["ada@acme.com", "grace@acme.com", "linus@acme.com", "zoe@acme.com"];

/** The demo as `npm run demo` starts it after the setup, piped, with a temporary folder of its own. */
function startDemo(temporary: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ["--require", "ts-node/register", "demo/run.ts"], {
    cwd: ROOT,
    // ts-node keeps a cache for all its users there, which is none of the demo's files.
    env: {
      ...process.env,
      TMPDIR: temporary,
      DISABLE_V8_COMPILE_CACHE: "1",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (output.stdout += data));
  child.stderr.on("data", (data) => (output.stderr += data));
  const ended = new Promise<number | null>((done) => child.on("close", (code) => done(code)));
  return { child, output, ended };
}

function printed({ stdout }: ChildProcess, text: string): Promise<void> {
  return new Promise((done) => stdout?.on("data", (data) => String(data).includes(text) && done()));
}

/** Every file where a Pulumi command could leave one in the repository. */
async function filesOfTheRepository(): Promise<string[]> {
  const [top, examples] = await Promise.all([
    readdir(ROOT),
    readdir(join(ROOT, "examples"), { recursive: true }),
  ]);
  return [...top, ...examples].sort();
}

describe("the demo, on the real engine", () => {
  let temporary: string;

  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), "demo-spec-"));
  });
  afterEach(() => rm(temporary, { recursive: true, force: true }));

  it("ends 0, e-mails the people who were invited, and leaves nothing behind", async () => {
    const before = await filesOfTheRepository();
    // The user's own settings have no say in it.
    const own = {
      HEADSHOTPRO_FORCE_DESTROY: "true",
      HEADSHOTPRO_API_KEY: "hp_real_key",
      PULUMI_STACK: "prod",
    };
    const demo = startDemo(temporary, own);
    assert.equal(await demo.ended, 0, demo.output.stdout + demo.output.stderr);
    const { stdout, stderr } = demo.output;
    assert.equal(stderr, "");

    const table = [...stdout.matchAll(/^ +(\S+@\S+) +(\d+) +step (\d) +(\w+)$/gm)];
    assert.deepEqual(
      table.map(([, email, emails, , status]) => [email, emails, status]),
      PEOPLE.map((email) => [email, "1", "revoked"]),
    );
    const emails = [...stdout.matchAll(/^ +e-mail +│ (.*)$/gm)].flatMap(([, list]) => list?.split(", "));
    assert.deepEqual(emails.sort(), PEOPLE);
    const steps = [...stdout.matchAll(/^(\d) {2}\S.* ─+$/gm)].map(([, number]) => number);
    assert.deepEqual(steps, ["1", "2", "3", "4", "5", "6", "7", "8"]);
    assert.equal(stdout.match(/✔ as it should be/g)?.length, 8);

    assert.ok(!stdout.includes("\u001b"), "no colour in a pipe");
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80, `${line.length} columns: ${line}`);
    assert.deepEqual(await readdir(temporary), []);
    assert.deepEqual(await filesOfTheRepository(), before);
  });

  it("stops on Ctrl-C in the middle of an up, and leaves nothing behind", async () => {
    const before = await filesOfTheRepository();
    const demo = startDemo(temporary);
    await printed(demo.child, "$ pulumi up");
    await new Promise((done) => setTimeout(done, 1500));
    demo.child.kill("SIGINT");
    assert.equal(await demo.ended, 130);
    assert.match(demo.output.stderr, /^\nInterrupted: [^\n]*\n$/);
    assert.deepEqual(await readdir(temporary), []);
    assert.deepEqual(await filesOfTheRepository(), before);
  });

  it("ends 1 with one line if it cannot start", async () => {
    const demo = startDemo(join(temporary, "not-there"));
    assert.equal(await demo.ended, 1);
    assert.match(demo.output.stderr, /^\n✖ ENOENT: no such file or directory[^\n]*not-there[^\n]*\n$/);
  });

  it("stops at the step that is not as it should be, and says what is wrong", async () => {
    const stage = await Stage.open(new AbortController().signal);
    try {
      // Adopted instead of invited: the demo then has an e-mail too few.
      stage.emulator.inviteByHand({ email: "ada@acme.com" });
      const print = new Print({ write: () => undefined, colour: false });
      const failure = await play(stage, STEPS, print).then(
        () => assert.fail("it went through"),
        (error: Error) => error,
      );
      assert.ok(failure instanceof NotAsExpected, failure.stack);
      assert.match(failure.message, /^Step 1 \(Three people are invited\) is not as it should be:\n/);
      assert.match(
        failure.message,
        /e-mails: expected ada@acme.com, grace@acme.com, linus@acme.com; saw grace@acme.com, linus@acme.com/,
      );
      assert.match(failure.message, /requests: expected at most 3; saw \d/);
      assert.match(failure.printed, /ada@acme.com was already invited/);
    } finally {
      await stage.close();
    }
  });
});

describe("what the demo checks", () => {
  const expected: Expected = {
    changes: ["revoke ada@acme.com"],
    maxRequests: 2,
    emails: ["zoe@acme.com"],
    people: { "ada@acme.com": "revoked" },
    state: {},
    printed: /deleted/,
  };
  const get = { method: "GET", path: "/organization/invites/ada@acme.com", verb: "get" };
  const revoke = {
    method: "POST",
    path: "/organization/invites/revoke",
    verb: "revoke",
    email: "ada@acme.com",
  };
  const seen: Seen = {
    code: 0,
    printed: "1 deleted",
    requests: [get, revoke],
    emails: ["zoe@acme.com"],
    people: { "ada@acme.com": "revoked" },
    state: {},
  };

  it("is content with what was expected", () => {
    assert.deepEqual(differences(expected, seen), []);
    assert.deepEqual(differences({ ...expected, refused: true }, { ...seen, code: 255 }), []);
  });

  const wrong: [string, Partial<Seen>, RegExp][] = [
    ["a failure", { code: 255 }, /^pulumi ended 255; expected 0$/],
    ["a request too many", { requests: [get, get, revoke] }, /^requests: expected at most 2; saw 3: GET /],
    ["a change that was not made", { requests: [get] }, /^changes at the API: .*; saw none$/],
    ["a second e-mail", { emails: ["zoe@acme.com", "zoe@acme.com"] }, /^e-mails: .*; saw zoe.*, zoe/],
    [
      "another status",
      { people: { "ada@acme.com": "pending" } },
      /^people at the API: .* ada@acme.com pending$/,
    ],
    [
      "somebody in the state",
      { state: { "ada@acme.com": "pending" } },
      /^people in the state: expected none;/,
    ],
    ["silence", { printed: "" }, /^pulumi did not print /],
  ];
  for (const [name, change, message] of wrong)
    it(`sees ${name}`, () => {
      const found = differences(expected, { ...seen, ...change });
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", message);
    });

  it("sees a command that should have been refused", () => {
    assert.deepEqual(differences({ ...expected, refused: true }, seen), [
      "pulumi ended 0; expected a refusal",
    ]);
  });

  it("sees who was e-mailed twice, not at all or unasked, and who is left", () => {
    const found = leftovers(
      ["ada@acme.com", "grace@acme.com"],
      ["ada@acme.com", "ada@acme.com", "zoe@acme.com"],
      { "ada@acme.com": "revoked", "zoe@acme.com": "pending" },
    );
    assert.deepEqual(found, [
      "ada@acme.com was invited 1 ×, and e-mailed 2 ×",
      "grace@acme.com was invited 1 ×, and e-mailed 0 ×",
      "zoe@acme.com was invited 0 ×, and e-mailed 1 ×",
      "zoe@acme.com is left at the API: pending",
    ]);
  });

  it("counts a person once, however often and in whatever spelling they are on the list", () => {
    assert.deepEqual(everybodyInvited(STEPS), PEOPLE);
  });
});

describe("how the demo prints", () => {
  it("colours for a terminal only, and never against NO_COLOR", () => {
    assert.equal(wantsColour({ isTTY: true }, {}), true);
    assert.equal(wantsColour({ isTTY: true }, { NO_COLOR: "1" }), false);
    assert.equal(wantsColour({ isTTY: true }, { TERM: "dumb" }), false);
    assert.equal(wantsColour({}, {}), false);
  });

  it("puts the codes around whole lines, so that colour changes no width", () => {
    const lines: string[] = [];
    for (const colour of [false, true]) {
      const print = new Print({ write: (text) => lines.push(text), colour });
      print.lines("pulumi", [`error: ${"word ".repeat(30).trim()}`]);
    }
    const [plain, coloured] = [lines.slice(0, lines.length / 2), lines.slice(lines.length / 2)];
    assert.notDeepEqual(coloured, plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes begin with one.
    const stripped = coloured.map((line) => line.replace(/\u001b\[\d+m/g, ""));
    assert.deepEqual(stripped, plain);
  });

  it("leaves out of pulumi's output what is said twice, or says nothing", () => {
    const type = "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite";
    const lines = relevantLines(
      [
        "Updating (demo):",
        "@ updating....",
        ` +  ${type} zoe@acme.com creating (0s) `,
        ` +  ${type} zoe@acme.com created (0.03s) `,
        ` -  ${type} ada@acme.com **deleting failed** error: ada@acme.com has headshots`,
        "    pulumi:pulumi:Stack headshotpro-demo-demo **failed** 1 error",
        "Diagnostics:",
        "  pulumi:pulumi:Stack (headshotpro-demo-demo):",
        "    error: update failed",
        "",
        `  ${type} (ada@acme.com):`,
        "    error: ada@acme.com has headshots",
        "",
        "Outputs:",
        "    status: {",
        "Resources:",
        "    + 1 created",
        "    2 changes. 3 unchanged",
        "",
        "Duration: 4s",
        "",
      ].join("\n"),
    );
    assert.deepEqual(lines, [
      "+ zoe@acme.com created",
      "- ada@acme.com deleting failed",
      "error: ada@acme.com has headshots",
      "Resources: + 1 created, 3 unchanged",
    ]);
  });
});
