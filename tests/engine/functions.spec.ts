import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { organizationForEach } from "../support/organization";

describe("getInvite and getInvites on the real engine", () => {
  const organization = organizationForEach();
  let emea: Emulator;
  before(async () => {
    emea = await startEmulator({ apiKey: "hp_emea" });
  });
  after(() => emea.close());
  const outputs = async () =>
    JSON.parse((await organization.stack.must("stack", "output", "--json")).printed);

  it("tell of people whom nobody declares, of the provider's organization, and come after the resources that they depend on", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "Ada@acme.com", teamId: "team_xyz789" });
    emulator.inviteByHand({ email: "grace@acme.com" });
    emulator.accept("grace@acme.com");
    await stack.setProgram(`
      exports.ada = getInvite({ email: " ADA@acme.com " });
      exports.nobody = getInvite({ email: "zoe@acme.eu" }).then((one) => one === undefined);
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
      accepted: "grace@acme.com",
      team: [["ada@acme.com", "Marketing", "string"]],
      zoe: "pending",
      all: 1,
    });
    assert.ok(up.requests.filter((line) => line.endsWith("/invites")).length <= 2, up.requests.join("\n"));
    assert.deepEqual(up.emails, []);
  });

  it("that depend on resources are never older than they are, though the program asked before; one list serves all", async () => {
    await organization.stack.upTo(`
      const { HeadshotProClient } = require("pulumi-headshotpro/client");
      const { listInvites } = HeadshotProClient.prototype;
      let lists = 0;
      HeadshotProClient.prototype.listInvites = function (...args) {
        lists++;
        return listInvites.apply(this, args);
      };
      module.exports = async () => {
        const before = (await getInvites()).invites.length;
        const people = new HeadshotRoster("people", { members: ["ada@acme.com", "zoe@acme.com"] });
        const ask = () => getInvitesOutput({}, { dependsOn: [people] })
          .apply(({ invites }) => invites.map(({ email }) => email));
        const after = pulumi.all([ask(), ask()]);
        return { before, after, lists: after.apply(() => lists) };
      };`);
    const tells = ["ada@acme.com", "zoe@acme.com"];
    assert.deepEqual(await outputs(), { before: 0, after: [tells, tells], lists: 2 });
  });

  it("fail with one message", async () => {
    const { stack } = organization;
    await stack.setProgram(`
      getInvite({ email: "ada(at)acme.com" }).catch((error) => console.log("refused: " + error.message));
      getInvite({ email: pulumi.output("ada@acme.com") }).catch((error) => console.log("later: " + error.message));
      exports.people = getInvites();`);
    stack.env = { HEADSHOTPRO_API_KEY: "hp_other" };
    const preview = await stack.fails("preview");
    assert.match(preview.printed, /refused: getInvite: .* it has no @\./);
    assert.match(preview.printed, /later: getInvite: email is known only later\. Use getInviteOutput\./);
    assert.match(preview.printed, /could not be listed: HeadshotPro does not accept the API key/);
    assert.doesNotMatch(preview.printed, /\n\s+at |hp_other/);
  });
});

describe("a function of an organization whose key is known only after `up`, on the real engine", () => {
  const organization = organizationForEach();

  it("a preview fails and names the Output form, rather than leaving out what comes after it", async () => {
    const { emulator, stack } = organization;
    // The key comes from a resource: a preview of the first `up` does not know it.
    await stack.setProgram(`
      module.exports = async () => {
        const boss = new HeadshotInvite("boss", { email: "boss@acme.com" });
        const emea = new Provider("emea", { apiKey: boss.status.apply(() => "${emulator.apiKey}") });
        const answer = await getInvite({ email: "zoe@acme.eu" }, { provider: emea });
        new HeadshotInvite("late", { email: "late@acme.com" });
        return { answer };
      };`);
    const { printed } = await stack.fails("preview");
    assert.match(printed, /the configuration of provider "emea" is not known before .* getInviteOutput/s);
    const summary = printed.slice(printed.indexOf("Diagnostics:"));
    assert.equal(summary.match(/error:/g)?.length, 1, printed);
    assert.doesNotMatch(printed, /\n\s+at /);
  });
});

describe("a program of the Automation API", () => {
  const organization = organizationForEach();

  it("is not over before the functions that it asked have answered, and each run declares anew", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "ada@acme.com" });
    emulator.fault({ on: "list", kind: { delayMs: 1500 } });
    const script = join(stack.project, "inline.js");
    await writeFile(script, INLINE);
    const { stdout } = await promisify(execFile)(process.execPath, [script], {
      cwd: stack.project,
      env: { ...process.env, ...stack.environment() },
    });
    const { creates, sames, refusal } = JSON.parse(stdout);
    assert.deepEqual([creates, sames], [2, 2], "the stack and ada");
    assert.match(refusal, /ada@acme\.com is declared twice/);
  });
});

/** Declares whoever is invited already, of which nothing else waits for the answer; then somebody twice. */
const INLINE = `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { HeadshotInvite, getInvitesOutput } = require("pulumi-headshotpro");

const once = async () => {
  getInvitesOutput().apply(({ invites }) => invites.map(({ email }) => void new HeadshotInvite(email, { email })));
};
const twice = async () => {
  for (const name of ["a", "b"]) new HeadshotInvite(name, { email: "ada@acme.com" });
};

(async () => {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "people", program: once },
    { workDir: __dirname },
  );
  const { create: creates } = (await stack.up()).summary.resourceChanges;
  const { same: sames } = (await stack.up()).summary.resourceChanges;
  const refusal = await stack.preview({ program: twice }).then(() => "", (error) => error.message);
  console.log(JSON.stringify({ creates, sames, refusal }));
})();
`;
