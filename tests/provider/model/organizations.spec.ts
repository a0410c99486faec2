import { run } from "./interpreter";
import {
  act,
  declare,
  destroy,
  give,
  type Line,
  move,
  raise,
  refresh,
  remove,
  rename,
  rotate,
  up,
  wait,
} from "./script";

/** By hand: the ways between providers, and the options and answers that a law is about. */
const scripts: { name: string; script: Line[] }[] = [
  {
    name: "to another organization and back",
    script: [declare("a", { who: "ada" }), up(), move("a", "E"), up(), move("a", "D"), up()],
  },
  {
    name: "to a provider of the same organization by the same key: nobody is e-mailed or revoked",
    script: [
      ...[declare("a", { who: "ada" }), up(), move("a", "S"), up(), refresh(), rotate("S"), up()],
      destroy(),
    ],
  },
  {
    name: "to a resource of a provider of the same organization, by the same key and by another",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "bob" }), up(), give("a", "c", "S"), up()],
      ...[give("c", "a", "K"), up(), give("a", "c", "D"), up()],
    ],
  },
  {
    name: "by a killed command, and by a provider process that dies alone",
    script: [
      ...[declare("a", { who: "ada" }), declare("b", { who: "bob", at: "S" }), up(), move("a", "E")],
      ...[up({ kill: { request: 2, when: "before" }, noCheckpoints: true }), up(), give("a", "c", "K")],
      ...[up({ crash: { request: 2, when: "after" } }), up()],
    ],
  },
  {
    name: "an explicit provider is renamed, gets another key and is dropped",
    script: [
      ...[declare("a", { who: "ada", at: "E" }), up(), rename("E"), up(), rotate("E"), up()],
      ...[rotate("D"), rename("E"), up(), remove("a"), up()],
    ],
  },
  {
    name: "headshots stay if the program does not allow them to be deleted, whoever declares that",
    script: [
      ...[declare("a", { who: "ada", forceDestroy: true }), up(), act("ada", "complete")],
      ...[declare("a", { who: "bob", forceDestroy: false }), up(), up({ force: true })],
      ...[declare("a", { who: "ada", teamId: "T2", forceDestroy: false }), up(), up({ force: true })],
      ...[declare("a", { who: "ada", teamId: "T2" }), up()],
    ],
  },
  {
    name: "headshots stay if another organization's resource does not allow them to be deleted",
    script: [
      ...[declare("a", { who: "ada", forceDestroy: true }), up(), act("ada", "complete")],
      ...[declare("b", { who: "ada", at: "E", forceDestroy: false }), remove("a"), up(), up({ force: true })],
    ],
  },
  {
    name: "a raised resend is one e-mail, whatever becomes of its record",
    script: [
      ...[declare("a", { who: "ada" }), up(), raise("a", 1)],
      ...[up({ stop: { verbs: 1, written: false }, noCheckpoints: true }), up(), raise("a", 0), up()],
      ...[raise("a", 1), up(), act("ada", "accept"), raise("a", 2), up()],
    ],
  },
  {
    name: "an invite by hand is not ours, though our own request failed just then",
    script: [
      ...[act("ada", "invite by hand"), wait(1), declare("a", { who: "ada", adopt: false })],
      up({ faults: [{ on: "create", kind: { status: 503 } }] }),
    ],
  },
  {
    name: "answers about somebody else change nothing",
    script: [
      ...[declare("a", { who: "ada", forceDestroy: true }), declare("b", { who: "bob" }), up()],
      ...[act("bob", "complete"), remove("a")],
      up({ faults: [{ on: "get", kind: "somebody-else", about: "bob@acme.com", times: 9 }] }),
      up({ faults: [{ on: "revoke", kind: "somebody-else", about: "bob@acme.com" }] }),
    ],
  },
];

describe("the laws among providers, options and odd answers", () => {
  for (const { name, script } of scripts) it(name, () => run(script));
});
