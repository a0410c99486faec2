import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { organizationForAll } from "../support/organization";
import { Reader } from "../support/reader";
import type { Outcome } from "../support/stack";

const AUTOMATION = resolve(__dirname, "../../examples/automation");

const ADA = "ada@acme.com";
const GRACE = "grace@acme.com";
const LINUS = "linus@acme.com";

interface Example {
  /** Who is there before. */
  others?: string[];
  invites: string[];
  /** What the first `up` prints. */
  says?: RegExp;
  output: unknown;
  /** Teams that it makes, and deletes again. */
  makes?: string[];
  /** The names of teams by the people in them. */
  teams?: Record<string, string>;
  stay?: string[];
}
const sorted = (value: unknown) => (Array.isArray(value) ? value.sort() : value);
const revokes = ({ requests }: Outcome) => requests.filter((line) => line.endsWith("/revoke")).length;

describe("the examples do what their README says, on the real engine", () => {
  let reader: Reader;
  const start = async (example: string) => {
    reader = await Reader.of(example);
    return reader;
  };
  afterEach(() => reader.close());

  /** Whom an example invites, what its output says of them, and who is still invited after its `destroy`. */
  const EXAMPLES: Record<string, Example> = {
    "one-person": { invites: [ADA], output: "pending" },
    team: {
      invites: [ADA, GRACE, LINUS],
      output: { [ADA]: "pending", [GRACE]: "pending", [LINUS]: "pending" },
      teams: { [ADA]: "Marketing", [GRACE]: "Marketing", [LINUS]: "Marketing" },
    },
    quickstart: { invites: [ADA, GRACE], output: { [ADA]: "pending", [GRACE]: "pending" } },
    roster: {
      others: ["somebody.else@acme.com"],
      invites: [ADA, GRACE, LINUS],
      says: /1 person starts later: hedy@acme\.com \(2030-01-07\)[\s\S]*1 person is invited to the organization, but not declared here: somebody\.else@acme\.com/,
      makes: ["Design"],
      teams: { [ADA]: "Marketing", [GRACE]: "Design" },
      output: { pending: 3, startsLater: 1 },
      stay: ["somebody.else@acme.com"],
    },
    component: { invites: [ADA, GRACE, LINUS], output: [ADA, GRACE, LINUS], stay: [GRACE] },
    "identity-provider": {
      invites: [ADA, GRACE, LINUS, "zoe@acme.com"],
      says: /columns ignored: id, displayName, objectType/,
      output: { engineering: { pending: 2 }, marketing: { pending: 2 } },
      teams: { [LINUS]: "Engineering", [GRACE]: "Marketing" },
    },
  };
  for (const [name, example] of Object.entries(EXAMPLES))
    it(`${name}: invited, told of, revoked`, async () => {
      const { others = [], invites, says = /./, output, makes = [], teams = {}, stay = [] } = example;
      const { emulator, stack } = await start(name);
      stack.env = { ...stack.env, HEADSHOTPRO_TODAY: "2026-11-30" };
      const before = Object.values(emulator.teams);
      for (const email of others) emulator.inviteByHand({ email });
      const up = await reader.follow("up");
      assert.deepEqual([...up.emails].sort(), invites);
      const posts = up.requests.filter((line) => line.startsWith("POST"));
      const expected = [...makes.map(() => "teams"), ...invites.map(() => "invites")];
      assert.deepEqual(
        posts,
        expected.map((what) => `POST /organization/${what}`),
      );
      assert.deepEqual(Object.values(emulator.teams), [...before, ...makes]);
      assert.match(up.printed, says);
      for (const [email, team] of Object.entries(teams))
        assert.equal(emulator.teams[emulator.invite(email)?.teamId ?? ""], team);
      const { printed } = await reader.follow("stack output");
      if (typeof output === "string") assert.equal(printed.trim(), output);
      else assert.deepEqual(sorted(JSON.parse(printed)), output);
      if (name === "one-person") {
        emulator.accept(ADA);
        assert.deepEqual((await reader.follow("up --refresh")).emails, []);
        assert.match((await reader.follow("stack output")).printed, /^accepted$/m);
      }
      await reader.follow("destroy");
      const left = Object.entries(reader.statuses()).filter(([, status]) => status !== "revoked");
      assert.deepEqual(
        left.map(([email]) => email),
        stay,
      );
      assert.deepEqual(Object.values(emulator.teams), before);
      await reader.end();
    });

  it("adopt: nobody is e-mailed, and nobody with headshots is revoked", async () => {
    const { emulator, stack } = await start("adopt");
    for (const email of [ADA, GRACE, LINUS]) emulator.inviteByHand({ email });
    for (const email of [GRACE, LINUS]) emulator.setStatus(email, "completed");

    assert.deepEqual((await reader.follow("up")).emails, []);
    const { printed } = await reader.follow("stack output");
    assert.deepEqual(JSON.parse(printed), { ada: true, grace: true, linus: true });
    // As a user types it, with the preview: that refuses the whole.
    const refused = await stack.run("destroy", "--yes");
    assert.deepEqual([refused.code === 0, refused.requests], [false, []], "grace is protected");
    assert.equal(revokes(await reader.follow("destroy")), 1);
    assert.deepEqual((await reader.follow("state delete")).requests, []);
    assert.deepEqual(reader.statuses(), { [ADA]: "revoked", [GRACE]: "completed", [LINUS]: "completed" });
    await reader.end();
  });

  it("organizations: each person at the organization of the key, and at no other", async () => {
    const { emulator, stack } = await start("organizations");
    const apac = await startEmulator({ apiKey: "hp_apac" });
    try {
      stack.env.HEADSHOTPRO_APAC_KEY = apac.apiKey;
      // At the vendor, the key alone tells the organization; here, each is an emulator of its own.
      const program = resolve(stack.project, "index.ts");
      const variable = 'apiKeyEnv: "HEADSHOTPRO_APAC_KEY"';
      const text = readFileSync(program, "utf8").replace(variable, `${variable}, baseUrl: "${apac.url}"`);
      writeFileSync(program, text);
      const up = await reader.follow("up");
      assert.deepEqual([up.emails, apac.outbox.map(({ to }) => to)], [["zoe@acme.eu"], ["ken@acme.jp"]]);
      const { printed } = await reader.follow("stack output");
      assert.deepEqual(JSON.parse(printed), ["zoe@acme.eu"]);
      assert.equal(revokes(await reader.follow("destroy")), 1);
      assert.equal(apac.invite("ken@acme.jp")?.status, "revoked");
      assert.equal(emulator.invite("ken@acme.jp"), undefined);
      await reader.end();
    } finally {
      await apac.close();
    }
  });
});

describe("examples/automation, on the real engine", () => {
  const organization = organizationForAll({ language: "typescript", project: AUTOMATION });

  /** As cron does it: in another folder. */
  const sync = () =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((done) => {
      const { stack } = organization;
      const project = join(stack.project, "tsconfig.json");
      const env = {
        ...{ ...process.env, ...stack.environment(), STACK: stack.name },
        TS_NODE_PROJECT: project,
      };
      const compiler = require.resolve("ts-node/register/transpile-only");
      const args = ["--require", compiler, join(stack.project, "sync.ts")];
      execFile(process.execPath, args, { cwd: tmpdir(), env }, (error, stdout, stderr) =>
        done({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
  const roster = (...people: string[]) =>
    writeFile(join(organization.stack.project, "people.csv"), `email\n${people.join("\n")}\n`);

  it("invites the roster, and says what changed and where people stand", async () => {
    const { code, stdout, stderr } = await sync();
    assert.equal(code, 0, stderr);
    // Three people, the roster and the stack itself.
    assert.deepEqual(JSON.parse(stdout), { changes: { create: 5 }, people: { pending: 3 } });
    assert.equal(organization.emulator.outbox.length, 3);
  });

  it("stops if more people would leave than may", async () => {
    await roster("new@acme.com", "newer@acme.com");
    process.env.MAY_LEAVE = "1";
    const { code, stderr } = await sync();
    delete process.env.MAY_LEAVE;
    assert.equal(code, 1);
    assert.match(stderr, /3 people would lose their invites, more than 1\. Look at people\.csv\./);
    assert.equal(organization.emulator.outbox.length, 3);
  });
});
