import { strict as assert } from "node:assert";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { ODD_ROSTER } from "../support/constants";
import { organizationForEach } from "../support/organization";

const roster = (properties: string, options = "") => `resources:
  people:
    type: headshotpro:HeadshotRoster
    properties: { ${properties} }
    options: { ${options} }
outputs: { summary: "\${people.summary}" }
`;

describe("a team in YAML, on the real engine", () => {
  const organization = organizationForEach({ language: "yaml", face: "plugin" });
  const write = (text: string) => writeFile(join(organization.stack.project, "people.csv"), text);
  const live = () =>
    organization.emulator
      .invites()
      .filter(({ status }) => status !== "revoked")
      .map(({ email }) => email)
      .sort();

  it("is invited from a spreadsheet; nothing changes nothing; a row that goes is one revoke", async () => {
    const { stack } = organization;
    await write("E-mail Address,Name,Team ID\nAda@acme.com,Ada,team_xyz789\nzoe@acme.com,Zoe,\n");
    await stack.setProgram(roster("file: people.csv, defaults: { maxRenewals: 5 }"));
    const preview = await stack.must("preview");
    assert.deepEqual(preview.requests, ["GET /organization"], "whether it has the team");
    const up = await stack.mustUp();
    assert.deepEqual(up.requests, ["GET /organization", ...Array(2).fill("POST /organization/invites")]);
    assert.match(
      up.printed,
      /people\.csv: the e-mail is read from the column "E-mail Address"; columns ignored: Name/,
    );
    assert.match(up.printed, /pending: 2/);
    const { resources } = await stack.export();
    const ada = resources.find(({ id }) => id === "ada@acme.com");
    assert.deepEqual(ada?.inputs, { email: "ada@acme.com", teamId: "team_xyz789", maxRenewals: 5 });
    await stack.expectSettled();
    await write("E-mail\nada@acme.com\n");
    const removed = await stack.up();
    assert.deepEqual(removed.requests, [
      "GET /organization/invites/zoe@acme.com",
      "POST /organization/invites/revoke",
    ]);
    assert.deepEqual(live(), ["ada@acme.com"]);
  });

  it("is refused as a whole, in one error with every line, before anybody is touched", async () => {
    const { stack } = organization;
    const refusal = async () => {
      const { printed, requests } = await stack.fails("preview");
      assert.deepEqual(requests, []);
      const summary = printed.slice(printed.indexOf("Diagnostics:"));
      assert.equal(summary.match(/has a problem:/g)?.length, 1, printed);
      return summary;
    };
    await write("Name,E-mail\nAda,ada@acme.com\nZoe,zoe(at)acme.com\nAda,Ada@acme.com\n");
    await stack.setProgram(roster("file: people.csv"));
    const lines = await refusal();
    for (const line of [
      'The roster "people" has 2 problems; nobody in it is invited or revoked:',
      'people.csv:3  E-mail  "zoe(at)acme.com" is not an e-mail address: it has no @',
      "people.csv:4  E-mail  ada@acme.com is in people.csv:2 already",
    ])
      assert.ok(lines.includes(line), lines);
    await write(ODD_ROSTER.text);
    const odd = await refusal();
    for (const line of ODD_ROSTER.lines) assert.ok(odd.includes(line), odd);
    await stack.setProgram(roster("file: nobody.csv"));
    assert.match(await refusal(), /The roster "people" cannot be read: there is no file .*nobody\.csv/);
    await stack.setProgram(roster("members: [ { email: ada@acme.com, resend: -1 } ]"));
    assert.match(
      await refusal(),
      /members\[0\] {2}resend {2}expected a whole number from 0 to 1000000, not -1/,
    );
  });

  it("reads a file from the program's folder, wherever that is", async () => {
    const { stack } = organization;
    const folder = join(stack.project, "infra");
    await mkdir(folder);
    // The engine looks for the plugin there, too.
    await symlink(join(stack.project, "bin"), join(folder, "bin"));
    await writeFile(join(folder, "people.csv"), "E-mail\nada@acme.com\n");
    await stack.setProgram(`main: infra\n`);
    await writeFile(join(folder, "Main.yaml"), roster("file: people.csv"));
    const up = await stack.mustUp();
    assert.deepEqual(up.emails, ["ada@acme.com"]);
  });

  it("has rows in code, bare addresses and others, and a secret of one stays a secret", async () => {
    const { stack } = organization;
    await stack.upTo(
      roster(
        "members: [ ada@acme.com, { email: zoe@acme.com, keepLink: true, teamId: { fn::secret: team_abc123 } } ]",
      ),
    );
    const { resources, text } = await stack.export();
    assert.doesNotMatch(text, /team_abc123|invite=/);
    const zoe = resources.find(({ id }) => id === "zoe@acme.com");
    for (const kept of [zoe?.inputs.teamId, zoe?.outputs.teamId, zoe?.outputs.link])
      assert.ok((kept as { ciphertext?: string }).ciphertext);
    await stack.expectSettled();
  });

  it("takes over stand-alone people, and a renamed roster keeps everybody", async () => {
    const { emulator, stack } = organization;
    await stack.upTo(
      'resources: { ada: { type: "headshotpro:HeadshotInvite", properties: { email: ada@acme.com } } }\n',
    );
    emulator.setStatus("ada@acme.com", "completed");
    const team = (name: string, options: string) => `resources:
  ${name}:
    type: headshotpro:HeadshotRoster
    properties: { members: [ ada@acme.com ], aliases: { "Ada@acme.com": ada } }
    options: { ${options} }
`;
    const moved = await stack.upTo(team("people", ""));
    assert.deepEqual(moved.requests, []);
    const renamed = await stack.upTo(
      team("staff", `aliases: [ "urn:pulumi:test::people::headshotpro:index:HeadshotRoster::people" ]`),
    );
    assert.deepEqual(renamed.requests, []);
    const names = (await stack.export()).resources.map(({ urn }) => urn.split("::").at(-1));
    assert.deepEqual(names.sort(), ["staff", "staff/ada@acme.com"]);
  });

  it("of which one person is refused invites everybody else under --continue-on-error, and then that person alone", async () => {
    const { emulator, stack } = organization;
    await stack.setProgram(
      roster("members: [ ada@acme.com, bob@acme.com, cleo@acme.com ]", "retainOnDelete: true"),
    );
    const refusal = { on: "create", kind: { status: 400 }, email: "bob@acme.com" } as const;
    emulator.fault({ ...refusal, times: Number.POSITIVE_INFINITY });
    const up = await stack.fails("up", "--continue-on-error");
    assert.equal(up.printed.split("Diagnostics:")[1]?.match(/bob@acme\.com was not invited/g)?.length, 1);
    assert.doesNotMatch(up.printed, /\n\s+at /);
    assert.deepEqual([...up.emails].sort(), ["ada@acme.com", "cleo@acme.com"]);
    emulator.clearFaults();
    const next = await stack.mustUp();
    assert.deepEqual(next.emails, ["bob@acme.com"]);
    assert.match(next.printed, /pending: 3/);
    await stack.must("destroy", "--yes", "--skip-preview");
    assert.deepEqual(
      live(),
      ["ada", "bob", "cleo"].map((name) => `${name}@acme.com`),
      "retained as their roster is",
    );
  });

  describe("with people whom nobody declares", () => {
    const MESSAGE = "1 person is invited to the organization, but not declared here: hand@acme.com.";
    const program = (mode: string) => `resources:
  late: { type: "headshotpro:HeadshotInvite", properties: { email: late@acme.com } }
  people:
    type: headshotpro:HeadshotRoster
    properties: { members: [ ada@acme.com ], unmanaged: ${mode} }
    options: { dependsOn: [ "\${late}" ] }
`;
    it("tells of them, but not of those who leave, nor of those whom the roster comes after", async () => {
      const { emulator, stack } = organization;
      await stack.upTo(roster("members: [ ada@acme.com, zoe@acme.com ]"));
      for (const email of ["hand@acme.com", "late@acme.com"]) emulator.inviteByHand({ email });
      for (const [mode, kind] of [
        ["warn", "warning: "],
        ["fail", "has a problem: "],
      ] as const) {
        await stack.setProgram(program(mode));
        const { code, printed, requests } = await stack.preview();
        assert.equal(code === 0, mode === "warn", printed);
        assert.ok(printed.includes(kind + MESSAGE), printed);
        assert.match(printed, /count if the roster comes after them \(`dependsOn`\)/);
        assert.deepEqual(requests, ["GET /organization/invites"]);
      }
    });
  });

  it("asks about people, in the organization of a provider", async () => {
    const { emulator, stack } = organization;
    const other = await startEmulator({ apiKey: "hp_other_key" });
    try {
      emulator.inviteByHand({ email: "ada@acme.com" });
      other.inviteByHand({ email: "ada@acme.com" });
      other.accept("ada@acme.com");
      const up = await stack.upTo(`resources:
  own: { type: "pulumi:providers:headshotpro", properties: { apiKey: { fn::secret: hp_other_key }, baseUrl: "${other.url}" } }
variables:
  here: { fn::invoke: { function: "headshotpro:getInvite", arguments: { email: Ada@acme.com } } }
  there: { fn::invoke: { function: "headshotpro:getInvites", arguments: { }, options: { provider: "\${own}" } } }
outputs:
  here: \${here.status}
  there: \${there.invites[0].status}
`);
      assert.match(up.printed, /here *: "pending"/);
      assert.match(up.printed, /there *: "accepted"/);
      assert.doesNotMatch((await stack.export()).text, /hp_other_key/);
    } finally {
      await other.close();
    }
  });

  it("takes in somebody who is there already by `pulumi import`, which prints the code", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "ada@acme.com", teamId: "team_abc123" });
    await stack.setProgram("");
    const imported = await stack.run(
      "import",
      "headshotpro:index:HeadshotInvite",
      "ada",
      "Ada@acme.com",
      "--yes",
      "--protect=false",
    );
    assert.equal(imported.code, 0, imported.printed);
    assert.ok(
      imported.requests.every((request) => request.startsWith("GET")),
      imported.requests.join(),
    );
    const [, code = ""] = imported.printed.split("next update command.");
    assert.match(
      code,
      /type: headshotpro:HeadshotInvite\n +properties:\n +email: ada@acme\.com\n +teamId: team_abc123/,
    );
    await stack.setProgram(`${code.trim()}\n`);
    await stack.expectSettled();
    const nobody = await stack.run(
      "import",
      "headshotpro:index:HeadshotInvite",
      "bob",
      "bob@acme.com",
      "--yes",
    );
    assert.notEqual(nobody.code, 0);
    assert.match(nobody.printed, /'bob@acme\.com' does not exist/);
  });
});
