import { strict as assert } from "node:assert";
import { INVITE_TYPE, PLUGIN_INVITE_TYPE } from "../../provider/src/invite/urn";
import { argumentProblems } from "../../provider/src/roster/arguments";
import { maxRemovalsOf, type RosterChange, refusalToRemove } from "../../provider/src/roster/removals";

const ROSTER = "headshotpro:index:HeadshotRoster";
const urn = (types: string, name: string) => `urn:pulumi:test::people::${types}::${name}`;
const emails = (n: number) => Array.from({ length: n }, (_, at) => `p${at}@acme.com`);
const inRoster = (roster: string, people: readonly string[], type = INVITE_TYPE) =>
  people.map((email) => ({ urn: urn(`${ROSTER}$${type}`, `${roster}/${email}`), email }));

/** How many of how many leave, and how many may; undefined if it is let through. */
function refused(change: Partial<RosterChange>): string | undefined {
  const whole = { name: "people", formerNames: [], recorded: [], declared: new Set<string>(), ...change };
  const text = refusalToRemove({ maxRemovals: undefined, ...whole });
  const [, leaving, had, most] = /because (\d+) of the (\d+) .* allows (\d+): /.exec(text ?? "") ?? [];
  return text && `${leaving} of ${had}, ${most} allowed`;
}
const left = (had: number, stay: number) => ({
  recorded: inRoster("people", emails(had)),
  declared: new Set(emails(stay)),
});

describe("who leaves a roster", () => {
  const cases: [what: string, change: Partial<RosterChange>, refused?: string][] = [
    ["nobody was there", { declared: new Set(emails(5)) }],
    ["nobody at all", left(0, 0)],
    ["a quarter", left(60, 45)],
    ["more than a quarter", left(60, 44), "16 of 60, 15 allowed"],
    ["58 of 60", left(60, 2), "58 of 60, 15 allowed"],
    ["a quarter, rounded down", left(19, 14), "5 of 19, 4 allowed"],
    ["all of three", left(3, 0)],
    ["all of four", left(4, 0), "4 of 4, 3 allowed"],
    ["none at all, if none may", { ...left(4, 4), maxRemovals: 0 }],
    ["one, if none may", { ...left(4, 3), maxRemovals: 0 }, "1 of 4, 0 allowed"],
    ["all, if so many may", { ...left(60, 2), maxRemovals: 58 }],
    [
      "in a state of the plugin",
      { recorded: inRoster("people", emails(9), PLUGIN_INVITE_TYPE) },
      "9 of 9, 3 allowed",
    ],
    ["another roster whose name begins alike", { recorded: inRoster("people2", emails(9)) }],
    ["another roster", { recorded: inRoster("staff", emails(9)) }],
    [
      "a renamed roster",
      { name: "staff", formerNames: ["people"], recorded: inRoster("people", emails(9)) },
      "9 of 9, 3 allowed",
    ],
    [
      "a stand-alone person called as somebody of it",
      { recorded: emails(9).map((email) => ({ urn: urn(INVITE_TYPE, `people/${email}`), email })) },
    ],
    [
      "a roster in a component",
      {
        recorded: emails(9).map((email) => ({
          urn: urn(`acme:index:Team$${ROSTER}$${INVITE_TYPE}`, `people/${email}`),
          email,
        })),
      },
      "9 of 9, 3 allowed",
    ],
    [
      "somebody who stands in the state twice counts once",
      { recorded: [...inRoster("people", emails(3)), ...inRoster("people", emails(3), PLUGIN_INVITE_TYPE)] },
    ],
  ];
  for (const [what, change, expected] of cases)
    it(`${what}: ${expected ?? "is let through"}`, () => assert.equal(refused(change), expected));

  it("is told by address, with both ways out", () =>
    assert.equal(
      refusalToRemove({ name: "people", formerNames: [], maxRemovals: undefined, ...left(12, 0) }),
      'Nobody in the roster "people" is invited or revoked, because 12 of the 12 people whom it had would lose their ' +
        "invite, and maxRemovals allows 3: p0@acme.com, p10@acme.com, p11@acme.com, p1@acme.com, p2@acme.com, " +
        "p3@acme.com, p4@acme.com, p5@acme.com, p6@acme.com, p7@acme.com, and 2 more. If that is meant: " +
        "maxRemovals: 12 in the roster, or HEADSHOTPRO_MAX_REMOVALS=12 for this run.",
    ));

  it("the environment says otherwise for one run", () => {
    assert.equal(maxRemovalsOf(undefined, {}), undefined);
    assert.equal(maxRemovalsOf(null, { HEADSHOTPRO_MAX_REMOVALS: " " }), undefined);
    assert.equal(maxRemovalsOf(5, {}), 5);
    assert.equal(maxRemovalsOf(5, { HEADSHOTPRO_MAX_REMOVALS: " 58 " }), 58);
    for (const text of ["-1", "all", "25%", "1.5"])
      assert.throws(() => maxRemovalsOf(5, { HEADSHOTPRO_MAX_REMOVALS: text }), {
        message: `HEADSHOTPRO_MAX_REMOVALS is "${text}": expected a whole number.`,
      });
  });

  it("maxRemovals is a whole number", () => {
    for (const maxRemovals of [-1, 1.5, "5", true])
      assert.deepEqual(argumentProblems({ members: [], maxRemovals }), [
        `maxRemovals: expected a whole number, not ${JSON.stringify(maxRemovals)}`,
      ]);
    assert.deepEqual(argumentProblems({ members: [], maxRemovals: 0 }), []);
  });
});
