import { run } from "./interpreter";
import {
  act,
  credits,
  declare,
  destroy,
  type Line,
  refresh,
  remove,
  type Styles,
  settle,
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
