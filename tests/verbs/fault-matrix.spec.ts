import assert from "node:assert/strict";
import { CELLS, type Cell, FAULTS, nameOf, PLACES } from "./fault-cells";
import { prepare, type Trial, tryOut } from "./fault-lab";
import { inParallel, Lab } from "./support";

/**
 * Every fault × every request of every verb × before and after the effect × once and always, each with what must
 * hold: what the user reads, what is recorded, who was e-mailed, what the API holds, and in how many requests
 * (`fault-cells.ts`); and that the same command, run once more without the fault, ends at what is declared.
 *
 * The cells run side by side in a few processes whose clock is fast, and each has a person of its own. A fault of
 * the list hits everybody, and people who are looked up together are looked up in a list, so that no GET would meet
 * its fault; and while a rate limit stops everybody, looks at others grow old and are repeated. Those cells run one
 * after another.
 */
describe("every fault × every verb", () => {
  const results = new Map<Cell, unknown>();
  const labs: Lab[] = [];

  before(async function () {
    this.timeout(300_000);
    const alone = ({ place, fault }: Cell) =>
      place.on === "list" || place.on === "get" || fault.nature === "limited";
    // These need a short time-out, which a machine that is busy with the others would run into elsewhere.
    const slow = (cell: Cell) => cell.fault.name === "hang" || cell.fault.name === "slow drip";
    const shared = CELLS.filter((cell) => !alone(cell));
    const quick = shared.filter((cell) => !slow(cell));
    const single = CELLS.filter((cell) => alone(cell) && !slow(cell)).values();
    const slowSingle = CELLS.filter((cell) => alone(cell) && slow(cell)).values();
    await inLabs("60", [
      (lab) => runTogether(lab, quick, 40),
      ...Array.from({ length: 6 }, () => (lab: Lab) => runOneByOne(lab, single)),
    ]);
    await inLabs("2", [
      // No more than may be under way at once, or the others' looks would grow old.
      (lab) => runTogether(lab, shared.filter(slow), 24),
      ...Array.from({ length: 12 }, () => (lab: Lab) => runOneByOne(lab, slowSingle)),
    ]);
  });
  after(() => Promise.all(labs.map((lab) => lab.stop())));

  /** Each in a lab of its own; all of them are up before the first cell. */
  async function inLabs(timeoutSeconds: string, groups: ((lab: Lab) => Promise<void>)[]): Promise<void> {
    const env = { HEADSHOTPRO_TIMEOUT_SECONDS: timeoutSeconds };
    const start = () => Lab.start({ speed: 100, credits: 10_000, env });
    const started = await Promise.all(groups.map(start));
    labs.push(...started);
    await Promise.all(groups.map((run, i) => run(started[i] as Lab)));
  }

  async function runTogether(lab: Lab, cells: Cell[], width: number): Promise<void> {
    const trials: Trial[] = [];
    for (const cell of cells) trials.push(await prepare(lab, cell, `cell${trials.length}@acme.com`));
    await inParallel(trials, width, (trial) => keepResult(lab, trial));
  }

  async function runOneByOne(lab: Lab, cells: Iterable<Cell>): Promise<void> {
    let count = 0;
    for (const cell of cells) await keepResult(lab, await prepare(lab, cell, `cell${count++}@acme.com`));
  }

  async function keepResult(lab: Lab, trial: Trial): Promise<void> {
    const result = await tryOut(lab, trial).catch((error: unknown) => error);
    results.set(trial.cell, result);
    if (trial.cell.place.on === "list") lab.emulator.clearFaults();
  }

  it("leaves no cell out", () => {
    assert.equal(CELLS.length, PLACES.length * FAULTS.length * 4);
    assert.equal(results.size, CELLS.length);
    const named = ["reset", "hang", "500", "502", "503", "429", "402", "401", "HTML", "empty", "truncated"];
    for (const name of [...named, "success: false", "oversized", "redirect", "slow drip"])
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
        it(nameOf(cell), () => {
          const result = results.get(cell);
          if (result !== undefined) throw result;
          assert.ok(results.has(cell), "it was not tried");
        });
    });
});
