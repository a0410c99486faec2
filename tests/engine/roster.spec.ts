import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { ODD_ROSTER } from "../support/constants";
import { organizationForEach } from "../support/organization";

const ROSTER = 'exports.summary = new HeadshotRoster("people", { file: "people.csv" }).summary;';
const NAMES = ["ada", "bob", "cleo", "dora", "zoe"];
const PEOPLE = NAMES.map((name) => `${name}@acme.com`);

describe("a roster, on the real engine", () => {
  const organization = organizationForEach();
  let elsewhere: Emulator;
  beforeEach(async () => {
    elsewhere = await startEmulator({ apiKey: "hp_other_key" });
  });
  afterEach(() => elsewhere.close());
  const write = (text: string) => writeFile(join(organization.stack.project, "people.csv"), text);

  it("is invited once; order and spelling change nothing; a removed row is one revoke", async () => {
    const { stack } = organization;
    await stack.setProgram(ROSTER);
    await write(`email,Name\n${PEOPLE.map((email) => `${email},Name\n`).join("")}`);
    const up = await stack.mustUp();
    assert.deepEqual(up.requests, ["GET /organization", ...Array(5).fill("POST /organization/invites")]);
    assert.deepEqual([...up.emails].sort(), PEOPLE);
    assert.match(up.printed, /people\.csv: columns ignored: Name/);
    assert.match(up.printed, /pending: 5/);
    assert.match(up.printed, /^ +5 people will be e-mailed$/m);

    const rows = [...PEOPLE].reverse().map((email) => `x;;"${email.toUpperCase()}"\r\n`);
    await write(`\uFEFFName;team id;E-Mail\r\n${rows.join("\r\n")}`);
    const same = await stack.preview();
    assert.doesNotMatch(same.printed, /e-mailed/);
    await stack.expectSettled();

    await write(`E-Mail\r\n${PEOPLE.slice(1).join("\n")}`);
    const removed = await stack.mustUp();
    assert.match(removed.printed, /^ +nobody will be e-mailed, 1 loses their invite$/m);
    assert.deepEqual(removed.requests, [
      "GET /organization/invites/ada@acme.com",
      "POST /organization/invites/revoke",
    ]);
  });

  it("is refused as a whole, in one error with all lines and without stack frames", async () => {
    const { stack } = organization;
    const preview = async () => {
      const { printed, requests } = await stack.fails("preview");
      assert.deepEqual(requests, []);
      const summary = printed.slice(printed.indexOf("Diagnostics:"));
      assert.equal(summary.match(/error:/g)?.length, 1, printed);
      assert.doesNotMatch(printed, /\n\s+at |Error:|serializing/);
      return summary;
    };
    await stack.setProgram(ROSTER);
    await write("Name,E-mail\nAda,ada@acme.com\nZoe,zoe(at)acme.com\nBob,\nAda,Ada@acme.com\n");
    const bad = await preview();
    assert.ok(
      bad.includes(
        [
          'error: The roster "people" has 3 problems; nobody in it is invited or revoked:',
          '      people.csv:3  E-mail  "zoe(at)acme.com" is not an e-mail address: it has no @',
          "      people.csv:4  E-mail  it is missing",
          "      people.csv:5  E-mail  ada@acme.com is in people.csv:2 already",
        ].join("\n"),
      ),
      bad,
    );
    await write(ODD_ROSTER.text);
    const odd = await preview();
    for (const line of ODD_ROSTER.lines) assert.ok(odd.includes(line), odd);
    await write("Name,E-mail\n");
    assert.match(await preview(), /error: The roster "people" cannot be read: people\.csv +nobody is in it/);
    await write("E-mail\nada@acme.com\n");
    await stack.setProgram('new HeadshotRoster("people", { file: "people.csv", unmanged: "fail" });');
    assert.match(
      await preview(),
      /cannot be read: there is no property "unmanged"; did you mean "unmanaged"\?/,
    );
    await stack.setProgram(`${ROSTER} new HeadshotInvite("a", { email: "ADA@acme.com" });`);
    assert.match(
      await preview(),
      /error: ada@acme\.com is declared twice, by the roster "people" \(people\.csv:2\) and by "a"\./,
    );
  });

  it("takes over stand-alone people, and a renamed roster keeps everybody", async () => {
    const { emulator, stack } = organization;
    await stack.setProgram(`
      new HeadshotInvite("ada", { email: "ada@acme.com" });
      new HeadshotInvite("zoe", { email: "zoe@acme.com" });`);
    await stack.mustUp();
    // Somebody with headshots is not taken over without being told; the alias keeps their state.
    emulator.setStatus("ada@acme.com", "completed");
    await write("email\nada@acme.com\nzoe@acme.com\n");
    const moved = await stack.upTo(
      'new HeadshotRoster("people", { file: "people.csv", aliases: { "Ada@acme.com": "ada" } });',
    );
    assert.deepEqual(moved.emails, []);
    const writes = moved.requests.filter((line) => line.startsWith("POST"));
    assert.deepEqual(
      writes,
      ["POST /organization/invites"],
      "zoe's, which the API refuses: the invite is adopted",
    );
    assert.deepEqual(
      new Set(emulator.invites().map(({ status }) => status)),
      new Set(["completed", "pending"]),
    );

    const renamed = await stack.upTo(
      'new HeadshotRoster("staff", { file: "people.csv" }, { aliases: [{ name: "people" }] });',
    );
    assert.deepEqual(renamed.requests, []);
    const { resources } = await stack.export();
    assert.deepEqual(resources.map(({ urn }) => urn.split("::").at(-1)).sort(), [
      "staff",
      "staff/ada@acme.com",
      "staff/zoe@acme.com",
    ]);

    const urn = resources.find(({ id }) => id === "ada@acme.com")?.urn;
    await stack.setProgram(`
      new HeadshotRoster("staff", { members: ["zoe@acme.com"] });
      new HeadshotRoster("board", { members: ["ada@acme.com"], aliases: { "ada@acme.com": ${JSON.stringify(urn)} } });`);
    const ofAnother = await stack.mustUp();
    assert.deepEqual(
      ofAnother.requests,
      [],
      "with headshots, without adopt: only the URN tells that ada was here",
    );
  });

  it("takes values that are known later, and one person in each of two organizations", async () => {
    const { stack } = organization;
    stack.env = { OTHER_KEY: elsewhere.apiKey };
    await stack.setProgram(`
      const here = new HeadshotRoster("here", {
        members: ["ada@acme.com", { email: "zoe@acme.com", teamId: pulumi.output("team_abc123") }],
        defaults: { teamId: pulumi.output("team_xyz789") },
      });
      const other = new Provider("other", { apiKeyEnv: "OTHER_KEY", baseUrl: "${elsewhere.url}" });
      new HeadshotRoster("there", { members: ["ada@acme.com"] }, { provider: other });
      exports.teams = Object.values(here.invites).map(({ teamId }) => teamId);`);
    const up = await stack.mustUp();
    assert.deepEqual([...up.emails].sort(), ["ada@acme.com", "zoe@acme.com"]);
    assert.deepEqual(up.requests, ["GET /organization", ...Array(2).fill("POST /organization/invites")]);
    assert.deepEqual(
      elsewhere.outbox.map(({ to }) => to),
      ["ada@acme.com"],
    );
    const { resources, text } = await stack.export();
    const everything: { urn: string; provider?: string }[] = JSON.parse(text).deployment.resources;
    const providers = (roster: string) =>
      everything.filter(({ urn }) => urn.includes(`::${roster}/`)).map(({ provider }) => provider);
    assert.equal(new Set(providers("here")).size, 1);
    assert.match(providers("there")[0] ?? "", /::other::/);
    const zoe = resources.find(({ id }) => id === "zoe@acme.com");
    assert.equal(zoe?.outputs.teamId, "team_abc123");
  });

  describe("with `unmanaged`", () => {
    const MESSAGE = "1 person is invited to the organization, but not declared here: hand@acme.com.";
    const roster = (mode: string, more = 'file: "people.csv"') =>
      `new HeadshotRoster("people", { ${more}, unmanaged: "${mode}" });`;

    it("tells of people whom nobody declares, but not of those who are just being removed", async () => {
      const { emulator, stack } = organization;
      await write("email\nada@acme.com\nzoe@acme.com\n");
      await stack.upTo(ROSTER);
      for (const email of ["hand@acme.com", "late@acme.com"]) emulator.inviteByHand({ email });
      await write("email\nada@acme.com\n");
      for (const [mode, kind] of [
        ["warn", "warning: "],
        ["fail", "has a problem: "],
      ] as const) {
        await stack.setProgram(`${roster(mode)}
          const later = new Promise((resolve) => setTimeout(resolve, 300, "late@acme.com"));
          module.exports = later.then((email) => { new HeadshotInvite("late", { email }); });`);
        const { code, printed, requests } = await stack.preview();
        assert.equal(code === 0, mode === "warn", printed);
        assert.ok(printed.includes(kind + MESSAGE), printed);
        assert.deepEqual(requests, ["GET /organization/invites"]);
        assert.doesNotMatch(printed, /\n\s+at |Error:|serializing/);
      }
    });

    it("fail: a list with a row that cannot be read does not pass", async () => {
      const { emulator, stack } = organization;
      emulator.fault({ on: "list", kind: "unreadable-rows" });
      await stack.setProgram(roster("fail", "members: [], allowEmpty: true"));
      const { printed } = await stack.fails("preview");
      assert.match(
        printed,
        /has a problem: 1 row of HeadshotPro's list of people cannot be read, so whether/,
      );
    });

    it("fail: a program that fails says so once, and nothing of them", async () => {
      const { emulator, stack } = organization;
      emulator.inviteByHand({ email: "hand@acme.com" });
      await stack.setProgram(
        `${roster("fail", 'members: ["ada@acme.com"]')}\nthrow new Error("the program is wrong");`,
      );
      const { printed } = await stack.fails("preview");
      const summary = printed.slice(printed.indexOf("Diagnostics:"));
      assert.equal(summary.match(/the program is wrong/g)?.length, 1, printed);
      assert.doesNotMatch(summary, /warning:|hand@acme\.com/);
    });

    it("warn: an API that does not answer is a warning", async () => {
      const { stack } = organization;
      stack.env = { HEADSHOTPRO_API_KEY: "hp_other" };
      await stack.setProgram(roster("warn", "members: [], allowEmpty: true"));
      const { code, printed } = await stack.preview();
      assert.equal(code, 0, printed);
      assert.match(printed, /warning: .*could not be listed: HeadshotPro does not accept the API key/);
    });
  });
});
