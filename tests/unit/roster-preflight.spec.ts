import { strict as assert } from "node:assert";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import { readMembers } from "../../provider/src/roster/load";
import {
  invitedMembers,
  newTeamNames,
  preflight,
  type RosterPlan,
  readMaxRemovals,
  unmanagedReport,
} from "../../provider/src/roster/preflight";
import { INVITE_TYPE, PLUGIN_INVITE_TYPE } from "../../provider/src/urn";

const ROSTER = "headshotpro:index:HeadshotRoster";
const urn = (types: string, name: string) => `urn:pulumi:test::people::${types}::${name}`;
const emails = (n: number) => Array.from({ length: n }, (_, at) => `p${at}@acme.com`);
const inRoster = (roster: string, people: readonly string[], type = INVITE_TYPE) =>
  people.map((email) => ({ urn: urn(`${ROSTER}$${type}`, `${roster}/${email}`), email }));

/** A roster of nobody in an empty stack, but for what a case has. */
const message = (own: Partial<RosterPlan>) => preflight(plan(own))?.message;
const plan = (own: Partial<RosterPlan>): RosterPlan => ({
  ...{ name: "people", formerNames: [], members: [], recorded: [], declared: new Set<string>() },
  ...{ allowedDomains: undefined, maxRemovals: undefined },
  ...own,
});

const listed = (people: readonly string[]) => people.map((email) => ({ email, where: "p.csv:2" }));
const staged = ({ urn, email }: { urn: string; email: string }) => ({ urn, email: `stage-${email}` });

/** How many of how many leave, and how many may; undefined if it is let through. */
function refused(change: Partial<RosterPlan>): string | undefined {
  const text = message(change);
  const [, leaving, had, most] = /because (\d+) of the (\d+) .* allows (\d+): /.exec(text ?? "") ?? [];
  return text && `${leaving} of ${had}, ${most} allowed`;
}
const left = (had: number, stay: number) => ({
  recorded: inRoster("people", emails(had)),
  declared: new Set(emails(stay)),
});

const NINE = emails(9);
const stagedNine = inRoster("people", NINE).map(staged);
const component = `acme:index:Team$${ROSTER}$${INVITE_TYPE}`;
const named = (types: string) => NINE.map((email) => ({ urn: urn(types, `people/${email}`), email }));
const halfStaged = new Set(NINE.map((email, at) => (at % 2 ? email : `stage-${email}`)));
const renamed = { name: "staff", formerNames: ["people"] };

describe("addresses that newcomers may not have", () => {
  const read = readMembers(["a^b@acme.com", "zoe@acme.com", "o’b@acme.com"]);
  const state = (...people: string[]) => ({ ...read, recorded: inRoster("people", people) });

  it("are refused as the roster's other problems are", () =>
    assert.match(
      message(state("o’b@acme.com")) ?? "",
      /^The roster "people" cannot be read: members\[0\] {2}email {2}"a\^b@acme\.com" is not an e-mail address/,
    ));
  it("stay those of people whom the state has", () =>
    assert.equal(message(state("a^b@acme.com", "o’b@acme.com")), undefined));
});

describe("who leaves a roster", () => {
  const cases: [what: string, change: Partial<RosterPlan>, refused?: string][] = [
    ["nobody was there", { declared: new Set(emails(5)) }],
    ["a quarter", left(60, 45)],
    ["more than a quarter", left(60, 44), "16 of 60, 15 allowed"],
    ["a quarter, rounded down", left(19, 14), "5 of 19, 4 allowed"],
    ["all of three", left(3, 0)],
    ["all of four", left(4, 0), "4 of 4, 3 allowed"],
    ["one, if none may", { ...left(4, 3), maxRemovals: 0 }, "1 of 4, 0 allowed"],
    ["all of the plugin", { recorded: inRoster("people", NINE, PLUGIN_INVITE_TYPE) }, "9 of 9, 3 allowed"],
    ["nobody whose address a transform has changed", { recorded: stagedNine, members: listed(NINE) }],
    ["such people, removed", { recorded: stagedNine, members: listed(emails(4)) }, "5 of 9, 3 allowed"],
    ["such people, who move elsewhere", { recorded: stagedNine, declared: halfStaged }],
    [
      "other rosters whose names begin alike",
      { recorded: [...inRoster("people2", NINE), ...inRoster("people/eu", NINE)] },
    ],
    ["a renamed roster", { ...renamed, recorded: inRoster("people", NINE) }, "9 of 9, 3 allowed"],
    ["stand-alone people called as those of it", { recorded: named(INVITE_TYPE) }],
    ["a roster in a component", { recorded: named(component) }, "9 of 9, 3 allowed"],
    [
      "somebody who stands in the state twice counts once",
      { recorded: [...inRoster("people", emails(3)), ...inRoster("people", emails(3), PLUGIN_INVITE_TYPE)] },
    ],
  ];
  for (const [what, change, expected] of cases)
    it(`${what}: ${expected ?? "is let through"}`, () => assert.equal(refused(change), expected));

  it("is told by address, with both ways out", () =>
    assert.match(
      message(left(12, 0)) ?? "",
      /allows 3: p0@acme\.com, p10@acme\.com, .* p7@acme\.com, and 2 more\. .* maxRemovals: 12 .* HEADSHOTPRO_MAX_REMOVALS=12 for this run\.$/,
    ));

  it("says who leaves, as they are called in the roster, whatever stands in its way", () => {
    const members = listed(emails(2));
    const had = { recorded: inRoster("people", emails(4)).map(staged), members };
    const leaving = ["p2@acme.com", "p3@acme.com"];
    assert.deepEqual(preflight(plan({ ...had, maxRemovals: 1 }))?.leaving, leaving);
    const outside = [...members, { email: "zoe@acme.eu", where: "p.csv:4" }];
    const refusal = preflight(plan({ ...had, members: outside, allowedDomains: ["acme.com"] }));
    assert.match(refusal?.message ?? "", /because 1 address is outside of the allowed domains/);
    assert.deepEqual(refusal?.leaving, leaving);
    assert.equal(preflight(plan(had)), undefined);
  });

  it("the environment says otherwise for one run", () => {
    assert.equal(readMaxRemovals(null, { HEADSHOTPRO_MAX_REMOVALS: " " }), undefined);
    assert.equal(readMaxRemovals(5, {}), 5);
    assert.equal(readMaxRemovals(5, { HEADSHOTPRO_MAX_REMOVALS: " 58 " }), 58);
    for (const text of ["-1", "25%"])
      assert.throws(
        () => readMaxRemovals(5, { HEADSHOTPRO_MAX_REMOVALS: text }),
        /: expected a whole number\.$/,
      );
  });
});

const ADA = { email: "ada@acme.com", where: "p.csv:2" };
const ZOE = { email: "zoe@acme.com", where: "p.csv:3" };
const recorded = (email: string, team?: string) => ({ urn: "urn", email, ...(team && { team }) });

const [inSales, inArt] = [{ team: "Sales" }, { team: "Art" }];
const transformed = {
  ...recorded("stage@acme.com", "Sales"),
  urn: urn(`${ROSTER}$${INVITE_TYPE}`, `people/${ADA.email}`),
};

describe("who is invited already", () => {
  const old = [
    { ...ADA, urn: urn(INVITE_TYPE, "ada") },
    { ...ZOE, urn: urn(INVITE_TYPE, "zoe") },
  ];
  const invited = (aliases: Record<string, unknown>) => [
    ...invitedMembers({ ...plan({ recorded: [...inRoster("people", emails(1)), ...old] }), aliases }).keys(),
  ];

  it("is whom the roster has, and whom an alias brings", () =>
    assert.deepEqual(invited({ "Ada@acme.com": "ada", "zoe@acme.com": { name: "zoe" } }), [
      "p0@acme.com",
      ADA.email,
      ZOE.email,
    ]));
  it("is nobody of another resource than the alias names", () =>
    assert.deepEqual(invited({ "ada@acme.com": urn(INVITE_TYPE, "a"), "zoe@acme.com": {} }), [
      "p0@acme.com",
    ]));
});

describe("the names of teams in a roster", () => {
  const cases: [name: string, own: Partial<RosterPlan>, ...expected: [where: string, team: string][]][] = [
    ["a new person", { members: [{ ...ADA, ...inSales }] }, ["p.csv:2", "Sales"]],
    ["the state's", { members: [{ ...ADA, team: " sales" }], recorded: [recorded(ADA.email, "Sales")] }],
    ["the state's of a changed address", { members: [{ ...ADA, ...inSales }], recorded: [transformed] }],
    ["one known later", { members: [{ ...ADA, team: UNKNOWN }], defaults: { team: UNKNOWN } }],
    [
      "a default, once",
      { members: [ADA, ZOE, { ...ZOE, ...inSales }], defaults: inArt },
      ["defaults", "Art"],
      ["p.csv:3", "Sales"],
    ],
    ["a default that nobody needs", { members: [{ ...ADA, teamId: "t1" }], defaults: inArt }],
    [
      "of people who start later, once nobody is in it",
      {
        members: [
          { ...ADA, isLater: true },
          { ...ZOE, ...inSales, isLater: true },
        ],
        defaults: inArt,
        recorded: [recorded("bob@acme.com", "Art")],
      },
      ["p.csv:3", "Sales"],
    ],
  ];
  for (const [name, own, ...expected] of cases)
    it(`to look up: ${name}`, () =>
      assert.deepEqual(
        newTeamNames(plan(own)),
        expected.map(([where, team]) => ({ where, team })),
      ));

  it("that mean no team are told all at once, with their lines", () => {
    const members = [
      { ...ADA, team: "sales " },
      { ...ZOE, team: "Slaes" },
      { email: "bob@acme.com", where: "p.csv:14", team: "Art" },
    ];
    assert.equal(
      message({ members, teams: [{ id: "t1", name: "Sales" }] }),
      'Nobody in the roster "people" is invited or revoked, because it is not clear which team is meant in 2 places:\n' +
        '  p.csv:3   team  the organization has no team "Slaes"; did you mean "Sales"? there are "Sales"\n' +
        '  p.csv:14  team  the organization has no team "Art"; there are "Sales"',
    );
    assert.equal(message({ members }), undefined, "nobody has asked for the teams");
  });
});

describe("the domains of a roster", () => {
  const members = [
    { email: "ada@acme.com", where: "people.csv:2" },
    { email: "zoe@acmee.com", where: "people.csv:3" },
    { email: "old@former.example", where: "people.csv:4" },
  ];
  it("are those that are allowed, but for people whom the stack has", () =>
    assert.match(
      message({ members, allowedDomains: ["acme.com"], recorded: [recorded("old@former.example")] }) ?? "",
      /because 1 address is outside of .*:\n {2}people\.csv:3 {2}zoe@acmee\.com: .* mean acme\.com\?\nCorrect/,
    ));
  it("are no question for somebody whom the stack has under an address that a transform has changed", () =>
    assert.equal(
      message({
        members: members.slice(1, 2),
        allowedDomains: ["acme.com"],
        recorded: inRoster("people", ["zoe@acmee.com"]).map(staged),
      }),
      undefined,
    ));
});

describe("people whom nobody declares", () => {
  const invites = [
    { email: "Zoe@Acme.com", status: "completed" },
    { email: "ada@acme.com", status: "pending" },
    { email: "Grace@acme.com", status: "pending" },
    { email: "gone@acme.com", status: "revoked" },
    { email: "old@acme.com", status: "pending" },
    { email: "bob@acme.com", status: "unheard-of" },
  ];
  const seen = { invites, unreadable: 0, declared: ["grace@acme.com"], recorded: [recorded("old@acme.com")] };
  const report = (own: Partial<Parameters<typeof unmanagedReport>[0]>) =>
    unmanagedReport({ ...seen, ...own });

  it("are who is live, neither declared nor in the state, by canonical address, sorted", () =>
    assert.match(
      report({}) ?? "",
      /^3 people are .*: ada@acme\.com, bob@acme\.com, zoe@acme\.com\. To manage .*: unmanaged: "ignore"\.$/,
    ));
  it("are not known where a row of the list cannot be read", () =>
    assert.match(
      report({ invites: [], unreadable: 2 }) ?? "",
      /^2 rows .* cannot be read, so .* is not known\. Look .* unmanaged: "ignore"\.$/,
    ));
  it("and nothing is said of nobody", () =>
    assert.equal(report({ invites: invites.slice(2, 5) }), undefined));
});
