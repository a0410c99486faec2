import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { organizationForAll, organizationForEach } from "../support/organization";
import { FACES } from "../support/program";

/** Its teams are in a column that is called otherwise, beside one that an e-mail could be read from. */
const ROSTER = `new HeadshotRoster("people", { file: "people.csv", columns: { team: "department", email: "Contact" } });\n`;
const TEAMS = "GET /organization";

/** Asked for if the teams that came with the organization are not enough. */
const LIST_OF_TEAMS = "GET /organization/teams";

/** One stack, on which each test goes on where the one before has ended. */
for (const face of FACES)
  describe(`teams by name, on the real engine, ${face}`, () => {
    const organization = organizationForAll({ face, program: ROSTER });
    const write = (...rows: string[]) =>
      writeFile(
        join(organization.stack.project, "people.csv"),
        `Contact,E-mail,Department\n${rows.map((row) => row.replace(",", ",x@acme.com,")).join("\n")}\n`,
      );

    it("a spreadsheet invites everybody into the right team, with one request more in all, and the preview shows it", async () => {
      const { stack, emulator } = organization;
      const people = Array.from({ length: 6 }, (_, index) => `person${index}@acme.com`);
      await write(...people.map((email, index) => `${email},${index % 2 ? " marketing" : "Engineering"}`));
      const preview = await stack.preview("--json");
      assert.match(preview.printed, /"team": "marketing",\s+"teamId": "team_xyz789"/);
      const up = await stack.must("up", "--yes", "--skip-preview");
      assert.deepEqual([...up.emails].sort(), people);
      assert.deepEqual(
        up.requests.filter((line) => line.startsWith("GET")),
        [TEAMS],
      );
      for (const [index, email] of people.entries())
        assert.equal(emulator.invite(email)?.teamId, index % 2 ? "team_xyz789" : "team_abc123");
    });

    it("a team that is renamed moves nobody; the preview shows who moves", async () => {
      const { stack, emulator } = organization;
      emulator.addTeam("team_xyz789", "Fast Growth");
      await stack.expectSettled();
      await write("person1@acme.com,engineering", "person2@acme.com,Engineering");
      stack.env = { HEADSHOTPRO_MAX_REMOVALS: "9" };
      const move = await stack.preview();
      assert.match(move.printed, /person1@acme\.com moves to team "engineering" \(team_abc123\)/);
      assert.deepEqual(move.requests, [TEAMS, "GET /organization/credits"]);
    });

    it("a column and names that there are not, and teams that the key may not read, fail in the preview", async () => {
      const { stack, emulator } = organization;
      // In TypeScript each is the error of its person, and the engine stops at the first.
      const others = face === "plugin" ? ["bob@acme.com,Sales"] : [];
      await write("ada@acme.com,fast\u00A0 growth", "zoe@acme.com,Fast Grwth", ...others);
      const unknown = await stack.preview();
      assert.notEqual(unknown.code, 0);
      assert.match(unknown.printed, /has no team "Fast Grwth"; did you mean "Fast Growth"\?/);
      // The plugin sees the roster as a whole, and tells of all of them with their lines.
      if (face === "plugin") {
        assert.match(unknown.printed, /because it is not clear which team is meant in 2 places/);
        assert.match(
          unknown.printed,
          /people\.csv:3 {2}team {2}.*"Fast Grwth"; did you mean "Fast Growth"\?/,
        );
        assert.match(unknown.printed, /people\.csv:4 {2}team {2}.*"Sales"/);
        assert.deepEqual(unknown.requests, [TEAMS, LIST_OF_TEAMS]);
      }
      await writeFile(join(stack.project, "people.csv"), "Contact,E-mail,Unit\nada@acme.com,,Fast Growth\n");
      assert.match(
        (await stack.preview()).printed,
        /people\.csv:1 {2}columns\.team: there is no column "department"\. The columns found: "Contact", /,
      );
      await write("ada@acme.com,fast\u00A0 growth");
      emulator.acceptKey(emulator.apiKey, ["Invites"]);
      const refused = await stack.up();
      assert.notEqual(refused.code, 0);
      assert.match(refused.printed, /.*give teamId instead of team/);
      assert.deepEqual(refused.emails, []);
    });
  });

describe("a team by its name, on the real engine", () => {
  const organization = organizationForEach();

  it("is no difference to its id, and is asked about once; getTeams tells of them all", async () => {
    const { stack } = organization;
    const program = (team: string) =>
      stack.setProgram(`new HeadshotInvite("ada", { email: "ada@acme.com", ${team} });`);
    await program('teamId: "team_xyz789"');
    await stack.must("up", "--yes", "--skip-preview");
    await program('team: "Marketing"');
    const switched = await stack.up("--expect-no-changes");
    assert.deepEqual([switched.code, switched.requests], [0, [TEAMS]], switched.printed);
    await stack.expectSettled();
    await program('teamId: "team_xyz789"');
    await stack.expectSettled();
    await stack.setProgram(
      `exports.teams = getTeamsOutput().teams.apply((all) => all.map(({ name }) => name));`,
    );
    const { requests } = await stack.must("preview", "--json");
    assert.deepEqual(requests, [LIST_OF_TEAMS]);
  });
});
