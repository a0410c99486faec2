import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { organizationForAll } from "../support/organization";
import type { Face } from "../support/program";

const TEAMS = `const teams = ["Design", "Growth", "Support"].map((name) => new HeadshotTeam(name.toLowerCase(), { name }));
`;
const ROSTER = 'new HeadshotRoster("people", { file: "people.csv" }, { dependsOn: teams });\n';
const ADA = 'new HeadshotInvite("ada", { email: "ada@acme.com", team: teams[0].name });\n';

for (const face of ["dynamic", "plugin"] as Face[])
  describe(`teams that the program makes, on the real engine, ${face}`, () => {
    const organization = organizationForAll({ face });
    const write = (...teams: string[]) =>
      writeFile(
        join(organization.stack.project, "people.csv"),
        `email,team\n${Array.from({ length: 12 }, (_, index) => `p${index}@acme.com,${teams[index % teams.length]}\n`).join("")}`,
      );
    const idOf = (name: string) =>
      Object.entries(organization.emulator.teams).find(([, one]) => one === name)?.[0] ?? "none";
    const teamOf = (email: string) => organization.emulator.invite(email)?.teamId;
    const changes = (requests: string[]) => requests.filter((line) => !line.startsWith("GET"));

    it("are not there in the preview, which nevertheless passes", async () => {
      const { stack } = organization;
      await stack.setProgram(TEAMS + ROSTER + ADA);
      await write("Design", "growth", "Support");
      const preview = await stack.preview();
      assert.equal(preview.code, 0, preview.printed);
      assert.deepEqual(preview.emails, []);
    });

    it("are made before the people who are invited into them, in one up", async () => {
      const { stack } = organization;
      const up = await stack.up();
      assert.equal(up.code, 0, up.printed);
      assert.equal(up.emails.length, 13);
      assert.equal(changes(up.requests).length, 3 + 13);
      assert.deepEqual(
        ["ada@acme.com", "p0@acme.com", "p1@acme.com", "p2@acme.com"].map(teamOf),
        ["Design", "Design", "Growth", "Support"].map(idOf),
      );
      await stack.expectSettled();
    });

    it("are renamed in one request, and nobody moves", async () => {
      const { stack, emulator } = organization;
      const id = idOf("Design");
      await stack.setProgram(
        TEAMS.replace(
          "new HeadshotTeam(name.toLowerCase(), { name })",
          'new HeadshotTeam(name.toLowerCase(), { name: name === "Design" ? "Brand" : name })',
        ) +
          ROSTER +
          ADA,
      );
      await write("Brand", "growth", "Support");
      const preview = await stack.preview();
      assert.equal(preview.code, 0, preview.printed);
      assert.doesNotMatch(preview.printed, /moves to/);
      const up = await stack.up();
      assert.equal(up.code, 0, up.printed);
      assert.deepEqual([up.requests, up.emails], [[`PUT /organization/teams/${id}`], []]);
      assert.equal(emulator.teams[id], "Brand");
      await stack.expectSettled();
    });

    it("are not removed while people are declared in them", async () => {
      const { stack } = organization;
      await stack.setProgram(
        TEAMS.replace('"Design", "Growth", ', '"Growth", ').replace("Design", "") +
          ROSTER.replace("people.csv", "people.csv"),
      );
      const refused = await stack.up();
      assert.notEqual(refused.code, 0);
      assert.match(refused.printed, /"Brand" \(\w+\) was not deleted: the program declares 4 people in it/);
    });

    it("are removed once their people are moved, and whoever has signed up keeps their headshots", async () => {
      const { stack, emulator } = organization;
      emulator.setStatus("p0@acme.com", "completed");
      await stack.must("refresh", "--yes", "--skip-preview");
      await write("growth", "growth", "Support");
      const up = await stack.up();
      assert.equal(up.code, 0, up.printed);
      assert.ok(!up.emails.includes("p0@acme.com"));
      assert.equal(emulator.invite("p0@acme.com")?.status, "completed");
      assert.deepEqual([teamOf("p0@acme.com"), idOf("Brand")], [idOf("Growth"), "none"]);
      await stack.expectSettled();
      const destroyed = await stack.destroy("--continue-on-error");
      assert.match(destroyed.printed, /p0@acme\.com has headshots/);
    });
  });
