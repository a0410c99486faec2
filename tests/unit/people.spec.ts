import assert from "node:assert/strict";
import { expiryState, toSummaryLine } from "../../provider/src/cli/status";
import { personOf } from "../../provider/src/invite/email";
import {
  countByStatus,
  filterProblem,
  type ListedPerson,
  listedPeople,
  type PeopleFilter,
  peopleByEmail,
} from "../../provider/src/invite/people";

type Entry = { email: string; status: string; createdAt?: string };
const entry = (status: string, createdAt?: string, email = "ada@acme.com"): Entry => ({
  email,
  status,
  createdAt,
});

const personIn = (entries: Entry[], email: string) => peopleByEmail(entries).get(personOf(email));

/** Of several entries, the last one is to stand for the person. */
const cases: [name: string, entries: Entry[], liveEntries: number][] = [
  ["the only one, though it is over", [entry("revoked")], 0],
  ["a live one before one that is over", [entry("revoked", "2026-12-01"), entry("pending", "2026-01-01")], 1],
  ["the newest live one", [entry("pending", "2026-01-01"), entry("accepted", "2026-02-01")], 2],
  ["one with a date before one without", [entry("pending"), entry("pending", "2026-02-01")], 2],
  ["headshots before a newer one", [entry("pending", "2026-02-01"), entry("completed", "2026-01-01")], 2],
  ["an unknown status before a newer unused one", [entry("pending", "2026-12-01"), entry("Archived")], 2],
];

describe("peopleByEmail", () => {
  for (const [name, entries, liveEntries] of cases)
    it(`takes ${name}, in either order, and counts the live ones`, () => {
      const expected = { ...entries.at(-1), liveEntries };
      assert.deepEqual(personIn(entries, "ada@acme.com"), expected);
      assert.deepEqual(personIn(entries.toReversed(), "ada@acme.com"), expected);
    });

  it("one address in several spellings is one person, by any spelling", () => {
    const entries = [entry("completed"), entry("pending", "2026-12-01", "ADA@acme.com ")];
    assert.deepEqual([...peopleByEmail(entries)], [["ada@acme.com", { ...entries[0], liveEntries: 2 }]]);
    const zoe = entry("pending", undefined, "Zoe@Bücher.example");
    for (const asked of ["zoe@xn--bcher-kva.example", " ZOE@bücher.example"])
      assert.deepEqual(personIn([zoe], asked), { ...zoe, liveEntries: 1 });
  });

  it("finds nobody among others", () =>
    assert.equal(personIn([entry("pending", undefined, "ada+x@acme.com")], "ada@acme.com"), undefined));
});

const NOW = new Date("2026-06-01T00:00:00Z");
const sent = (createdAt: string, status = "pending"): ListedPerson => entry(status, createdAt);
const listed = (...people: ListedPerson[]) =>
  listedPeople(new Map(people.map((person, n) => [`${n}@acme.com`, person])));

describe("listed people", () => {
  for (const [filter, emails] of [
    [{ statuses: ["pending"] }, ["a", "c"]],
    [{ statuses: ["pending"], teamId: "t" }, ["c"]],
    [{ statuses: [] }, []],
  ] as const) {
    it(`are sorted, with the filter ${JSON.stringify(filter)}`, () => {
      const everyone = new Map([
        ["c", { email: "C", status: "pending", teamId: "t" }],
        ["a", { email: "a", status: "pending" }],
        ["b", { email: "b", status: "accepted", teamId: "t" }],
      ]);
      assert.deepEqual(
        listedPeople(everyone, filter).map(({ email }) => email),
        emails,
      );
    });
  }

  it("expire, soon or later, while they are pending", () => {
    const people = [sent("2026-05-02T00:00:00Z"), sent("2026-05-02T00:00:01Z"), sent("2026-05-09T00:00:01Z")];
    const states = listed(...people, sent("2026-05-02", "accepted")).map((one) => expiryState(one, NOW));
    assert.deepEqual(states, ["expired", "soon", "later", undefined]);
  });

  it("are counted in one line", () => {
    const people = [sent("2026-05-05"), sent("2026-05-06"), sent("2026-01-01"), sent("", "completed")];
    const line = "4 people: 1 completed, 3 pending; 1 invite has expired; 2 invites expire within 7 days";
    assert.deepEqual([toSummaryLine(listed(...people), NOW), toSummaryLine([], NOW)], [line, "0 people"]);
  });

  it("are counted by statuses that we do not know, too, whatever they are called", () =>
    assert.equal(
      JSON.stringify(countByStatus(["constructor", "__proto__", "constructor"])),
      '{"__proto__":1,"constructor":2}',
    ));
});

const inTeam = (status: string, teamId?: string, teamName?: string): ListedPerson => ({
  email: "ada@acme.com",
  status,
  teamId,
  teamName,
});
const EVERYONE = [inTeam("pending", "team_b", "Sales"), inTeam("On Hold", "team_a"), inTeam("completed")];
const STATUSES = "pending, accepted, uploading, generating, completed, deleted, On Hold";

describe("a filter", () => {
  const filters: [filter: PeopleFilter, problem: string | undefined][] = [
    [{ statuses: ["pending"] }, undefined],
    [{ statuses: ["ON HOLD"] }, undefined],
    [{ statuses: ["pending", "penidng"] }, `nobody has the status "penidng"; there are ${STATUSES}.`],
    [{ teamId: "team_a" }, undefined],
    [{ teamId: "Sales" }, 'nobody is in a team "Sales"; people are in team_a, team_b (Sales).'],
  ];
  for (const [filter, problem] of filters)
    it(`${JSON.stringify(filter)} ${problem ? "is a mistake" : "is sound"}`, () =>
      assert.equal(filterProblem(EVERYONE, filter), problem));

  it("of a team is a mistake if there is none", () =>
    assert.equal(
      filterProblem([inTeam("pending")], { teamId: "x" }),
      'nobody is in a team "x"; nobody is in any team.',
    ));
});
