import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { organizationForEach } from "../support/organization";

const LIST = "GET /organization/invites";

describe("getInvite and getInvites on the real engine", () => {
  const organization = organizationForEach();
  let emea: Emulator;
  beforeEach(async () => {
    emea = await startEmulator({ apiKey: "hp_emea" });
  });
  afterEach(() => emea.close());

  const outputs = async () =>
    JSON.parse((await organization.stack.must("stack", "output", "--json")).printed);

  it("tell of people whom nobody declares, of the provider's organization, and come after the resources that they depend on", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "Ada@acme.com", teamId: "team_xyz789" });
    emulator.inviteByHand({ email: "grace@acme.com" });
    emulator.accept("grace@acme.com");
    emulator.inviteByHand({ email: "gone@acme.com" });
    emulator.revokeByHand("gone@acme.com");
    await stack.setProgram(`
      exports.ada = getInvite({ email: " ADA@acme.com " });
      exports.nobody = getInvite({ email: "zoe@acme.eu" }).then((one) => one === undefined);
      exports.everyone = getInvites().then(({ invites }) => invites.map(({ email }) => email));
      exports.accepted = getInvites({ status: "accepted" }).then(({ invites }) => invites[0].email);
      exports.team = getInvitesOutput({ teamId: pulumi.output("team_xyz789") })
        .apply(({ invites }) => invites.map(({ email, teamName, expiresAt }) => [email, teamName, typeof expiresAt]));
      const emea = new Provider("emea", { apiKey: pulumi.secret("hp_emea"), baseUrl: "${emea.url}" });
      const zoe = new HeadshotInvite("zoe", { email: "zoe@acme.eu" }, { provider: emea });
      exports.zoe = getInviteOutput({ email: zoe.email }, { provider: emea }).apply((one) => one?.status);
      exports.all = getInvitesOutput({}, { provider: emea, dependsOn: [zoe] }).apply(({ invites }) => invites.length);`);
    await stack.must("preview");
    assert.deepEqual(emea.requests, [], "nothing is known of somebody who is not invited yet");
    const up = await stack.mustUp();
    assert.deepEqual(await outputs(), {
      ada: { email: "ada@acme.com", status: "pending", teamId: "team_xyz789" },
      nobody: true,
      everyone: ["ada@acme.com", "grace@acme.com"],
      accepted: "grace@acme.com",
      team: [["ada@acme.com", "Marketing", "string"]],
      zoe: "pending",
      all: 1,
    });
    assert.ok(up.requests.filter((line) => line === LIST).length <= 2, up.requests.join("\n"));
    assert.deepEqual(up.emails, []);
  });

  it("fail with one message", async () => {
    const { stack } = organization;
    await stack.setProgram(`
      getInvite({ email: "ada(at)acme.com" }).catch((error) => console.log("refused: " + error.message));
      exports.people = getInvites();`);
    stack.env = { HEADSHOTPRO_API_KEY: "hp_other" };
    const preview = await stack.fails("preview");
    assert.match(
      preview.printed,
      /refused: getInvite: "ada\(at\)acme\.com" is not an e-mail address: it has no @\./,
    );
    assert.match(
      preview.printed,
      /The people of the organization could not be listed: HeadshotPro does not accept the API key/,
    );
    assert.doesNotMatch(preview.printed, /\n\s+at |hp_other/);
  });
});

describe("an answer that depends on resources is never older than they are, on the real engine", () => {
  const organization = organizationForEach();
  const outputs = async () =>
    JSON.parse((await organization.stack.must("stack", "output", "--json")).printed);

  /** What `getInvitesOutput` may come after, and whom it then has to tell of. */
  const CASES: [name: string, resource: string, tells: string[]][] = [
    [
      "a component, and so its children",
      `new HeadshotRoster("people", { members: ["ada@acme.com", "zoe@acme.com"] })`,
      ["ada@acme.com", "zoe@acme.com"],
    ],
    [
      "resources that are known only later",
      `Promise.resolve(new HeadshotInvite("ada", { email: "ada@acme.com" }))`,
      ["ada@acme.com"],
    ],
  ];

  for (const [name, resource, tells] of CASES)
    it(`getInvitesOutput after ${name}, where the program asked before; all who come after it share one list`, async () => {
      const { stack } = organization;
      await stack.setProgram(`
        const { HeadshotProClient } = require("pulumi-headshotpro/client");
        const { listInvites } = HeadshotProClient.prototype;
        let lists = 0;
        HeadshotProClient.prototype.listInvites = function (...args) {
          lists++;
          return listInvites.apply(this, args);
        };
        module.exports = async () => {
          const before = (await getInvites()).invites.length;
          const resource = ${resource};
          const ask = () => getInvitesOutput({}, { dependsOn: [resource] })
            .apply(({ invites }) => invites.map(({ email }) => email));
          const after = pulumi.all([ask(), ask(), ask()]);
          return { before, after, lists: after.apply(() => lists) };
        };`);
      await stack.mustUp();
      assert.deepEqual(await outputs(), { before: 0, after: [tells, tells, tells], lists: 2 });
    });

  it("getInviteOutput, where a list of everyone was at hand", async () => {
    const { stack } = organization;
    const program = (teamId: string) => `
      module.exports = async () => {
        const people = ["ada@acme.com", "b@acme.com", "c@acme.com", "d@acme.com"];
        await Promise.all(people.map((email) => getInvite({ email })));
        const ada = new HeadshotInvite("ada", { email: "ada@acme.com", teamId: "${teamId}" });
        const all = people.map((email) => getInviteOutput({ email }, { dependsOn: [ada] }));
        return { team: all[0].apply((one) => one?.teamId) };
      };`;
    for (const teamId of ["team_xyz789", "team_abc123"]) {
      await stack.upTo(program(teamId));
      assert.deepEqual(await outputs(), { team: teamId });
    }
  });
});

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

describe("a function of an organization whose key is known only after `up`, on the real engine", () => {
  const organization = organizationForEach();
  let emea: Emulator;
  beforeEach(async () => {
    emea = await startEmulator({ apiKey: "hp_emea" });
  });
  afterEach(() => emea.close());

  it("a preview fails and names the Output form, rather than leaving out what comes after it", async () => {
    const { stack } = organization;
    await stack.setProgram(program(emea, 'await getInvite({ email: "zoe@acme.eu" }, { provider: emea })'));
    const preview = await stack.fails("preview");
    assert.match(preview.printed, /the configuration of provider "emea" is not known before `pulumi up`/);
    assert.match(preview.printed, /getInviteOutput/);
    const summary = preview.printed.slice(preview.printed.indexOf("Diagnostics:"));
    assert.equal(summary.match(/error:/g)?.length, 1, preview.printed);
    assert.doesNotMatch(preview.printed, /\n\s+at /);
  });

  it("the Output form leaves its answer for `up`, and announces everybody", async () => {
    const { stack } = organization;
    const question = 'getInviteOutput({ email: "zoe@acme.eu" }, { provider: emea })';
    await stack.setProgram(program(emea, `${question}.apply((one) => one === undefined)`));
    const preview = await stack.must("preview");
    assert.match(preview.printed, /\+ .*HeadshotInvite\s+late\s+create/);
    await stack.mustUp();
    const outputs = JSON.parse((await stack.must("stack", "output", "--json")).printed);
    assert.deepEqual(outputs, { answer: true });
  });

  it("a value that is known later is refused where the plain form asks, and its Output form is named", async () => {
    const { stack } = organization;
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
  const organization = organizationForEach();

  it("is not over before the functions that it asked have answered", async () => {
    const { emulator, stack } = organization;
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
