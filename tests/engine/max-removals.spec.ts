import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { CHECKPOINTS_OFF } from "../support/constants";
import { organizationForEach } from "../support/organization";
import type { Face } from "../support/program";

const people = (from: number, to: number) =>
  JSON.stringify(Array.from({ length: to - from }, (_, n) => `p${from + n}@acme.com`));
const roster = (name: string, members: string, more = "", options = "") =>
  `new HeadshotRoster("${name}", { members: ${members}, allowEmpty: true ${more} }, { ${options} });\n`;

for (const face of ["dynamic", "plugin"] as Face[])
  describe(`maxRemovals on the real engine, ${face}`, () => {
    const organization = organizationForEach({ face });
    const live = () => organization.emulator.invites().filter(({ status }) => status !== "revoked").length;

    /** Nobody is touched, and one sentence says why. */
    async function refused(command: "preview" | "up", counts: RegExp, ...args: string[]): Promise<void> {
      const before = live();
      const { code, printed, requests } = await organization.stack[command](...args);
      assert.notEqual(code, 0, printed);
      assert.deepEqual([requests, live()], [[], before]);
      const summary = printed.slice(printed.indexOf("Diagnostics:"));
      assert.equal(summary.match(counts)?.length, 1, printed);
      if (face === "dynamic") assert.doesNotMatch(printed, /\n\s+at |Error:|serializing|Calling \[|\.js:\d+/);
    }

    it("60 people cut to 2 and a new one: nobody is revoked and nobody invited, until it is meant", async () => {
      const { stack } = organization;
      stack.env = CHECKPOINTS_OFF;
      await stack.setProgram(roster("people", people(0, 60)));
      await stack.must("up", "--yes", "--skip-preview");
      await stack.setProgram(roster("people", people(58, 61)));
      const counts =
        /because 58 of the 60 people whom it had would lose their invite, and maxRemovals allows 15: p0@acme\.com, p10@/g;
      await refused("preview", counts);
      await refused("up", counts);
      const same = `[${people(0, 60).slice(1, -1)}]`;
      await stack.setProgram(roster("people", same));
      await stack.expectSettled();
      // Everybody is in another roster or stands alone: nobody leaves.
      const moved = `${roster("staff", people(0, 59))}new HeadshotInvite("last", { email: "p59@acme.com" });`;
      const after = face === "dynamic" ? "" : "dependsOn: [staff]";
      await stack.setProgram(
        face === "dynamic"
          ? roster("people", "[]") + moved
          : `const staff = ${moved}\n${roster("people", "[]", "", `${after}, `)}`,
      );
      const move = await stack.up();
      assert.equal(move.code, 0, move.printed);
      assert.deepEqual([live(), move.emails], [60, []]);
      await stack.setProgram(roster("team", people(57, 59), "", 'aliases: [{ name: "staff" }]'));
      await refused("preview", /because 57 of the 59 people whom it had would lose/g);
      stack.env = { ...CHECKPOINTS_OFF, HEADSHOTPRO_MAX_REMOVALS: "57" };
      const meant = await stack.up();
      assert.equal(meant.code, 0, meant.printed);
      assert.equal(live(), 2);
      stack.env = CHECKPOINTS_OFF;
      assert.equal((await stack.destroy()).code, 0);
    });

    it("maxRemovals in the program, a changed address, and a roster that goes whole", async () => {
      const { stack } = organization;
      await stack.setProgram("");
      await stack.must("up", "--yes", "--skip-preview");
      await stack.setProgram(roster("people", people(0, 5)));
      const first = await stack.up();
      assert.equal(first.code, 0, first.printed);
      await stack.setProgram(roster("people", people(4, 9)));
      await refused(
        "preview",
        /because 4 of the 5 people whom it had would lose their invite, and maxRemovals allows 3/g,
      );
      const four = [0, 1, 2, 3].map((n) => `**::people/p${n}@acme.com`);
      await refused("up", /because 4 of the 5 people /g, ...four.flatMap((one) => ["--target", one]));
      await stack.setProgram(roster("people", people(1, 6), ", maxRemovals: 0"));
      await refused("up", /because 1 of the 5 people .*, and maxRemovals allows 0: p0@acme\.com\./g);
      await stack.setProgram(roster("people", people(4, 9), ", maxRemovals: 4"));
      const meant = await stack.up();
      assert.equal(meant.code, 0, meant.printed);
      assert.equal(live(), 5);
      await stack.setProgram("");
      const whole = await stack.up();
      assert.equal(whole.code, 0, whole.printed);
      assert.equal(live(), 0);
    });

    it("holds after an up that was killed half-way through", async () => {
      const { emulator, stack } = organization;
      await stack.setProgram(roster("people", people(0, 5)));
      const first = await stack.up();
      assert.equal(first.code, 0, first.printed);
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
    });
  });
