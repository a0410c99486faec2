import { CELLS, expectedOf } from "./fault-cells";
import { tryOut } from "./fault-lab";

/**
 * Every nature of a fault × every request of every operation × before and after its effect × once and always, each with
 * what must hold: what the user reads, what is recorded, who was e-mailed, what the API holds, and in how many requests
 * (`fault-cells.ts`); and that the same command, run once more without the fault, ends at what is declared, also where
 * the first one was stopped before the engine recorded anything of an update.
 *
 * Each cell has an emulator of its own, spoken to over real HTTP, and a clock of its own that passes all waits.
 */
describe("every nature of a fault × every request", () => {
  for (const cell of CELLS) {
    const { place, nature, when, lasting } = cell;
    it(`${place.name} · ${nature} · ${when} the effect · ${lasting ? "always" : "once"}`, async () => {
      await tryOut(cell, { stopped: false });
      if (place.operation === "update" && expectedOf(cell).outcome !== "sent again")
        await tryOut(cell, { stopped: true });
    });
  }
});
