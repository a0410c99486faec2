import { strict as assert } from "node:assert";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { organizationForAll } from "../support/organization";
import type { Face } from "../support/program";

/** In TypeScript a roster comes after the program's teams by itself. */
const COMES_AFTER = { dynamic: "", plugin: ", { dependsOn: [design] }" };

for (const face of ["dynamic", "plugin"] as Face[])
  describe(`people who start later, in a file for each team, on the real engine, ${face}`, () => {
    const organization = organizationForAll({ face, env: { HEADSHOTPRO_TODAY: "2026-11-30" } });
    const write = (file: string, rows: string) =>
      writeFile(join(organization.stack.project, "people", file), `email,team,startsOn\n${rows}`);

    it("are not invited before their day, and the preview names them", async () => {
      const { stack } = organization;
      await stack.setProgram(
        `const design = new HeadshotTeam("design", { name: "Design" });
const people = new HeadshotRoster("people", { files: "people/*.csv" }${COMES_AFTER[face]});
exports.summary = people.summary;`,
      );
      await mkdir(join(stack.project, "people"));
      await write("design.csv", "ada@acme.com,Design,\nbob@acme.com,Design,2026-12-01\n");
      await write("sales.csv", "cyd@acme.com,Engineering,2026-11-30\n");
      const preview = await stack.preview();
      assert.match(preview.printed, /1 person starts later: bob@acme\.com \(2026-12-01\)/);
      const up = await stack.up();
      assert.equal(up.code, 0, up.printed);
      assert.deepEqual(up.emails.sort(), ["ada@acme.com", "cyd@acme.com"]);
      assert.match(up.printed, /startsLater\s*: 1/);
      await stack.expectSettled();
    });

    it("are invited on their day, and stay so if the day is moved", async () => {
      const { stack } = organization;
      stack.env = { ...stack.env, HEADSHOTPRO_TODAY: "2026-12-01" };
      const up = await stack.up();
      assert.deepEqual([up.code, up.emails], [0, ["bob@acme.com"]], up.printed);
      await stack.expectSettled();
      await write("design.csv", "ada@acme.com,Design,\nbob@acme.com,Design,2027-01-01\n");
      const moved = await stack.up("--expect-no-changes");
      assert.equal(moved.code, 0, moved.printed);
      assert.match(
        moved.printed,
        /though they start later: bob@acme\.com \(2027-01-01\)\. They stay invited/,
      );
    });

    it("leave with their file", async () => {
      const { stack, emulator } = organization;
      await rm(join(stack.project, "people", "sales.csv"));
      const up = await stack.up();
      assert.equal(up.code, 0, up.printed);
      assert.equal(emulator.invite("cyd@acme.com")?.status, "revoked");
    });
  });
