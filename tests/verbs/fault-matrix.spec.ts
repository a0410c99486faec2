import assert from "node:assert/strict";
import { CELLS, expectedOf, FAULTS, nameOf, PLACES } from "./fault-cells";
import { tryOut } from "./fault-lab";

/**
 * Every fault × every request of every verb × before and after the effect × once and always, each with what must
 * hold: what the user reads, what is recorded, who was e-mailed, what the API holds, and in how many requests
 * (`fault-cells.ts`); and that the same command, run once more without the fault, ends at what is declared, also
 * where the first one was stopped before the engine recorded anything of an update.
 *
 * Each cell has an emulator of its own, spoken to over real HTTP, and a clock of its own that passes all waits.
 */
describe("every fault × every verb", () => {
  it("leaves no cell out", () => {
    const lists = PLACES.filter(({ on }) => on === "list").length;
    assert.equal(CELLS.length, (PLACES.length * FAULTS.length - lists) * 4);
    const named = ["reset", "hang", "500", "502", "503", "429", "402", "401", "HTML", "empty", "truncated"];
    for (const name of [...named, "success: false", "oversized", "redirect", "slow drip", "somebody else"])
      assert.ok(
        FAULTS.some((fault) => fault.name.includes(name)),
        name,
      );
    for (const verb of ["list", "create", "get", "revoke"])
      assert.ok(
        PLACES.some((place) => place.on === verb),
        verb,
      );
  });

  for (const place of PLACES)
    describe(place.name, () => {
      for (const cell of CELLS.filter((one) => one.place === place))
        it(nameOf(cell), async () => {
          await tryOut(cell, { stopped: false });
          if (place.verb === "update" && expectedOf(cell).outcome !== "sent again")
            await tryOut(cell, { stopped: true });
        });
    });
});
