import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { organizationForEach } from "../support/organization";
import { FACES, type Face } from "../support/program";

const people = (from: number, to: number) =>
  JSON.stringify(Array.from({ length: to - from }, (_, n) => `p${from + n}@acme.com`));
const roster = (name: string, members: string, more = "", options = "") =>
  `new HeadshotRoster("${name}", { members: ${members}, allowEmpty: true ${more} }, { ${options} });\n`;

/** Law 8: one run has a bounded reach, and is stopped before anybody is touched. */
for (const face of FACES)
  describe(`what one run may reach, on the real engine, ${face}`, () => {
    const organization = organizationForEach({ face });
    const live = () => organization.emulator.invites().filter(({ status }) => status !== "revoked").length;

    /** Nobody is touched, and one sentence says why. @returns the CLI's summary */
    async function refused(command: "preview" | "up", why: RegExp, ...args: string[]): Promise<string> {
      const before = live();
      const { code, printed, requests } = await organization.stack[command](...args);
      assert.notEqual(code, 0, printed);
      assert.deepEqual([requests, live()], [[], before]);
      // Where the plugin serves it, the program's own SDK adds its frames to any roster that is refused.
      if (face === "dynamic") assert.doesNotMatch(printed, /\n\s+at |Error:|serializing|Calling \[|\.js:\d+/);
      const summary = printed.slice(printed.indexOf("Diagnostics:"));
      assert.equal(summary.match(why)?.length, 1, printed);
      return summary;
    }

    it("maxRemovals: who leaves a roster is counted by the state, and who goes elsewhere does not count", async () => {
      const { stack } = organization;
      await stack.upTo(roster("people", people(0, 12)));
      await stack.setProgram(roster("people", people(10, 13)));
      const counts =
        /because 10 of the 12 people whom it had would lose their invite, and maxRemovals allows 3: p0@acme\.com, p1@/g;
      await refused("preview", counts);
      const two = ["**::people/p0@acme.com", "**::people/p1@acme.com"];
      await refused("up", counts, ...two.flatMap((one) => ["--target", one]));
      // Everybody is in another roster or stands alone: nobody leaves.
      const moved = `${roster("staff", people(0, 11))}new HeadshotInvite("last", { email: "p11@acme.com" });\n`;
      const move = await stack.upTo(
        face === "dynamic"
          ? roster("people", "[]") + moved
          : `const staff = ${moved}${roster("people", "[]", "", "dependsOn: [staff]")}`,
      );
      assert.deepEqual([live(), move.emails], [12, []]);
      await stack.setProgram(roster("team", people(9, 11), "", 'aliases: [{ name: "staff" }]'));
      await refused("preview", /because 9 of the 11 people whom it had would lose/g);
      stack.env = { HEADSHOTPRO_MAX_REMOVALS: "9" };
      await stack.mustUp();
      assert.equal(live(), 2);
    });

    // The dynamic face has only what the engine's host shares between the people of a run.
    if (face === "dynamic")
      it("maxInvites: the first one too many is refused in the preview; who is there already does not count", async () => {
        const { emulator, stack } = organization;
        stack.env = { HEADSHOTPRO_MAX_INVITES: "2" };
        await stack.setProgram(roster("people", people(0, 6)));
        const preview = await stack.fails("preview");
        const why =
          /this run would invite more people than maxInvites allows \(2\), so nobody else is invited/g;
        assert.equal(preview.printed.split("Diagnostics:")[1]?.match(why)?.length, 1, preview.printed);
        assert.deepEqual(preview.requests, ["GET /organization/invites"]);
        const up = await stack.fails("up");
        assert.ok(up.emails.length <= 2, up.emails.join());
        // Any two of the six: the engine asks in no order.
        const missing: string[] = JSON.parse(people(0, 6)).filter((email: string) => !emulator.invite(email));
        for (const email of missing.slice(2)) emulator.inviteByHand({ email });
        assert.equal((await stack.preview()).code, 0);
        await stack.mustUp();
      });

    it("allowedDomains: one row outside of them, and nobody in the roster is e-mailed; nor is a person by themselves", async () => {
      const { stack } = organization;
      const outside = /zoe@acmee\.com: acmee\.com is not an allowed domain/g;
      await stack.must("config", "set", "--path", "headshotpro:allowedDomains[0]", "Acme.com");
      await stack.setProgram('new HeadshotRoster("people", { file: "people.csv" });');
      await writeFile(join(stack.project, "people.csv"), "E-mail\nada@acme.com\nzoe@acmee.com\n");
      for (const command of ["preview", "up"] as const)
        assert.match(await refused(command, outside), /because 1 address is outside[\s\S]*people\.csv:3 /);
      await stack.setProgram('new HeadshotInvite("zoe", { email: "zoe@acmee.com" });');
      await refused("preview", /is not an allowed domain/g);
    });
  });

/** Puts a word before each address, as a stage of a program may do. */
const LEGACY = `pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
  type.includes("HeadshotInvite")
    ? { props: { ...props, email: pulumi.output(props.email).apply((email) => "stage-" + email) }, opts }
    : undefined);\n`;
const TRANSFORMS = `const transforms = [async ({ type, props, opts }) =>
  type.includes("HeadshotInvite") ? { props: { ...props, email: "stage-" + props.email }, opts } : undefined];\n`;

const STAGES: [what: string, face: Face, stage: string, options: string][] = [
  ["registerStackTransformation, dynamic", "dynamic", LEGACY, ""],
  ["transforms, plugin", "plugin", TRANSFORMS, "transforms"],
];

for (const [what, face, stage, options] of STAGES)
  describe(`a stage that rewrites addresses: ${what}`, () => {
    const organization = organizationForEach({ face });

    it("leaves a roster as it is, and those who leave it count", async () => {
      const { emulator, stack } = organization;
      await stack.upTo(stage + roster("people", people(0, 6), "", options));
      await stack.expectSettled();
      assert.ok(emulator.invites().every(({ email }) => email.startsWith("stage-")));
      await stack.setProgram(stage + roster("people", people(4, 6), "", options));
      const { printed } = await stack.fails("up");
      assert.match(
        printed,
        /because 4 of the 6 people .* and maxRemovals allows 3: stage-p0@acme\.com, stage-p1@/,
      );
      assert.equal(emulator.invites().length, 6);
    });
  });
