import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Emulator } from "headshotpro-emulator";
import { type Organization, organizationForEach } from "../support/organization";
import { FACES } from "../support/program";
import type { Outcome } from "../support/stack";

const TRIO = ["ada@acme.com", "bob@acme.com", "cleo@acme.com"];
const STATUSES = ["completed", "generating", "uploading", "accepted", "pending"];

/** What HeadshotPro does by itself, and what admins do in its dashboard, against both providers. */
for (const face of FACES)
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
      await stack.mustUp();
      for (const email of TRIO) complete(emulator, email);
      await stack.must("refresh", "--yes", "--skip-preview");
      emulator.clock.advance({ days: 31 });

      const preview = await stack.must("preview", "--refresh");
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
      const resent = await stack.mustUp();
      assert.deepEqual(resent.emails, ["ada@acme.com"]);
      await stack.expectSettled();

      const destroy = await stack.must("destroy", "--yes", "--skip-preview");
      assert.equal(
        destroy.requests.filter((one) => one.endsWith("/revoke")).length,
        1,
        "only ada's invite lives",
      );
    });

    it("a recurring shoot of 40 and of 400 days ago is not revoked by up, resend or destroy", async () => {
      const { emulator, stack } = organization;
      const shoots = { "ada@acme.com": 40, "bob@acme.com": 400 };
      const people = Object.keys(shoots);
      await roster(people);
      await stack.mustUp();
      for (const [email, days] of Object.entries(shoots)) {
        complete(emulator, email);
        emulator.clock.advance({ days: -days });
        emulator.inviteToNextShoot(email);
        emulator.clock.reset();
      }
      await stack.must("refresh", "--yes", "--skip-preview");
      const models = () => people.map((email) => emulator.invite(email)?.modelId);
      const before = models();
      assert.ok(before.every((modelId) => modelId));

      const up = await stack.mustUp();
      await roster(people.map((email) => `${email},,1`));
      const preview = await stack.preview();
      const resend = await stack.mustUp();
      const destroy = await stack.fails("destroy", "--continue-on-error");
      for (const email of people) {
        const model = `${email} has headshots \\(pending, with the model`;
        assert.match(preview.printed, new RegExp(`${model} .*so \`resend\` sends nothing`));
        assert.match(destroy.printed, new RegExp(`${model} of an earlier shoot\\)`));
      }
      assert.deepEqual([invited(up), invited(resend), models()], [0, 0, before]);
    });

    describe("a change of team", () => {
      const people = STATUSES.map((status) => `${status}@acme.com`);
      const live = () =>
        people.map((email) => {
          const { status, teamId } = organization.emulator.invite(email) ?? {};
          return [status, teamId];
        });
      const allIn = (team: string) => STATUSES.map((status) => [status, team]);

      it("moves whoever has signed up without an e-mail; sends only the pending invite again", async () => {
        const { emulator, stack } = organization;
        await roster(people.map((email) => `${email},Marketing`));
        await stack.mustUp();
        for (const status of STATUSES)
          if (status !== "pending") emulator.setStatus(`${status}@acme.com`, status);
        await stack.must("refresh", "--yes", "--skip-preview");

        await roster(people.map((email) => `${email},Engineering`));
        const preview = await stack.preview();
        const lines = [...new Set(preview.printed.match(/\S+ moves to team "Engineering" .*/g))];
        const quiet = lines.filter((line) => line.includes("without an e-mail"));
        const headshots = quiet.filter((line) => line.endsWith("; headshots stay"));
        assert.deepEqual([lines.length, quiet.length, headshots.length], [5, 4, 3]);
        const up = await stack.mustUp();
        assert.deepEqual(up.emails, ["pending@acme.com"]);
        assert.deepEqual(live(), allIn("team_abc123"));
        await stack.expectSettled();

        // The key may not move anybody: the error names the scope, and the state stays true.
        emulator.acceptKey(emulator.apiKey, ["Organization", "Invites"]);
        await roster(people.map((email) => `${email},,,team_xyz789`));
        const refused = await stack.fails("up", "--continue-on-error");
        for (const email of people.slice(0, 4))
          assert.match(
            refused.printed,
            new RegExp(`${email} was not moved to team team_xyz789: .*403 FORBIDDEN.*scope Teams`, "s"),
          );
        assert.deepEqual(live().slice(0, 4), allIn("team_abc123").slice(0, 4));
        const { resources } = await stack.export();
        const { status, teamId } = resources.find(({ id }) => id === "completed@acme.com")?.outputs ?? {};
        assert.deepEqual([status, teamId], ["completed", "team_abc123"]);

        // The next `up` may, and the reply to a move is lost: it is looked up.
        emulator.acceptKey(emulator.apiKey);
        emulator.fault({ on: "assign", when: "after", kind: "reset" });
        await stack.mustUp();
        assert.deepEqual(live(), allIn("team_xyz789"));
        await stack.expectSettled();
      });
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
