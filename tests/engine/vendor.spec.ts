import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Emulator } from "headshotpro-emulator";
import { type Organization, organizationForEach } from "../support/organization";
import type { Face } from "../support/program";
import type { Outcome } from "../support/stack";

const TRIO = ["ada@acme.com", "bob@acme.com", "cleo@acme.com"];
const STATUSES = ["completed", "generating", "uploading", "accepted", "pending"];

/** What HeadshotPro does by itself, and what admins do in its dashboard, against both providers. */
for (const face of ["dynamic", "plugin"] as Face[])
  describe(`what HeadshotPro does by itself, on the real engine (${face})`, () => {
    const organization = organizationForEach({ face, program: "", credits: 100 });
    const roster = (rows: string[]) => declareRoster(organization, rows);
    /** To whom a command sent an invite of ours; those of the vendor are its own. */
    const invited = ({ requests }: Outcome) =>
      requests.filter((one) => one === "POST /organization/invites").length;

    it("retention: nobody is e-mailed again, not by a preview, a refresh or another up, until resend is raised", async () => {
      const { emulator, stack } = organization;
      emulator.automate({ retentionDays: 30 });
      await roster(TRIO);
      await stack.must("up", "--yes", "--skip-preview");
      for (const email of TRIO) complete(emulator, email);
      await stack.must("refresh", "--yes", "--skip-preview");
      emulator.clock.advance({ days: 31 });

      const preview = await stack.preview("--refresh");
      assert.equal(preview.code, 0, preview.printed);
      const up = await stack.must("up", "--yes", "--refresh", "--skip-preview");
      for (const email of TRIO)
        assert.match(up.printed, new RegExp(`${email} has been deleted at HeadshotPro .* raise \`resend\``));
      assert.deepEqual([invited(preview), invited(up), emulator.outbox.length], [0, 0, 3]);
      await stack.expectSettled();
      const again = await stack.must("refresh", "--yes", "--skip-preview");
      assert.doesNotMatch(again.printed, /has been deleted/, "it is told once");

      await roster([...TRIO.slice(1), "ada@acme.com,,1"]);
      const asked = await stack.preview();
      assert.match(asked.printed, /ada@acme\.com was deleted at HeadshotPro: `pulumi up` invites them again/);
      const resent = await stack.must("up", "--yes", "--skip-preview");
      assert.deepEqual(resent.emails, ["ada@acme.com"]);
      await stack.expectSettled();

      const destroy = await stack.must("destroy", "--yes", "--skip-preview");
      assert.equal(
        destroy.requests.filter((one) => one.endsWith("/revoke")).length,
        1,
        "only ada's invite lives",
      );
    });

    for (const days of [40, 400])
      it(`a recurring shoot of ${days} days ago is not revoked by up, resend or destroy`, async () => {
        const { emulator, stack } = organization;
        await roster(["ada@acme.com"]);
        await stack.must("up", "--yes", "--skip-preview");
        complete(emulator, "ada@acme.com");
        emulator.clock.advance({ days: -days });
        emulator.inviteToNextShoot("ada@acme.com");
        emulator.clock.reset();
        await stack.must("refresh", "--yes", "--skip-preview");
        const { modelId } = emulator.invite("ada@acme.com") ?? {};
        assert.ok(modelId);

        const up = await stack.must("up", "--yes", "--skip-preview");
        await roster(["ada@acme.com,,1"]);
        const preview = await stack.preview();
        assert.match(
          preview.printed,
          /ada@acme\.com has headshots \(pending, with the model .*so `resend` sends nothing/,
        );
        const resend = await stack.must("up", "--yes", "--skip-preview");
        const destroy = await stack.destroy();
        assert.notEqual(destroy.code, 0);
        assert.match(
          destroy.printed,
          /ada@acme\.com has headshots \(pending, with the model of an earlier shoot\)/,
        );
        assert.deepEqual([invited(up), invited(resend)], [0, 0]);
        assert.equal(emulator.invite("ada@acme.com")?.modelId, modelId);
      });

    describe("a change of team", () => {
      const people = STATUSES.map((status) => `${status}@acme.com`);
      const inTeam = (team: string) => people.map((email) => `${email},${team}`);
      const live = (emulator: Emulator) =>
        people.map((email) => {
          const { status, teamId } = emulator.invite(email) ?? {};
          return [status, teamId];
        });

      beforeEach(async () => {
        const { emulator, stack } = organization;
        await roster(inTeam("Marketing"));
        await stack.must("up", "--yes", "--skip-preview");
        for (const [i, email] of people.entries())
          if (STATUSES[i] !== "pending") emulator.setStatus(email, STATUSES[i] ?? "");
        await stack.must("refresh", "--yes", "--skip-preview");
        await roster(inTeam("Engineering"));
      });

      it("moves whoever has signed up without an e-mail, and sends only the pending invite again", async () => {
        const { emulator, stack } = organization;
        const preview = await stack.preview();
        const lines = new Set(preview.printed.match(/\S+ moves to team "Engineering" .*/g));
        const quiet = [...lines].filter((line) => line.includes("without an e-mail"));
        assert.deepEqual([lines.size, quiet.length], [5, 4]);
        assert.equal(quiet.filter((line) => line.endsWith("; headshots stay")).length, 3);
        const up = await stack.must("up", "--yes", "--skip-preview");
        assert.deepEqual(up.emails, ["pending@acme.com"]);
        assert.deepEqual(
          live(emulator),
          STATUSES.map((status) => [status, "team_abc123"]),
        );
        await stack.expectSettled();
      });

      it("is an error that names the scope where the key may not move anybody, and the state stays true", async () => {
        const { emulator, stack } = organization;
        emulator.acceptKey(emulator.apiKey, ["Organization", "Invites"]);
        await roster(people.map((email) => `${email},,,team_abc123`));
        const up = await stack.up("--continue-on-error");
        assert.notEqual(up.code, 0);
        for (const email of people.slice(0, 4))
          assert.match(
            up.printed,
            new RegExp(`${email} was not moved to team team_abc123: .*403 FORBIDDEN.*scope Teams`, "s"),
          );
        assert.deepEqual(
          live(emulator).slice(0, 4),
          STATUSES.slice(0, 4).map((status) => [status, "team_xyz789"]),
        );
        const { resources } = await stack.export();
        const completed = resources.find(({ id }) => id === "completed@acme.com");
        assert.deepEqual(
          [completed?.outputs.status, completed?.outputs.teamId],
          ["completed", "team_xyz789"],
        );
      });

      it("is looked up where the reply to the move is lost", async () => {
        const { emulator, stack } = organization;
        emulator.fault({ on: "assign", when: "after", kind: "reset" });
        await stack.must("up", "--yes", "--skip-preview");
        assert.deepEqual(
          live(emulator),
          STATUSES.map((status) => [status, "team_abc123"]),
        );
        await stack.expectSettled();
      });
    });

    it("sixty people with headshots move to another team in one up, in no more than two requests each", async () => {
      const { emulator, stack } = organization;
      const people = Array.from({ length: 60 }, (_, i) => `person${i}@acme.com`);
      await roster(people.map((email) => `${email},Marketing`));
      await stack.must("up", "--yes", "--skip-preview");
      for (const email of people) emulator.setStatus(email, "completed");
      await stack.must("refresh", "--yes", "--skip-preview");
      await roster(people.map((email) => `${email},Engineering`));
      const up = await stack.must("up", "--yes", "--skip-preview");
      assert.deepEqual(up.emails, []);
      assert.ok(people.every((email) => emulator.invite(email)?.teamId === "team_abc123"));
      assert.ok(people.every((email) => emulator.invite(email)?.status === "completed"));
      assert.ok(up.requests.length <= 2 * people.length, `${up.requests.length} requests`);
      await stack.expectSettled();
    });

    for (const [what, broken, problem] of [
      ["a spreadsheet's error", "#N/A", /#N\/A/],
      ["a lost letter", "Engineerin", /no team "Engineerin"; did you mean "Engineering"\?/],
    ] as const)
      it(`a team column that is broken by ${what} costs nobody their invite`, async () => {
        const { emulator, stack } = organization;
        const people = Array.from({ length: 8 }, (_, i) => `person${i}@acme.com`);
        const inTeam = (team: string) => roster(people.map((email) => `${email},${team}`));
        await inTeam("Marketing");
        await stack.must("up", "--yes", "--skip-preview");
        await inTeam(broken);
        const up = await stack.up();
        assert.notEqual(up.code, 0);
        assert.match(up.printed, problem);
        assert.ok(people.every((email) => emulator.invite(email)?.status === "pending"));
        await inTeam("Marketing");
        await stack.expectSettled();
        assert.equal(emulator.outbox.length, people.length);
      });

    it("a team id that nobody has costs nobody their invite either", async () => {
      const { emulator, stack } = organization;
      await roster(TRIO);
      await stack.must("up", "--yes", "--skip-preview");
      await roster(TRIO.map((email) => `${email},,,team_abc124`));
      const up = await stack.up();
      assert.notEqual(up.code, 0);
      assert.match(up.printed, /the organization has no team "team_abc124"; did you mean team_abc123\?/);
      assert.ok(TRIO.every((email) => emulator.invite(email)?.status === "pending"));
      assert.equal(emulator.outbox.length, 3);
    });
  });

function complete(emulator: Emulator, email: string): void {
  emulator.accept(email);
  emulator.startUpload(email);
  emulator.generate(email);
  emulator.complete(email);
}

/** @param rows `email,team,resend,teamId`, of which the end may be left out. */
async function declareRoster({ stack }: Organization, rows: string[]): Promise<void> {
  const csv = rows.map((row) => [...row.split(","), "", "", ""].slice(0, 4).join(","));
  await writeFile(join(stack.project, "people.csv"), `email,team,resend,teamId\n${csv.join("\n")}\n`);
  await stack.setProgram('new HeadshotRoster("people", { file: "people.csv" });');
}
