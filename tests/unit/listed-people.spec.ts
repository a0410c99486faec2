import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  expiryState,
  type ListedPerson,
  listedPeople,
  summaryLine,
} from "../../provider/src/membership/listed-people";
import { readRoster } from "../../provider/src/membership/roster";
import { ROSTER_FORMATS, rosterText } from "../../provider/src/membership/roster-text";

const NOW = new Date("2026-06-01T00:00:00Z");
const sent = (createdAt: string, status = "pending"): ListedPerson => ({
  email: "ada@acme.com",
  status,
  createdAt,
});
const listed = (...people: ListedPerson[]) =>
  listedPeople(new Map(people.map((person, n) => [`${n}@acme.com`, person])));

describe("listed people", () => {
  it("are sorted, and called by their canonical address", () => {
    const everyone = new Map([
      ["b@acme.com", { email: "B@Acme.com", status: "accepted" }],
      ["a@acme.com", { email: "a@acme.com", status: "pending", createdAt: "2026-05-10" }],
    ]);
    assert.deepEqual(
      listedPeople(everyone).map(({ email, expiresAt }) => [email, expiresAt]),
      [
        ["a@acme.com", "2026-06-09T00:00:00.000Z"],
        ["b@acme.com", undefined],
      ],
    );
  });

  for (const [filter, emails] of [
    [{}, ["a", "b", "c"]],
    [{ statuses: ["pending"] }, ["a", "c"]],
    [{ statuses: ["accepted", "pending"] }, ["a", "b", "c"]],
    [{ teamId: "t" }, ["b", "c"]],
    [{ statuses: ["pending"], teamId: "t" }, ["c"]],
    [{ statuses: [] }, []],
  ] as const) {
    it(`filter: ${JSON.stringify(filter)}`, () => {
      const everyone = new Map([
        ["a", { email: "a", status: "pending" }],
        ["b", { email: "b", status: "accepted", teamId: "t" }],
        ["c", { email: "c", status: "pending", teamId: "t" }],
      ]);
      assert.deepEqual(
        listedPeople(everyone, filter).map(({ email }) => email),
        emails,
      );
    });
  }

  for (const [person, state] of [
    [sent("2026-05-02T00:00:00Z"), "expired"],
    [sent("2026-05-02T00:00:01Z"), "soon"],
    [sent("2026-05-09T00:00:00Z"), "soon"],
    [sent("2026-05-09T00:00:01Z"), "later"],
    [sent("2026-01-01", "accepted"), undefined],
    [sent("some day"), undefined],
  ] as const) {
    it(`${person.status} since ${person.createdAt}: ${state}`, () => {
      assert.equal(expiryState(listed(person)[0] ?? person, NOW), state);
    });
  }

  for (const [people, line] of [
    [[], "0 people"],
    [[sent("2026-05-20")], "1 person: 1 pending"],
    [[sent("2026-01-01")], "1 person: 1 pending; 1 invite has expired"],
    [
      [sent("2026-05-05"), sent("2026-05-06"), sent("2026-01-01"), sent("2026-01-01"), sent("", "completed")],
      "5 people: 1 completed, 4 pending; 2 invites have expired; 2 invites expire within 7 days",
    ],
  ] as const) {
    it(line, () => assert.equal(summaryLine(listed(...people), NOW), line));
  }
});

describe("roster text", () => {
  /** Addresses that people have, and those that a spreadsheet would run. */
  const email = fc
    .tuple(
      fc.constantFrom("", "+", "-", "=", "'"),
      fc.stringMatching(/^[a-z0-9]{1,8}$/),
      fc.stringMatching(/^[a-z]{1,8}$/),
    )
    .map(([sign, name, domain]) => `${sign}${name}@${domain}.example`);
  const teamId = fc.option(
    fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((text) => text.trim() === text && !/[\p{C}\u2028\u2029]/u.test(text)),
    { nil: undefined },
  );

  for (const format of ROSTER_FORMATS) {
    it(`${format}: what is exported reads as the same people in the same teams`, () => {
      const people = fc.uniqueArray(fc.record({ email, teamId, status: fc.constant("pending") }), {
        selector: (person) => person.email,
        minLength: 1,
      });
      fc.assert(
        fc.property(people, (exported) => {
          const read = readRoster(rosterText(exported, format), { name: "r", format });
          assert.deepEqual(read.problems, []);
          assert.deepEqual(
            read.members.map(({ email, teamId }) => ({ email, teamId })),
            exported.map(({ email, teamId }) => ({ email, teamId })),
          );
        }),
      );
    });
  }

  it("csv: nothing in it is a formula to a spreadsheet", () => {
    const text = rosterText([{ email: "+a@acme.com", status: "pending", teamId: "=HYPERLINK(1)" }], "csv");
    assert.equal(text, "email,teamId\n'+a@acme.com,'=HYPERLINK(1)\n");
  });

  it("no people: the header, or an empty list", () => {
    assert.deepEqual(
      ROSTER_FORMATS.map((format) => rosterText([], format)),
      ["email,teamId\n", "[]\n"],
    );
  });
});
