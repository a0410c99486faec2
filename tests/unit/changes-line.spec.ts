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
const row = (inputs: object = {}) => ({ email: "ada@acme.com", where: "p.csv:2", ...inputs });

type Change = Partial<Parameters<typeof changesLine>[0]>;
const line = (change: Change) =>
  changesLine({
    ...{ name: "people", formerNames: [], members: [], recorded: [], declared: new Set<string>() },
    ...{ organization: HERE, forceDestroy: false, isRetained: false, now: NOW },
    ...change,
  });

describe("what a run does to a roster, in one line", () => {
  const ADA = "1 person will be e-mailed";
  const cases: [what: string, change: Change, line: string | undefined][] = [
    ["an empty roster", {}, undefined],
    ["somebody new", { members: [row()] }, ADA],
    ["somebody who is there", { members: [row()], recorded: [pending({ teamId: "a" })] }, undefined],
    ["only a flag differs", { members: [row({ adopt: true })], recorded: [pending()] }, undefined],
    ["another team for an unused invite", { members: [row({ teamId: "b" })], recorded: [pending()] }, ADA],
    [
      "another team for somebody who has signed up",
      { members: [row({ teamId: "b" })], recorded: [pending({ status: "completed", teamId: "a" })] },
      "nobody will be e-mailed, 1 moves",
    ],
    [
      "a team by the name that it has",
      { members: [row({ team: " devs" })], recorded: [pending({ teamId: "a", teamName: "Devs" })] },
      undefined,
    ],
    [
      "a team by another name, among the defaults",
      { members: [row()], defaults: { team: "Ops" }, recorded: [pending({ teamId: "a", team: "Devs" })] },
      ADA,
    ],
    [
      "a team by a name, after its id alone",
      { members: [row({ team: "Devs" })], recorded: [pending({ teamId: "a" })] },
      undefined,
    ],
    [
      "the id of the team in the place of its name",
      { members: [row({ team: "a" })], recorded: [pending({ teamId: "a", teamName: "Devs" })] },
      undefined,
    ],
    [
      "a team by a name for somebody who is in none",
      { members: [row({ team: "Devs" })], recorded: [pending()] },
      ADA,
    ],
    [
      "a name that somebody else has for the same team",
      {
        members: [row({ team: "Devs" }), row({ email: "b@acme.com", team: "Devs" })],
        recorded: [
          pending({ teamId: "a", teamName: "Old" }),
          recorded("b@acme.com", { status: "pending", teamId: "a", team: "Devs" }),
        ],
      },
      undefined,
    ],
    [
      "names of teams after ids alone, one of which somebody else has for another team",
      {
        members: [row({ team: "Ops" }), row({ email: "b@acme.com", team: "Ops" })],
        recorded: [
          pending({ teamId: "a" }),
          recorded("b@acme.com", { status: "pending", teamId: "b", team: "Ops" }),
        ],
      },
      ADA,
    ],
    [
      "a name that another organization has for another team",
      {
        members: [row({ team: "Ops" })],
        recorded: [pending({ teamId: "a" }), alone({ teamId: "b", team: "Ops", __organization: EMEA })],
      },
      undefined,
    ],
    [
      "a team by a name, where the teams are listed and it is the same one",
      {
        members: [row({ team: "Ops" })],
        recorded: [pending({ teamId: "a" })],
        teams: [{ id: "a", name: "Ops" }],
      },
      undefined,
    ],
    [
      "a team by a name, where the teams are listed and it is another one",
      {
        members: [row({ team: "Ops" })],
        recorded: [pending({ teamId: "a" })],
        teams: [{ id: "b", name: "Ops" }],
      },
      ADA,
    ],
    [
      "a team by a name after its id alone, and an expired invite",
      {
        members: [row({ team: "Devs" })],
        recorded: [pending({ teamId: "a", createdAt: "2026-10-01T12:00:00Z" })],
      },
      ADA,
    ],
    [
      "a team by a name after its id alone, and somebody new",
      {
        members: [row({ team: "Devs" }), row({ email: "new@acme.com", team: "Devs" })],
        recorded: [pending({ teamId: "a" })],
      },
      "at least 1 person will be e-mailed",
    ],
    [
      "a team by a name after its id alone, and who leaves",
      {
        members: [row({ team: "Devs" })],
        recorded: [pending({ teamId: "a" }), recorded("b@acme.com", { status: "pending" })],
      },
      "1 loses their invite",
    ],
    [
      "a team that is known only later is one that the preview of the person tells",
      { members: [row({ teamId: UNKNOWN })], recorded: [pending({ teamId: "a" })] },
      undefined,
    ],
    [
      "an expired invite",
      { members: [row()], recorded: [pending({ createdAt: "2026-10-01T12:00:00Z" })] },
      ADA,
    ],
    ["resend", { members: [row({ resend: 1 })], recorded: [pending()] }, ADA],
    ["a revoked invite", { members: [row()], recorded: [pending({ status: "revoked" })] }, ADA],
    ["who leaves", { recorded: [pending()] }, "nobody will be e-mailed, 1 loses their invite"],
    ["who leaves and is over", { recorded: [pending({ status: "deleted" })] }, undefined],
    [
      "who leaves with headshots",
      { recorded: [pending({ status: "completed", modelId: "m" })] },
      "nobody will be e-mailed, 1 has headshots that stop `pulumi up`",
    ],
    [
      "who leaves with headshots that may go",
      { recorded: [pending({ status: "completed", forceDestroy: true })] },
      "nobody will be e-mailed, 1 loses headshots for good",
    ],
    [
      "who leaves with headshots that may go by the configuration",
      { recorded: [pending({ status: "completed" })], forceDestroy: true },
      "nobody will be e-mailed, 1 loses headshots for good",
    ],
    [
      "who leaves with headshots that the state protects from the configuration",
      { recorded: [pending({ status: "completed", forceDestroy: false })], forceDestroy: true },
      "nobody will be e-mailed, 1 has headshots that stop `pulumi up`",
    ],
    [
      "who leaves a roster with retainOnDelete",
      { recorded: [pending({ status: "completed" })], isRetained: true },
      "nobody will be e-mailed, 1 leaves, and stays invited if the last `up` had `retainOnDelete`, too",
    ],
    [
      "who leaves for another resource",
      { recorded: [pending()], declared: new Set(["ada@acme.com"]) },
      undefined,
    ],
    [
      "who was a resource of their own",
      { members: [row({ teamId: "b" })], recorded: [alone()] },
      "nobody will be e-mailed, 1 is taken over from another resource (moves to its team, with a new e-mail, at the next `up`)",
    ],
    [
      "the same after signing up",
      { members: [row({ teamId: "b" })], recorded: [alone({ status: "accepted" })] },
      "nobody will be e-mailed, 1 is taken over from another resource (moves to its team at the next `up`)",
    ],
    [
      "the same without another team",
      { members: [row()], recorded: [alone()] },
      "nobody will be e-mailed, 1 is taken over from another resource",
    ],
    [
      "the same with an alias",
      { members: [row({ teamId: "b" })], recorded: [alone()], aliases: { "Ada@acme.com": "ada" } },
      ADA,
    ],
    [
      "who is in another organization of the stack",
      { members: [row()], recorded: [alone({ __organization: EMEA })] },
      ADA,
    ],
    [
      "a roster of another organization",
      { members: [row()], recorded: [pending({ __organization: EMEA })] },
      ADA,
    ],
    [
      "all of them",
      {
        members: [row(), row({ email: "b@acme.com" }), row({ email: "c@acme.com", teamId: "b" })],
        recorded: [
          recorded("c@acme.com", { status: "accepted", teamId: "a" }),
          recorded("d@acme.com", { status: "pending" }),
          recorded("e@acme.com", { status: "accepted" }),
        ],
      },
      "2 people will be e-mailed, 2 lose their invite, 1 moves",
    ],
  ];
  for (const [what, change, expected] of cases) it(what, () => assert.equal(line(change), expected));
});
