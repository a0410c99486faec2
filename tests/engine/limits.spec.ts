import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator } from "headshotpro-emulator";
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

    async function must(program: string) {
      return organization.stack.upTo(program);
    }

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
      await must(roster("people", people(0, 12)));
      await stack.setProgram(roster("people", people(10, 13)));
      const counts =
        /because 10 of the 12 people whom it had would lose their invite, and maxRemovals allows 3: p0@acme\.com, p1@/g;
      await refused("preview", counts);
      const two = ["**::people/p0@acme.com", "**::people/p1@acme.com"];
      await refused("up", counts, ...two.flatMap((one) => ["--target", one]));
      // Everybody is in another roster or stands alone: nobody leaves.
      const moved = `${roster("staff", people(0, 11))}new HeadshotInvite("last", { email: "p11@acme.com" });\n`;
      const move = await must(
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

    // Both faces read the state in the same way.
    if (face === "plugin")
      it("maxRemovals holds after an up that was killed half-way through", async () => {
        const { emulator, stack } = organization;
        await must(roster("people", people(0, 5)));
        emulator.fault({ on: "create", after: 3, times: Number.POSITIVE_INFINITY, kind: "hang" });
        await stack.setProgram(roster("people", people(0, 15)));
        const running = stack.start("up", "--yes", "--skip-preview", "--parallel", "4");
        while (!emulator.requests.some(({ status }) => status === "hang")) await sleep(20);
        running.kill("SIGKILL");
        await running.ended;
        emulator.clearFaults();
        await stack.removeTornAttributes();
        await stack.must("cancel", "--yes");
        await stack.setProgram(roster("people", people(0, 1)));
        await refused("up", /because \d of the \d people whom it had would lose their invite/g);
        assert.equal(live(), 8);
        // A roster that goes whole is meant, be it in a destroy that runs the program.
        await stack.must("destroy", "--yes", "--skip-preview", "--run-program");
        assert.ok(live() <= 3, "nobody but those whom the killed run could not record");
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

    if (face === "dynamic")
      it("maxInvites counts of a targeted run only those whom it is about", async () => {
        const { stack } = organization;
        stack.env = { HEADSHOTPRO_MAX_INVITES: "1" };
        const declared = ["ada", "bob"].map(
          (name) => `new HeadshotInvite("${name}", { email: "${name}@acme.com" });`,
        );
        const up = await stack.upTo(declared.join("\n"), "--target", "**::bob");
        assert.deepEqual(up.emails, ["bob@acme.com"]);
      });

    describe("allowedDomains", () => {
      const ROSTER = 'new HeadshotRoster("people", { file: "people.csv" });';
      const OUTSIDE = /is not an allowed domain/g;
      const NEAREST = "zoe@acmee.com: acmee.com is not an allowed domain; did you mean acme.com?";
      const write = (...emails: string[]) =>
        writeFile(join(organization.stack.project, "people.csv"), `E-mail\n${emails.join("\n")}\n`);

      it("one row outside of them, and nobody in the roster is e-mailed; nor is a person by themselves", async () => {
        const { stack } = organization;
        stack.env = { HEADSHOTPRO_ALLOWED_DOMAINS: "acme.com" };
        await stack.setProgram(ROSTER);
        await write("ada@acme.com", "zoe@acmee.com", "bob@acme.com");
        for (const command of ["preview", "up"] as const) {
          const summary = await refused(command, OUTSIDE);
          assert.match(
            summary,
            /Nobody in the roster "people" is invited or revoked, because 1 address is outside/,
          );
          assert.ok(summary.includes(`people.csv:3  ${NEAREST}`), summary);
        }
        await stack.setProgram('new HeadshotInvite("zoe", { email: "zoe@acmee.com" });');
        await refused("preview", OUTSIDE);
      });

      if (face === "dynamic")
        it("from the stack's configuration: people who are there already are kept and removed, though they are outside", async () => {
          const { stack } = organization;
          await write("ada@acme.com", "old@former.example");
          await must(ROSTER);
          await stack.must("config", "set", "--path", "headshotpro:allowedDomains[0]", "Acme.com");
          await stack.expectSettled();
          await write("ada@acme.com", "old@former.example", "zoe@acmee.com");
          assert.ok((await refused("up", OUTSIDE)).includes(`people.csv:4  ${NEAREST}`));
          await write("ada@acme.com");
          await stack.mustUp();
          assert.equal(organization.emulator.invite("old@former.example")?.status, "revoked");
        });

      if (face === "dynamic")
        it("an explicit provider has its own", async () => {
          const { stack } = organization;
          const emea = await startEmulator({ apiKey: "hp_emea" });
          try {
            stack.env = { HEADSHOTPRO_ALLOWED_DOMAINS: "acmee.com" };
            const program = (domains: string) => `
            const emea = new Provider("emea", { apiKey: "hp_emea", baseUrl: "${emea.url}", allowedDomains: [${domains}] });
            new HeadshotRoster("people", { file: "people.csv" }, { provider: emea });`;
            await write("ada@acme.com", "zoe@acmee.com");
            await stack.setProgram(program('"acme.com"'));
            assert.ok((await refused("preview", OUTSIDE)).includes(`people.csv:3  ${NEAREST}`));
            await must(program('"*.acme.eu", "acmee.com", "ACME.com"'));
            assert.equal(emea.outbox.length, 2);
          } finally {
            await emea.close();
          }
        });
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

describe("a roster in a bucket of the old layout, which has no full names of stacks", () => {
  const organization = organizationForEach();

  it("knows whom it had", async () => {
    const { stack } = organization;
    const folder = await mkdtemp(join(tmpdir(), "old-layout-"));
    stack.env = {
      PULUMI_BACKEND_URL: `file://${folder}`,
      PULUMI_DIY_BACKEND_LEGACY_LAYOUT: "true",
      PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR: "1",
    };
    await stack.must("stack", "init", "test");
    await stack.upTo(roster("people", people(0, 6)));
    await stack.setProgram(roster("people", people(5, 7)));
    const refused = await stack.up();
    assert.match(refused.printed, /because 5 of the 6 people whom it had would lose their invite/);
    await rm(folder, { recursive: true });
  });
});
