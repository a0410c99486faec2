import { run } from "./interpreter";
import {
  act,
  credits,
  declare,
  destroy,
  type Line,
  move,
  raise,
  refresh,
  remove,
  retain,
  rotate,
  type Styles,
  scope,
  settle,
  team,
  up,
  wait,
} from "./script";

/** Scripts that are disturbed where it hurts most; by hand, one for each place that a law is about. */
const scripts: { name: string; script: Line[]; styles?: Partial<Styles> }[] = [
  {
    name: "a move whose reply is lost",
    script: [
      ...[declare("a", { who: "ada", teamId: "T1" }), up(), declare("a", { who: "ada", teamId: "T2" })],
      ...[up({ faults: [{ on: "create", when: "after", kind: "reset" }] }), up()],
    ],
  },
  {
    name: "a move that is killed once the new invite is sent, with nothing written",
    script: [
      ...[declare("a", { who: "ada", teamId: "T1" }), up(), declare("a", { who: "ada", teamId: "T2" })],
      ...[up({ kill: { request: 3, when: "after" }, noCheckpoints: true }), up()],
    ],
  },
  {
    name: "an invite whose reply is lost, and whose look-up fails as well",
    script: [
      declare("a", { who: "ada" }),
      up({
        faults: [
          { on: "create", when: "after", kind: "truncated" },
          { on: "get", kind: { status: 503 }, times: 9 },
        ],
      }),
      up(),
    ],
  },
  {
    name: "a renewal that is killed between the revoke and the new invite",
    script: [
      declare("a", { who: "ada" }),
      up(),
      wait(31),
      up({ kill: { request: 4, when: "before" } }),
      up(),
    ],
  },
  {
    name: "a renewal that is killed after the new invite",
    script: [declare("a", { who: "ada" }), up(), wait(31), up({ kill: { request: 4, when: "after" } }), up()],
  },
  {
    name: "no more renewals than allowed",
    script: [
      declare("a", { who: "ada", maxRenewals: 1 }),
      up(),
      wait(31),
      up(),
      wait(31),
      up(),
      wait(31),
      up(),
    ],
  },
  {
    name: "somebody signs up while their invite is being renewed",
    script: [
      ...[declare("a", { who: "ada" }), up(), wait(31)],
      up({ meanwhile: { request: 2, who: "ada", action: "complete" } }),
    ],
  },
  {
    name: "somebody gets headshots while their invite is being deleted, and the first revoke fails",
    script: [
      ...[declare("a", { who: "ada" }), up(), remove("a")],
      up({
        faults: [{ on: "revoke", kind: { status: 500 } }],
        meanwhile: { request: 3, who: "ada", action: "complete" },
      }),
    ],
  },
  {
    name: "forceDestroy in the same up as the removal comes too late, the one before counts",
    script: [
      ...[declare("a", { who: "ada" }), up(), act("ada", "complete"), refresh()],
      ...[
        declare("a", { who: "bob", forceDestroy: true }),
        up(),
        declare("a", { who: "ada", forceDestroy: true }),
      ],
      ...[up(), remove("a"), up(), settle()],
    ],
  },
  {
    name: "destroyed while the API fails, and again",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "bob" }), up()],
      ...[
        destroy({ faults: [{ on: "revoke", when: "after", kind: "hang", times: 2 }], parallel: true }),
        destroy(),
      ],
    ],
    styles: { revoked: "kept", codes: "specific" },
  },
  {
    name: "somebody who has signed up moves without an e-mail, whatever becomes of the request",
    script: [
      ...[
        declare("a", { who: "ada", teamId: "T1" }),
        declare("b", { who: "bob" }),
        up(),
        act("ada", "complete"),
      ],
      ...[act("bob", "accept"), refresh(), team("a", "T2"), team("b", "T2")],
      up({ faults: [{ on: "assign", kind: "no-effect" }], parallel: true }),
      up({ faults: [{ on: "assign", kind: { status: 403 } }] }),
      up({ faults: [{ on: "assign", when: "after", kind: "reset", times: 7 }] }),
      ...[team("a", "T1"), up({ faults: [{ on: "get", kind: { status: 503 }, times: 9 }] }), up()],
    ],
  },
  {
    name: "a move of somebody who has signed up is killed before it, after it, and after a look",
    script: [
      ...[
        declare("a", { who: "ada", teamId: "T1" }),
        up(),
        act("ada", "complete"),
        refresh(),
        team("a", "T2"),
      ],
      ...[up({ kill: { request: 2, when: "before" } }), up({ kill: { request: 2, when: "after" } })],
      ...[team("a", "T1"), up({ stop: { verbs: 1, written: false }, noCheckpoints: true }), up()],
    ],
  },
  {
    name: "somebody signs up while they are moved to another team",
    script: [
      ...[declare("a", { who: "ada", teamId: "T1" }), up(), team("a", "T2")],
      up({ meanwhile: { request: 2, who: "ada", action: "accept" } }),
    ],
  },
  {
    name: "whoever left, and whose data were deleted, is only invited again on request",
    script: [
      ...[
        declare("a", { who: "ada" }),
        declare("b", { who: "bob", teamId: "T1" }),
        up(),
        act("ada", "complete"),
      ],
      ...[
        act("bob", "complete"),
        refresh(),
        act("bob", "leave"),
        up(),
        retain(30),
        wait(31),
        up(),
        refresh(),
      ],
      ...[
        team("b", "T2"),
        up(),
        raise("a", 1),
        up({ faults: [{ on: "create", when: "after", kind: "reset" }] }),
      ],
      ...[up(), remove("b"), up(), declare("c", { who: "bob" }), up()],
    ],
  },
  {
    name: "nobody who is invited to another shoot is revoked, however old the invite is",
    script: [
      ...[
        declare("a", { who: "ada", teamId: "T1" }),
        declare("b", { who: "bob" }),
        up(),
        act("ada", "complete"),
      ],
      ...[
        act("bob", "complete"),
        act("ada", "be invited to the next shoot"),
        act("bob", "come to the next shoot"),
      ],
      ...[
        raise("a", 1),
        up(),
        refresh(),
        wait(40),
        up(),
        team("a", "T2"),
        raise("b", 1),
        up(),
        remove("a"),
        up(),
      ],
    ],
  },
  {
    name: "a key that may not move people, and one that may not say whose it is",
    script: [
      ...[
        declare("a", { who: "ada", teamId: "T1" }),
        up(),
        act("ada", "get an older completed entry"),
        settle(),
      ],
      ...[scope("D", "Teams"), act("ada", "complete"), refresh(), team("a", "T2"), up(), scope("D"), up()],
      ...[scope("K", "Organization"), move("a", "K"), up(), scope("K"), refresh(), up(), rotate("K"), up()],
    ],
  },
  {
    name: "credits run out, and nobody loses an invite for it",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "bob" }), up(), credits(0), team("a", "T1")],
      ...[team("b", "T1"), up({ parallel: true }), scope("D", "Organization"), up({ parallel: true })],
    ],
  },
  {
    name: "credits run out between two people",
    script: [
      declare("a", { who: "ada" }),
      credits(0),
      up(),
      credits(1000),
      declare("b", { who: "bob" }),
      up(),
    ],
  },
];

describe("the laws where it hurts", () => {
  for (const { name, script, styles } of scripts) it(name, () => run(script, styles));
});
