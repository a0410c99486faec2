import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { Reader } from "../support/reader";
import { type Outcome, TestStack } from "../support/stack";

const AUTOMATION = resolve(__dirname, "../../examples/automation");

const ADA = "ada@acme.com";
const GRACE = "grace@acme.com";
const LINUS = "linus@acme.com";

/** Each is one request, and one asks whose organization it is. */
const invited = (times: number) => ["GET /organization", ...Array(times).fill("POST /organization/invites")];
const revokes = ({ requests }: Outcome) => requests.filter((line) => line.endsWith("/revoke")).length;

describe("the examples do what their README says, on the real engine", () => {
  let reader: Reader;
  const start = async (example: string) => {
    reader = await Reader.of(example);
    return reader;
  };
  afterEach(() => reader.close());

  it("one-person: invited, followed, revoked", async () => {
    const { emulator } = await start("one-person");
    const up = await reader.follow("up");
    assert.deepEqual(up.emails, [ADA]);
    assert.deepEqual(up.requests, invited(1));
    assert.match((await reader.follow("stack output")).printed, /^pending$/m);
    await reader.stack.expectSettled();

    emulator.accept(ADA);
    assert.deepEqual((await reader.follow("up --refresh")).emails, []);
    assert.match((await reader.follow("stack output")).printed, /^accepted$/m);

    assert.equal(revokes(await reader.follow("destroy")), 1);
    assert.deepEqual(reader.statuses(), { [ADA]: "revoked" });
    await reader.end();
  });

  it("team: three people in the team of the configuration", async () => {
    const { emulator } = await start("team");
    assert.deepEqual(
      (await reader.follow("preview")).requests,
      ["GET /organization"],
      "whether there is the team",
    );
    const up = await reader.follow("up");
    assert.deepEqual([...up.emails].sort(), [ADA, GRACE, LINUS]);
    assert.deepEqual(up.requests, invited(3));
    assert.deepEqual(new Set(emulator.invites().map(({ teamId }) => teamId)), new Set(["team_xyz789"]));
    const { printed } = await reader.follow("stack output");
    assert.deepEqual(JSON.parse(printed), { [ADA]: "pending", [GRACE]: "pending", [LINUS]: "pending" });
    await reader.stack.expectSettled();

    assert.equal(revokes(await reader.follow("destroy")), 3);
    assert.deepEqual(reader.statuses(), { [ADA]: "revoked", [GRACE]: "revoked", [LINUS]: "revoked" });
    await reader.end();
  });

  it("quickstart: the people of the configuration", async () => {
    await start("quickstart");
    const up = await reader.follow("up");
    assert.deepEqual([...up.emails].sort(), [ADA, GRACE]);
    assert.deepEqual(up.requests, invited(2));
    const { printed } = await reader.follow("stack output");
    assert.deepEqual(JSON.parse(printed), { [ADA]: "pending", [GRACE]: "pending" });
    await reader.stack.expectSettled();

    assert.equal(revokes(await reader.follow("destroy")), 2);
    assert.deepEqual(reader.statuses(), { [ADA]: "revoked", [GRACE]: "revoked" });
    await reader.end();
  });

  it("adopt: nobody is e-mailed, and nobody with headshots is revoked", async () => {
    const { emulator, stack } = await start("adopt");
    for (const email of [ADA, GRACE, LINUS]) emulator.inviteByHand({ email });
    for (const email of [GRACE, LINUS]) emulator.setStatus(email, "completed");

    const up = await reader.follow("up");
    assert.deepEqual(up.emails, []);
    for (const email of [ADA, GRACE, LINUS])
      assert.match(
        up.printed,
        new RegExp(`${email} was already invited \\(\\w+\\): adopted, no e-mail sent`),
      );
    const { printed } = await reader.follow("stack output");
    assert.deepEqual(JSON.parse(printed), { ada: true, grace: true, linus: true });
    await reader.stack.expectSettled();

    const refused = await stack.run("destroy", "--yes");
    assert.notEqual(refused.code, 0, "grace is protected");
    assert.deepEqual(refused.requests, []);

    const destroy = await reader.follow("destroy");
    assert.deepEqual(destroy.requests, [
      "GET /organization/invites/ada@acme.com",
      "POST /organization/invites/revoke",
    ]);
    assert.deepEqual((await reader.follow("state delete")).requests, []);
    assert.deepEqual(reader.statuses(), { [ADA]: "revoked", [GRACE]: "completed", [LINUS]: "completed" });
    await reader.end();
  });

  it("roster: everyone in the spreadsheet, and who is there without being in it", async () => {
    const { emulator } = await start("roster");
    emulator.inviteByHand({ email: "somebody.else@acme.com" });
    assert.equal((await reader.follow("preview")).code, 0);
    const up = await reader.follow("up");
    assert.equal(new Set(up.emails).size, 3);
    assert.match(
      up.printed,
      /1 person is invited to the organization, but not declared here: somebody\.else@acme\.com/,
    );
    const { printed } = await reader.follow("stack output");
    assert.deepEqual(JSON.parse(printed), { pending: 3 });

    assert.equal(revokes(await reader.follow("destroy")), 3);
    assert.equal(reader.statuses()["somebody.else@acme.com"], "pending");
    await reader.end();
  });

  it("component: the head of the department stays", async () => {
    await start("component");
    const up = await reader.follow("up");
    assert.deepEqual([...up.emails].sort(), [ADA, GRACE, LINUS]);
    const { printed } = await reader.follow("stack output");
    assert.deepEqual(JSON.parse(printed).sort(), [ADA, GRACE, LINUS]);

    assert.equal(revokes(await reader.follow("destroy")), 2);
    assert.deepEqual(reader.statuses(), { [ADA]: "revoked", [GRACE]: "pending", [LINUS]: "revoked" });
    await reader.end();
  });

  it("identity-provider: people from the exports of Entra and Okta, each in the group's team", async () => {
    const { emulator } = await start("identity-provider");
    const up = await reader.follow("up");
    assert.deepEqual([...up.emails].sort(), [ADA, GRACE, LINUS, "zoe@acme.com"]);
    assert.match(up.printed, /columns ignored: id, displayName, objectType/);
    assert.equal(emulator.invite(LINUS)?.teamId, "team_abc123");
    assert.equal(emulator.invite(GRACE)?.teamId, "team_xyz789");
    const { printed } = await reader.follow("stack output");
    assert.deepEqual(JSON.parse(printed), { engineering: { pending: 2 }, marketing: { pending: 2 } });

    assert.equal(revokes(await reader.follow("destroy")), 4);
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
  let emulator: Emulator;
  let stack: TestStack;
  before(async () => {
    emulator = await startEmulator();
    stack = await TestStack.create(emulator, { project: AUTOMATION });
  });
  after(async () => {
    await stack.remove();
    await emulator.close();
  });

  /** As cron does it: in another folder. */
  const sync = () =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((done) => {
      const env = { ...process.env, ...stack.environment(), STACK: stack.name };
      const compiler = require.resolve("ts-node/register/transpile-only");
      const args = ["--require", compiler, join(stack.project, "sync.ts")];
      execFile(process.execPath, args, { cwd: tmpdir(), env }, (error, stdout, stderr) =>
        done({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
  const roster = (...people: string[]) =>
    writeFile(join(stack.project, "people.csv"), `email\n${people.join("\n")}\n`);

  it("invites the roster, and says what changed and where people stand", async () => {
    const { code, stdout, stderr } = await sync();
    assert.equal(code, 0, stderr);
    // Three people, the roster and the stack itself.
    assert.deepEqual(JSON.parse(stdout), { changes: { create: 5 }, people: { pending: 3 } });
    assert.equal(emulator.outbox.length, 3);
  });

  it("stops if more people would leave than may", async () => {
    await roster("new@acme.com", "newer@acme.com");
    process.env.MAY_LEAVE = "1";
    const { code, stderr } = await sync();
    delete process.env.MAY_LEAVE;
    assert.equal(code, 1);
    assert.match(stderr, /3 people would lose their invites, more than 1\. Look at people\.csv\./);
    assert.equal(emulator.outbox.length, 3);
  });
});
