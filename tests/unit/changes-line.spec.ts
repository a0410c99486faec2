import { strict as assert } from "node:assert";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import type { StoredState } from "../../provider/src/invite/invite";
import { formatOrganization, toOrganization } from "../../provider/src/invite/organization";
import { changesLine } from "../../provider/src/roster/changes-line";
import { INVITE_TYPE } from "../../provider/src/urn";

const NOW = new Date("2026-11-20T12:00:00Z");
const ROSTER = "headshotpro:index:HeadshotRoster";
const HERE = toOrganization(undefined, "hp_key");
const EMEA = formatOrganization(toOrganization("emea", "hp_other"));

/** Somebody in the state: of the roster, or a resource of their own. */
const recorded = (email: string, state: StoredState, types = `${ROSTER}$${INVITE_TYPE}`) => ({
  urn: `urn:pulumi:test::people::${types}::${types === INVITE_TYPE ? email : `people/${email}`}`,
  createdAt: "2026-11-01T12:00:00Z",
  ...state,
  email,
});
const pending = (more: StoredState = {}) => recorded("ada@acme.com", { status: "pending", ...more });
const alone = (more: StoredState = {}) =>
  recorded("ada@acme.com", { status: "pending", ...more }, INVITE_TYPE);
const row = (options: object = {}, email = "ada@acme.com") => ({ email, where: "p.csv:2", options });

type Change = Partial<Parameters<typeof changesLine>[0]>;
const line = (change: Change) =>
  changesLine({
    ...{ name: "people", formerNames: [], members: [], recorded: [], declared: new Set<string>() },
    ...{ organization: HERE, forceDestroy: false, isRetained: false, now: NOW },
    ...change,
  });
/** Ada in the roster, with these inputs; who stands in the state. */
const there = (inputs: object, ...recorded: Change["recorded"] & object) => ({
  members: [row(inputs)],
  recorded,
});
const bob = (state: StoredState = {}) => recorded("b@acme.com", { status: "pending", ...state });
/** Ada, in the state only. */
const leaves = (state: StoredState = {}, more: Change = {}) => ({ recorded: [pending(state)], ...more });
const ADA = "1 person will be e-mailed";
const nobody = (what: string) => `nobody will be e-mailed, 1 ${what}`;
const STOPS = nobody("has headshots that stop `pulumi up`");
const LOST = nobody("loses headshots for good");
const TAKEN = nobody("is taken over from another resource");
const EXPIRED = { createdAt: "2026-10-01T12:00:00Z" };
const MOVES = "(moves to its team, with a new e-mail, at the next `up`)";
const [inA, inB, DEVS, OPS] = [{ teamId: "a" }, { teamId: "b" }, { team: "Devs" }, { team: "Ops" }];
const bobsRow = (inputs: object) => row(inputs, "b@acme.com");

describe("what a run does to a roster, in one line", () => {
  const cases: [what: string, change: Change, line: string | undefined][] = [
    ["an empty roster", {}, undefined],
    ["somebody new", there({}), ADA],
    ["another team for an unused invite", there(inB, pending()), ADA],
    ["another team after signing up", there(inB, pending({ status: "completed", ...inA })), nobody("moves")],
    ["a team by another name", there(OPS, pending({ ...inA, ...DEVS })), ADA],
    ["its id as its name", there({ team: "a" }, pending({ ...inA, teamName: "Devs" })), undefined],
    [
      "another organization's name for another team",
      there(OPS, pending(inA), alone({ ...inB, ...OPS, __organization: EMEA })),
      undefined,
    ],
    ["a team by a name, for somebody in none", there(DEVS, pending()), ADA],
    ["a team by a name, after its id alone", there(DEVS, pending(inA)), undefined],
    ["the same, and an expired invite", there(DEVS, pending({ ...inA, ...EXPIRED })), ADA],
    ["the same, and who leaves", there(DEVS, pending(inA), bob()), "1 loses their invite"],
    [
      "the same, of which somebody else has one for another team",
      { members: [row(OPS), bobsRow(OPS)], recorded: [pending(inA), bob({ ...inB, ...OPS })] },
      ADA,
    ],
    [
      "a team known later, of which their own preview tells",
      there({ teamId: UNKNOWN }, pending(inA)),
      undefined,
    ],
    ["a revoked invite", there({}, pending({ status: "revoked" })), ADA],
    ["a roster of another organization", there({}, pending({ __organization: EMEA })), ADA],
    [
      "the same, with headshots that may go",
      { ...there({}, pending({ status: "completed", __organization: EMEA })), forceDestroy: true },
      ADA,
    ],
    ["listed for another team", { ...there(OPS, pending(inA)), teams: [{ id: "b", name: "Ops" }] }, ADA],
    [
      "a team by a name after its id alone, and somebody new",
      { members: [row(DEVS), row(DEVS, "new@acme.com")], recorded: [pending(inA)] },
      "at least 1 person will be e-mailed",
    ],
    ["resend", there({ resend: 1 }, pending()), ADA],
    ["who leaves", leaves(), nobody("loses their invite")],
    ["who leaves and is over", leaves({ status: "deleted" }), undefined],
    ["who leaves with headshots", leaves({ status: "completed", modelId: "m" }), STOPS],
    ["with headshots that may go", leaves({ status: "completed", forceDestroy: true }), LOST],
    ["that may not go", leaves({ status: "completed", forceDestroy: false }, { forceDestroy: true }), STOPS],
    ["that may go by the configuration", leaves({ status: "completed" }, { forceDestroy: true }), LOST],
    [
      "who leaves a roster with retainOnDelete",
      leaves({ status: "completed" }, { isRetained: true }),
      nobody("leaves, and stays invited if the last `up` had `retainOnDelete`, too"),
    ],
    ["who leaves for another resource", leaves({}, { declared: new Set(["ada@acme.com"]) }), undefined],
    ["who was a resource of their own", there(inB, alone()), `${TAKEN} ${MOVES}`],
    [
      "the same after signing up",
      there(inB, alone({ status: "accepted" })),
      `${TAKEN} (moves to its team at the next \`up\`)`,
    ],
    ["the same with an alias", { ...there(inB, alone()), aliases: { "Ada@acme.com": "ada@acme.com" } }, ADA],
    [
      "the same with an alias for another",
      { ...there({}, alone()), aliases: { "ada@acme.com": "a" } },
      TAKEN,
    ],
    ["who is in another organization of the stack", there({}, alone({ __organization: EMEA })), ADA],
    [
      "all of them",
      {
        members: [row(), bobsRow({}), row(inB, "c@acme.com")],
        recorded: [
          recorded("c@acme.com", { status: "accepted", ...inA }),
          recorded("d@acme.com", { status: "pending" }),
          recorded("e@acme.com", { status: "accepted" }),
        ],
      },
      "2 people will be e-mailed, 2 lose their invite, 1 moves",
    ],
  ];
  for (const [what, change, expected] of cases) it(what, () => assert.equal(line(change), expected));
});
