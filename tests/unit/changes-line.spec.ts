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
    ...{ organization: HERE, now: NOW },
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
      "who leaves for another resource",
      { recorded: [pending()], declared: new Set(["ada@acme.com"]) },
      undefined,
    ],
    [
      "who was a resource of their own",
      { members: [row({ teamId: "b" })], recorded: [alone()] },
      "nobody will be e-mailed, 1 is taken over from another resource (another team comes with the next `up`)",
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
