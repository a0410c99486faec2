import { run } from "./interpreter";
import {
  act,
  allow,
  declare,
  give,
  type Line,
  limit,
  refresh,
  remove,
  renameTeam,
  swap,
  up,
  wait,
} from "./script";

/** By hand: what keeps the reach of a run within bounds. Ada, Bob and Cleo are at acme.com, and Dora is not. */
const scripts: { name: string; script: Line[] }[] = [
  {
    name: "somebody outside of the allowed domains is not invited",
    script: [allow("acme.com"), declare("a", { who: "dora" }), declare("b", { who: "bob" }), up(), up()],
  },
  {
    name: "an address outside of them does not take the place of one that is there",
    script: [declare("a", { who: "ada" }), up(), allow("acme.com"), declare("a", { who: "dora" }), up()],
  },
  {
    name: "whoever is no more allowed is kept, refreshed, renewed and removed",
    script: [
      ...[declare("a", { who: "dora" }), up(), allow("acme.com"), up(), refresh(), up(), wait(31), up()],
      ...[act("dora", "accept"), refresh(), declare("a", { who: "dora", maxRenewals: 1 }), up()],
      ...[remove("a"), up()],
    ],
  },
  {
    name: "whoever is no more allowed is not invited again once the state has lost them",
    script: [
      ...[declare("a", { who: "dora" }), up(), act("dora", "revoke by hand"), refresh()],
      ...[allow("acme.com"), up(), declare("b", { who: "dora" }), up()],
    ],
  },
  {
    name: "more people than may do not leave the roster",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "bob" }), up(), limit(1)],
      ...[remove("a"), remove("b"), up(), declare("b", { who: "bob" }), up()],
    ],
  },
  {
    name: "nobody leaves the roster by another address, in a run with a target, or once somebody may not",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "bob" }), up(), limit(0)],
      ...[declare("a", { who: "cleo" }), up(), up({ target: ["a"] }), up({ target: ["b"] }), limit(1), up()],
    ],
  },
  {
    name: "whoever is declared outside of the roster, or in another place of it, does not leave",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "bob" }), up(), limit(0), swap("a", "b"), up()],
      ...[give("a", "c", "D"), up()],
    ],
  },
  {
    name: "a run that was stopped between the new address and the old one does not count it again",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "bob" }), up(), limit(1)],
      ...[declare("a", { who: "cleo" }), up({ stop: { verbs: 1, written: true } }), limit(0), up()],
    ],
  },
  {
    name: "a team's name means its id, in each organization its own",
    script: [
      ...[
        declare("a", { who: "ada", team: "One" }),
        declare("b", { who: "bob", team: "two", at: "E" }),
        up(),
      ],
      ...[declare("a", { who: "ada", team: "Two", loud: true }), up(), give("a", "c", "E"), up(), refresh()],
    ],
  },
  {
    name: "a renamed team is no difference, and its new name none either",
    script: [
      ...[declare("a", { who: "ada", team: "Two" }), up(), renameTeam("T2"), up(), refresh(), up()],
      ...[
        declare("a", { who: "ada", team: "Second" }),
        up(),
        declare("b", { who: "bob", team: "Two" }),
        up(),
      ],
    ],
  },
  {
    name: "a name that no team has invites nobody, whether they are new or there",
    script: [
      ...[declare("a", { who: "ada", team: "Nine" }), up(), declare("a", { who: "ada", team: "One" }), up()],
      ...[declare("a", { who: "ada", team: "Nine" }), up(), up({ force: true })],
    ],
  },
  {
    name: "a name and an id that do not agree invite nobody",
    script: [
      ...[declare("a", { who: "ada", team: "One", teamId: "T2" }), up()],
      ...[declare("a", { who: "ada", team: "One", teamId: "T1" }), up()],
    ],
  },
  {
    name: "somebody who was moved by hand comes back to the team of the name, and a list that fails moves nobody",
    script: [
      ...[declare("a", { who: "ada", team: "One" }), up(), act("ada", "move to T2"), refresh()],
      ...[up({ faults: [{ on: "teams", kind: { status: 403 } }] }), up()],
    ],
  },
];

describe("the laws where a rail stands in the way", () => {
  for (const { name, script } of scripts) it(name, () => run(script));
});
