import { strict as assert } from "node:assert";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { organizationForEach } from "../support/organization";

const LIST = "GET /organization/invites";

describe("getInvite and getInvites on the real engine", () => {
  const it_ = organizationForEach();
  let emea: Emulator;
  beforeEach(async () => {
    emea = await startEmulator({ apiKey: "hp_emea" });
  });
  afterEach(() => emea.close());

  const outputs = async () => JSON.parse((await it_.stack.must("stack", "output", "--json")).printed);

  it("tell of people whom nobody declares, with one request for all of getInvites", async () => {
    const { emulator, stack } = it_;
    emulator.inviteByHand({ email: "Ada@acme.com", teamId: "team_xyz789" });
    emulator.inviteByHand({ email: "grace@acme.com" });
    emulator.accept("grace@acme.com");
    emulator.inviteByHand({ email: "gone@acme.com" });
    emulator.revokeByHand("gone@acme.com");
    await stack.setProgram(`
      exports.ada = getInvite({ email: " ADA@acme.com " });
      exports.nobody = getInvite({ email: "nobody@acme.com" }).then((one) => one === undefined);
      exports.everyone = getInvites().then(({ invites }) => invites.map(({ email }) => email));
      exports.accepted = getInvites({ status: "accepted" }).then(({ invites }) => invites[0].email);
      exports.team = getInvitesOutput({ teamId: pulumi.output("team_xyz789") })
        .apply(({ invites }) => invites.map(({ email, teamName, expiresAt }) => [email, teamName, typeof expiresAt]));`);
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    const { ada, nobody, everyone, accepted, team } = await outputs();
    assert.deepEqual(ada, { email: "ada@acme.com", status: "pending", teamId: "team_xyz789" });
    assert.equal(nobody, true);
    assert.deepEqual(everyone, ["ada@acme.com", "grace@acme.com"]);
    assert.equal(accepted, "grace@acme.com");
    assert.deepEqual(team, [["ada@acme.com", "Marketing", "string"]]);
    assert.ok(up.requests.filter((line) => line === LIST).length <= 2, up.requests.join("\n"));
    assert.deepEqual(up.emails, []);
  });

  it("ask the organization of the provider, and come after the resources that they depend on", async () => {
    const { emulator, stack } = it_;
    await stack.setProgram(`
      const emea = new Provider("emea", { apiKey: pulumi.secret("hp_emea"), baseUrl: "${emea.url}" });
      const zoe = new HeadshotInvite("zoe", { email: "zoe@acme.eu" }, { provider: emea });
      exports.zoe = getInviteOutput({ email: zoe.email }, { provider: emea }).apply((one) => one?.status);
      exports.all = getInvitesOutput({}, { provider: emea, dependsOn: [zoe] }).apply(({ invites }) => invites.length);
      exports.here = getInvite({ email: "zoe@acme.eu" }).then((one) => one === undefined);`);
    const preview = await stack.preview();
    assert.equal(preview.code, 0, preview.printed);
    assert.deepEqual(emea.requests, [], "nothing is known of somebody who is not invited yet");
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual(await outputs(), { zoe: "pending", all: 1, here: true });
    assert.equal(emulator.outbox.length, 0);
  });

  it("fail with one message", async () => {
    const { stack } = it_;
    await stack.setProgram(`
      getInvite({ email: "ada(at)acme.com" }).catch((error) => console.log("refused: " + error.message));
      exports.people = getInvites();`);
    stack.env = { HEADSHOTPRO_API_KEY: "hp_other" };
    const preview = await stack.preview();
    assert.notEqual(preview.code, 0);
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

  it("throw what is not the API's error as it is", async () => {
    const { stack } = it_;
    await stack.setProgram(`
      const path = require("node:path");
      const dist = path.dirname(require.resolve("pulumi-headshotpro"));
      const { Session } = require(path.join(dist, "api/session"));
      Session.prototype.everyone = () => { throw new TypeError("a mistake of ours"); };
      exports.told = getInvites().catch((error) => error.constructor.name + ": " + error.message);`);
    await stack.must("up", "--yes", "--skip-preview");
    assert.deepEqual(await outputs(), { told: "TypeError: a mistake of ours" });
  });
});
