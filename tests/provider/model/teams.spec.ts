import fc from "fast-check";
import { type Line, run, scripts } from "./teams";

/** By hand, or as random testing shrank them. */
const chosen: [name: string, script: Line[]][] = [
  [
    "a team is renamed, and removed once its people have moved",
    [
      ...([
        ["declare", "a"],
        ["declare", "b"],
        ["person", "ada", "a"],
        ["person", "bob", "a"],
      ] as Line[]),
      ...([["up"], ["complete", "ada"], ["rename", "a"], ["up"], ["person", "ada", "b"]] as Line[]),
      ...([["person", "bob", "b"], ["drop", "a"], ["up"]] as Line[]),
    ],
  ],
  [
    "a team that was made when the command was killed is adopted",
    [
      ["declare", "a"],
      ["person", "ada", "a"],
      ["up", { kill: { request: 2, when: "after" }, noCheckpoints: true }],
      ["up"],
    ],
  ],
];

describe("the laws, for teams that the program makes, renames and removes", () => {
  for (const [name, script] of chosen) it(name, () => run(script));

  for (const seed of [1, 2, 3, 4])
    it(`hold after every step of the scripts of seed ${seed}`, () =>
      fc.assert(fc.asyncProperty(scripts, run), { seed, numRuns: 40 }));
});
