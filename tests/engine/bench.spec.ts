import { strict as assert } from "node:assert";
import { run } from "../../bench/contender";

const COMMANDS = ["up", "refresh", "destroy"] as const;

describe("what the bench measures us against", () => {
  // They are JavaScript, as the engine runs it: no compiler notices if they fall behind the client.
  for (const contender of ["floor", "bare", "tutorial"] as const)
    it(`runs: ${contender}`, async () => {
      const points = await run({ contender, people: 2, checkpoints: false, commands: COMMANDS });
      assert.deepEqual(
        points.map(({ command }) => command),
        COMMANDS,
      );
    });
});
