import { Trials } from "../trials/trial";

/** A few of `npm run trials`, from another seed each time; a failure names the seed and the plan. */
const FIRST_SEED = Math.floor(Math.random() * 1e6);
const TRIALS = 3;

describe(`crash trials from seed ${FIRST_SEED} on (the short form of npm run trials)`, () => {
  let trials: Trials;
  before(async () => {
    trials = await Trials.start();
  });
  after(() => trials.stop());

  for (let seed = FIRST_SEED; seed < FIRST_SEED + TRIALS; seed++) {
    it(`seed ${seed}: declared = at the API, one e-mail for each invite, headshots untouched`, async () => {
      await trials.run(seed);
    });
  }
});
