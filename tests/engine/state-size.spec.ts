import { strict as assert } from "node:assert";
import { startEmulator } from "headshotpro-emulator";
import { CHECKPOINTS_OFF, NO_LIMIT } from "../support/constants";
import { TestStack } from "../support/stack";

/** 1,000 of them are measured by `npm run bench`: each takes the same. */
const PEOPLE = 100;

const CASES = [
  {
    what: "each person, as a HeadshotInvite",
    program: `for (let n = 0; n < ${PEOPLE}; n++) new HeadshotInvite("person" + n, { email: "person" + n + "@acme.com" });`,
    bytes: 950,
  },
  {
    what: "each person of a HeadshotRoster",
    program: `new HeadshotRoster("people", { members: Array.from({ length: ${PEOPLE} }, (_, n) => "person" + n + "@acme.com") });`,
    bytes: 1050,
  },
];

describe("the size of the state", () => {
  for (const { what, program, bytes } of CASES)
    it(`is at most ${bytes} bytes for ${what}`, async () => {
      const emulator = await startEmulator({ rateLimit: NO_LIMIT });
      // Only the last state counts here; writing one after every step takes most of a minute.
      const stack = await TestStack.create(emulator, {
        language: "typescript",
        program,
        env: CHECKPOINTS_OFF,
      });
      try {
        const up = await stack.up();
        assert.equal(up.code, 0, up.printed);
        const { checkpoint } = JSON.parse(await stack.stateFile());
        const people = checkpoint.latest.resources.filter(({ urn }: { urn: string }) =>
          urn.includes("HeadshotInvite"),
        );
        assert.equal(people.length, PEOPLE);
        const each = Math.round(Buffer.byteLength(JSON.stringify(people)) / PEOPLE);
        console.log(`      ${each} bytes`);
        assert.ok(each <= bytes, `${each} bytes`);
      } finally {
        await stack.remove();
        await emulator.close();
      }
    });
});
