import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { organizationForEach } from "../support/organization";
import type { Face } from "../support/program";

const ROSTER = 'new HeadshotRoster("people", { file: "people.csv" });';
const TEAMS = "GET /organization";

/** Asked for if the teams that came with the organization are not enough. */
const LIST_OF_TEAMS = "GET /organization/teams";

for (const face of ["dynamic", "plugin"] as Face[])
  describe(`teams by name, on the real engine, ${face}`, () => {
    const organization = organizationForEach({ face });
    const write = (...rows: string[]) =>
      writeFile(
        join(organization.stack.project, "people.csv"),
        `Name,E-mail,Team\n${rows.map((row) => `${row}\n`).join("")}`,
      );
    const teamOf = (email: string) => organization.emulator.invite(email)?.teamId;

    it("a spreadsheet invites everybody into the right team, with one request more in all", async () => {
      const { stack, emulator } = organization;
      await stack.setProgram(ROSTER);
      emulator.addTeam("team_brand1", "Brand Team");
      const people = Array.from({ length: 20 }, (_, index) => `person${index}@acme.com`);
      // A no-break space and two blanks look like one blank.
      const cells = [" marketing", "Engineering", "brand\u00a0 team"];
      await write(...people.map((email, index) => `P,${email},${cells[index % 3]}`));
      const up = await stack.up("--skip-preview");
      assert.equal(up.code, 0, up.printed);
      assert.equal(up.emails.length, 20);
      assert.equal(up.requests.length, 21);
      assert.deepEqual(
        up.requests.filter((line) => line.startsWith("GET")),
        [TEAMS],
      );
      for (const [index, email] of people.entries())
        assert.equal(teamOf(email), ["team_xyz789", "team_abc123", "team_brand1"][index % 3]);

      emulator.addTeam("team_xyz789", "Growth");
      await stack.expectSettled();
      const refreshed = await stack.refresh();
      assert.equal(refreshed.code, 0, refreshed.printed);
      await stack.expectSettled();
    });

    it("a column that is called otherwise is read if the roster asks for it", async () => {
      const { stack } = organization;
      await stack.setProgram(
        'new HeadshotRoster("people", { file: "people.csv", columns: { team: "department", email: "Contact" } });',
      );
      const table = (team: string) => `Contact,E-mail,Department\nada@acme.com,zoe@acme.com,${team}\n`;
      await writeFile(join(stack.project, "people.csv"), table("Marketing"));
      const up = await stack.up();
      assert.equal(up.code, 0, up.printed);
      assert.deepEqual([up.emails, teamOf("ada@acme.com")], [["ada@acme.com"], "team_xyz789"]);
      await writeFile(join(stack.project, "people.csv"), table("Marketing").replace("Department", "Unit"));
      const refused = await stack.preview();
      assert.notEqual(refused.code, 0);
      assert.match(
        refused.printed,
        /people\.csv:1 {2}columns\.team: there is no column "department"\. The columns found: "Contact", /,
      );
    });

    it("a switch from the id to the name is no difference, and is asked about once", async () => {
      const { stack } = organization;
      const program = (team: string) =>
        stack.setProgram(`new HeadshotInvite("ada", { email: "ada@acme.com", ${team} });`);
      await program('teamId: "team_xyz789"');
      await stack.must("up", "--yes", "--skip-preview");
      await program('team: "Marketing"');
      const switched = await stack.up("--skip-preview", "--expect-no-changes");
      assert.deepEqual([switched.code, switched.requests], [0, [TEAMS]], switched.printed);
      await stack.expectSettled();
      await program('teamId: "team_xyz789"');
      await stack.expectSettled();
    });

    it("the preview shows the team, and a move to another", async () => {
      const { stack } = organization;
      await stack.setProgram(ROSTER);
      await write("Ada,ada@acme.com,Marketing");
      const preview = await stack.preview("--json");
      assert.equal(preview.code, 0, preview.printed);
      assert.match(preview.printed, /"team": "Marketing",\s+"teamId": "team_xyz789"/);
      await stack.must("up", "--yes", "--skip-preview");
      await write("Ada,ada@acme.com,engineering");
      const move = await stack.preview();
      assert.match(move.printed, /ada@acme\.com moves to team "engineering" \(team_abc123\)/);
      assert.deepEqual(move.requests, [TEAMS, "GET /organization/credits"]);
    });

    it("a name that no team has, and a list that the key may not read, fail in the preview", async () => {
      const { stack, emulator } = organization;
      await stack.setProgram(ROSTER);
      await write("Ada,ada@acme.com,Marketting");
      const unknown = await stack.preview();
      assert.notEqual(unknown.code, 0);
      assert.match(unknown.printed, /has no team "Marketting"; did you mean "Marketing"\? there are "Engin/);
      await write("Ada,ada@acme.com,Marketing");
      emulator.acceptKey(emulator.apiKey, ["Invites"]);
      const refused = await stack.up();
      assert.notEqual(refused.code, 0);
      assert.match(refused.printed, /.*give teamId instead of team/);
      assert.deepEqual(refused.emails, []);
    });

    if (face === "plugin")
      it("a roster tells of all names that no team has, with their lines, before anybody is invited", async () => {
        const { stack } = organization;
        await stack.setProgram(ROSTER);
        await write("Ada,ada@acme.com,Marketing", "Zoe,zoe@acme.com,Marketting", "Bob,bob@acme.com,Sales");
        const refused = await stack.up("--skip-preview");
        assert.notEqual(refused.code, 0);
        assert.match(refused.printed, /because it is not clear which team is meant in 2 places/);
        assert.match(refused.printed, /people\.csv:3 {2}team {2}.*"Marketting"; did you mean "Marketing"\?/);
        assert.match(refused.printed, /people\.csv:4 {2}team {2}.*"Sales"/);
        assert.deepEqual([refused.emails, refused.requests], [[], [TEAMS, LIST_OF_TEAMS]]);
      });

    it("getTeams tells of them all", async () => {
      const { stack } = organization;
      await stack.setProgram(
        `exports.teams = getTeamsOutput().teams.apply((all) => all.map(({ name }) => name));`,
      );
      const up = await stack.up("--skip-preview");
      assert.equal(up.code, 0, up.printed);
      assert.deepEqual(up.requests, [LIST_OF_TEAMS]);
      const { printed } = await stack.must("stack", "output", "--json");
      assert.deepEqual(JSON.parse(printed), { teams: ["Engineering", "Marketing"] });
    });
  });
