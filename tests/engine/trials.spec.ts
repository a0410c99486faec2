import { Trials } from "../trials/trial";

/** A few of `npm run trials`, always the same. */
const TRIALS = [
  { seed: 20262001, kind: "any" },
  { seed: 20262002, kind: "replace" },
  { seed: 20262003, kind: "replace" },
  // Last: from then on everybody has signed up.
  { seed: 20262004, kind: "assign" },
] as const;

describe("crash trials (the short form of npm run trials)", () => {
  let trials: Trials;
  before(async () => {
    trials = await Trials.start();
  });
  after(() => trials.stop());

  for (const { seed, kind } of TRIALS) {
    it(`seed ${seed}, ${kind}: declared = at the API, one e-mail for each invite, headshots untouched`, async () => {
      await trials.run(seed, kind);
    });
  }
});
