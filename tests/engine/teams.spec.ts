import { strict as assert } from "node:assert";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PREVIEW_COMMAND, parsePreview } from "../../provider/src/review/preview-json";
import { toReview } from "../../provider/src/review/review";
import { organizationForAll } from "../support/organization";

/** The teams that a program makes, by the names of their resources; somebody is in the first of them by code. */
type Teams = Record<string, string>;

const FACES = {
  javascript: {
    face: "dynamic",
    program: (teams: Teams) => {
      const made = Object.entries(teams).map(
        ([resource, name]) => `const ${resource} = new HeadshotTeam("${resource}", { name: "${name}" });`,
      );
      return `${made.join("\n")}
const people = new HeadshotRoster("people", { files: "people/*.csv" });
new HeadshotInvite("lead", { email: "lead@acme.com", team: ${Object.keys(teams)[0]}.name });
exports.summary = people.summary;
`;
    },
  },
  yaml: {
    face: "plugin",
    program: (teams: Teams) => {
      const made = Object.entries(teams).map(
        ([resource, name]) =>
          `  ${resource}: { type: "headshotpro:HeadshotTeam", properties: { name: ${name} } }`,
      );
      const all = Object.keys(teams).map((resource) => `"\${${resource}}"`);
      return `resources:
${made.join("\n")}
  people:
    type: headshotpro:HeadshotRoster
    properties: { files: people/*.csv }
    options: { dependsOn: [${all}] }
  lead:
    type: headshotpro:HeadshotInvite
    properties: { email: lead@acme.com, team: "\${${Object.keys(teams)[0]}.name}" }
outputs: { summary: "\${people.summary}" }
`;
    },
  },
} as const;

const TEAMS = { design: "Design", growth: "Growth", support: "Support" };
/** In each team's file, who starts on the first of December. */
const STARTERS = ["design0", "design1", "growth0", "growth1", "support0"];
const SIZES = { design: 14, growth: 13, support: 13 };

for (const [language, { face, program }] of Object.entries(FACES) as [
  keyof typeof FACES,
  typeof FACES.yaml,
][])
  describe(`three teams and forty people in a file for each team, on the real engine, ${language}`, () => {
    const organization = organizationForAll({ face, language, env: { HEADSHOTPRO_TODAY: "2026-11-30" } });
    /** Writes a team's file, its rows under a name. */
    const write = async (file: keyof typeof SIZES, team: string, starts = "2026-12-01") => {
      const names = Array.from({ length: SIZES[file] }, (_, index) => `${file}${index}`);
      const rows = names.map((name) => `${name}@acme.com,${team},${STARTERS.includes(name) ? starts : ""}\n`);
      const folder = join(organization.stack.project, "people");
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${file}.csv`), `email,team,startsOn\n${rows.join("")}`);
    };
    const idOf = (name: string) =>
      Object.entries(organization.emulator.teams).find(([, one]) => one === name)?.[0];
    const teamOf = (name: string) => organization.emulator.invite(`${name}@acme.com`)?.teamId;
    const changes = (requests: string[]) => requests.filter((line) => !line.startsWith("GET"));

    it("are previewed before the teams are there, with who starts later", async () => {
      const { stack } = organization;
      await stack.setProgram(program(TEAMS));
      await write("design", "Design");
      await write("growth", "growth");
      await write("support", "Support");
      const preview = await stack.must("preview");
      assert.match(preview.printed, /5 people start later: design0@acme\.com \(2026-12-01\), /);
      assert.match(preview.printed, /35 people will be e-mailed/);
      assert.deepEqual([changes(preview.requests), preview.emails], [[], []]);
    });

    it("are made in one up, the teams first, but for those who start later", async () => {
      const { stack } = organization;
      const up = await stack.mustUp();
      assert.equal(changes(up.requests).length, 3 + 36);
      assert.equal(up.emails.length, 36);
      assert.deepEqual(STARTERS.map(teamOf), Array(5).fill(undefined));
      assert.deepEqual(
        ["lead", "design2", "growth2", "support2"].map(teamOf),
        ["Design", "Design", "Growth", "Support"].map(idOf),
      );
      assert.match(up.printed, /startsLater\s*: 5/);
      await stack.expectSettled();
    });

    it("are invited on their first day", async () => {
      const { stack } = organization;
      stack.env = { ...stack.env, HEADSHOTPRO_TODAY: "2026-12-01" };
      const up = await stack.mustUp();
      assert.deepEqual(
        up.emails.sort(),
        STARTERS.map((name) => `${name}@acme.com`),
      );
      assert.equal(changes(up.requests).length, 5);
    });

    it("stay where they are when a team is renamed, in one request, and invited when a day is put off", async () => {
      const { stack, emulator } = organization;
      const id = idOf("Design");
      await stack.setProgram(program({ ...TEAMS, design: "Brand" }));
      await write("design", "Brand", "2027-01-01");
      const up = await stack.mustUp();
      assert.deepEqual([up.requests, up.emails], [[`PUT /organization/teams/${id}`], []]);
      assert.equal(emulator.teams[id ?? ""], "Brand");
      assert.match(up.printed, /though they start later: design0@acme\.com \(2027-01-01\)/);
      await stack.expectSettled();
    });

    it("keep their team while they are declared in it", async () => {
      const { stack } = organization;
      const { growth, support } = TEAMS;
      await stack.setProgram(program({ growth, support }));
      const { printed } = await stack.preview(...PREVIEW_COMMAND.split(" ").slice(2));
      const reading = parsePreview(printed);
      assert.deepEqual("preview" in reading ? toReview(reading.preview).teams : reading.problem, [
        { kind: "removed", name: "Brand", people: 15, staying: 14, declared: 14 },
      ]);
      const refused = await stack.fails("up");
      assert.match(
        refused.printed,
        /"Brand" \(\w+\) was not deleted: the program declares 14 people in it: design/,
      );
    });

    it("are moved when their team goes, and whoever has signed up is not revoked", async () => {
      const { stack, emulator } = organization;
      emulator.setStatus("design2@acme.com", "completed");
      await write("design", "Growth");
      const later = join(stack.project, "people", "later.csv");
      await writeFile(later, "email,team,startsOn\nzoe@acme.com,Brand,2027-02-01\n");
      const refused = await stack.fails("up");
      assert.match(refused.printed, /declares 1 person in it: zoe@acme\.com \(from 2027-02-01\)/);
      await rm(later);
      const up = await stack.mustUp();
      assert.equal(emulator.invite("design2@acme.com")?.status, "completed");
      assert.equal(up.emails.includes("design2@acme.com"), false);
      assert.deepEqual(["design2", "design3", "lead"].map(teamOf), Array(3).fill(idOf("Growth")));
      assert.equal(idOf("Brand"), undefined);
      await stack.expectSettled();
    });

    it("keep their team when another resource of the program declares it", async () => {
      const { stack } = organization;
      await stack.setProgram(program({ growing: "Growth", support: "Support" }));
      const up = await stack.mustUp();
      assert.match(up.printed, /"Growth" \(\w+\) stays: the program still declares it, in another resource/);
      assert.deepEqual(changes(up.requests), ["POST /organization/teams"]);
      await stack.expectSettled();
    });

    it("are not revoked by the dozen because their file has disappeared", async () => {
      const { stack } = organization;
      await rm(join(stack.project, "people", "support.csv"));
      const preview = await stack.fails("preview");
      assert.match(
        preview.printed,
        /13 of the 40 people whom it had would lose their invite, and maxRemovals allows 10/,
      );
    });
  });

for (const face of ["dynamic", "plugin"] as const)
  describe(`a roster of people who all start later, on the real engine, ${face}`, () => {
    const organization = organizationForAll({ face, env: { HEADSHOTPRO_ALLOWED_DOMAINS: "acme.com" } });

    it("is refused if one of them may not be invited: somebody who is none carries the reason", async () => {
      const { stack } = organization;
      await stack.setProgram(
        'new HeadshotRoster("people", { members: [{ email: "bob@acme.eu", startsOn: "9999-12-31" }] });',
      );
      const { printed } = await stack.fails("preview");
      assert.match(printed, /bob@acme\.eu: acme\.eu is not an allowed domain/);
    });
  });
