import { run } from "./interpreter";
import { act, declare, type Line, refresh, type Styles, scope, settle, swap, team, up } from "./script";

/** As random testing shrank them, or by hand. */
const scripts: { name: string; script: Line[]; styles?: Partial<Styles> }[] = [
  {
    name: "a renamed resource keeps its person",
    script: [declare("a", { who: "ada" }), up(), declare("b", { who: "ada" }), up()],
  },
  {
    name: "two resources swap their people",
    script: [declare("a", { who: "ada" }), declare("b", { who: "bob" }), up(), swap("a", "b"), up()],
  },
  {
    name: "a swap is killed before its deletes, and the next up deletes nobody",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "bob" }), up(), swap("a", "b")],
      ...[up({ stop: { verbs: 2, written: true } }), up()],
    ],
  },
  {
    name: "a move to a team that is not there is taken back",
    script: [
      ...[declare("a", { who: "ada", teamId: "T1" }), up(), declare("a", { who: "ada", teamId: "T9" }), up()],
      ...[declare("a", { who: "ada", teamId: "T1" }), up(), up()],
    ],
  },
  {
    name: "a refresh of somebody with headshots who was moved by hand",
    script: [
      declare("a", { who: "ada", teamId: "T1" }),
      up(),
      act("ada", "complete"),
      act("ada", "move to T2"),
      refresh(),
    ],
  },
  {
    name: "adopted from another team, then declared without one",
    script: [
      ...[act("ada", "invite by hand"), declare("a", { who: "ada", teamId: "T2" }), up()],
      ...[declare("a", { who: "ada" }), up(), up()],
    ],
  },
  {
    name: "adopted with headshots from another team than the declared one, where the next up moves them without an e-mail",
    script: [
      ...[
        act("ada", "invite by hand"),
        act("ada", "complete"),
        declare("a", { who: "ada", teamId: "T2", adopt: true }),
      ],
      ...[up(), up(), declare("a", { who: "ada", adopt: true }), up(), up()],
    ],
  },
  {
    name: "issue 10, point 20 (seed 1088633938): a resource that was lost half-way, and its person invited by hand",
    script: [
      ...[declare("c", { who: "cleo" }), up(), declare("a", { who: "cleo", teamId: "T9" })],
      ...[up({ stop: { verbs: 2, written: false } }), up(), act("cleo", "invite by hand"), up()],
    ],
  },
  {
    name: "an older entry of somebody stays when the recorded one is revoked: its link is not the recorded one",
    script: [
      ...[declare("c", { who: "ada" }), up(), act("ada", "get an older completed entry")],
      declare("c", { who: "dora", deleteBeforeReplace: true }),
      ...[up({ stop: { verbs: 2, written: false } }), declare("a", { who: "ada" })],
    ],
  },
  {
    name: "two resources that go first swap their people, of one with a target",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "dora", deleteBeforeReplace: true }), up()],
      ...[swap("b", "a"), up({ target: ["b"] }), settle()],
    ],
  },
  {
    name: "two resources that go first swap their people side by side (seed 555768459)",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "cleo", deleteBeforeReplace: true }), settle()],
      ...[swap("a", "b"), up({ parallel: true }), refresh()],
    ],
    styles: { codes: "seed" },
  },
  {
    name: "a move to another key of the same organization, whose list leaves it unclear who is in it (seed 1675008135)",
    script: [
      ...[declare("a", { who: "dora" }), up(), declare("a", { who: "dora", at: "K" })],
      up({ faults: [{ on: "list", kind: "unreadable-rows", rows: 3, times: 1 }] }),
    ],
    styles: { codes: "seed", pageSize: 2 },
  },
  {
    name: "an answer about somebody else is not about whom was asked (seed 7)",
    script: [
      ...[declare("c", { who: "ada" }), up(), declare("c", { who: "ada", teamId: "T1" })],
      up({ faults: [{ on: "create", kind: "somebody-else", about: "ada@acme.com" }] }),
    ],
  },
  {
    name: "a resource is replaced for whom HeadshotPro has invited to the next shoot, and the list fails (seed 213580921)",
    script: [
      ...[declare("a", { who: "ada", loud: true }), declare("b", { who: "cleo", teamId: "T9" }), up()],
      ...[act("ada", "complete"), act("ada", "be invited to the next shoot"), team("a", "T2")],
      up({ crash: { request: 1, when: "before" }, replace: ["a"] }),
    ],
    styles: { envelope: "flat", codes: "seed", revoked: "forgotten", getAnswers: "newest" },
  },
  {
    name: "a team that is none, and a key that may see the organization's teams but not list them (seed 424037338)",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "ada", at: "E" }), up()],
      ...[declare("a", { who: "ada", teamId: "T9" }), scope("D", "Teams"), up()],
      up({ stop: { verbs: 1, written: false } }),
    ],
    styles: { envelope: "flat", codes: "seed", revoked: "forgotten", getAnswers: "newest" },
  },
];

describe("scripts that once broke a law", () => {
  for (const { name, script, styles } of scripts) it(name, () => run(script, styles));
});
