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

interface Entry {
  email: string;
  status: string;
  createdAt?: string;
}

const entry = (status: string, createdAt?: string, email = "ada@acme.com"): Entry => ({
  email,
  status,
  createdAt,
});

const personIn = (entries: Entry[], email: string) => peopleByEmail(entries).get(personOf(email));

/** Of several entries, the last one is to stand for the person. */
const cases: [name: string, entries: Entry[], liveEntries: number][] = [
  ["the only one", [entry("pending")], 1],
  ["the only one, though it is over", [entry("revoked")], 0],
  ["the one among other people's", [entry("pending", undefined, "bob@acme.com"), entry("accepted")], 1],
  ["the one in the API's own spelling", [entry("pending", undefined, "  ADA@Acme.com")], 1],
  ["a live one before one that is over", [entry("revoked", "2026-12-01"), entry("pending", "2026-01-01")], 1],
  ["the newest live one", [entry("pending", "2026-01-01"), entry("accepted", "2026-02-01")], 2],
  ["the newest of those that are over", [entry("revoked", "2026-01-01"), entry("deleted", "2026-02-01")], 0],
  ["one with a date before one without", [entry("pending"), entry("pending", "2026-02-01")], 2],
  ["headshots before a newer one", [entry("pending", "2026-02-01"), entry("completed", "2026-01-01")], 2],
  ["one with headshots before one with a date", [entry("accepted", "2026-02-01"), entry("generating")], 2],
  ["the newest with headshots", [entry("completed", "2026-01-01"), entry("uploading", "2026-02-01")], 2],
  ["an unknown status before a newer unused one", [entry("pending", "2026-12-01"), entry("Archived")], 2],
  ["an unknown status before what is over", [entry("deleted", "2026-12-01"), entry("Archived")], 1],
  [
    "one with headshots, however many there are",
    [entry("revoked", "2026-06-01"), entry("pending", "2026-05-01"), entry("pending"), entry("completed")],
    3,
  ],
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

  it("finds an address that we would not take, as it stands", () => {
    const entries = ["someone else", "ada@intranet"].map((email) => entry("pending", undefined, email));
    assert.equal(personIn(entries, "ada@intranet")?.email, "ada@intranet");
  });

  it("finds nobody in an empty list, or among others", () => {
    assert.equal(personIn([], "ada@acme.com"), undefined);
    assert.equal(personIn([entry("pending", undefined, "adа@acme.com")], "ada@acme.com"), undefined);
    assert.equal(personIn([entry("pending", undefined, "ada+x@acme.com")], "ada@acme.com"), undefined);
  });

  it("leaves the list and its entries as they are", () => {
    const entries = [entry("revoked"), entry("pending")];
    personIn(entries, "ada@acme.com");
    assert.deepEqual(entries, [entry("revoked"), entry("pending")]);
  });
});

describe("personOf", () => {
  it("is the canonical form if there is one", () => assert.equal(personOf(" Ada@Acme.com"), "ada@acme.com"));
  it("is the text in lower case otherwise", () => assert.equal(personOf(" Ada"), "ada"));
});

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
    it(line, () => assert.equal(toSummaryLine(listed(...people), NOW), line));
  }
});

describe("how many people have each status", () => {
  for (const [statuses, summary] of [
    [[], "{}"],
    [["pending", "completed", "pending"], '{"completed":1,"pending":2}'],
    // The API may know a status that we do not, whatever it is called.
    [["constructor", "__proto__", "constructor"], '{"__proto__":1,"constructor":2}'],
  ] as const)
    it(`${JSON.stringify(statuses)} is ${summary}`, () => {
      assert.equal(JSON.stringify(countByStatus(statuses)), summary);
    });
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
    [{}, undefined],
    [{ statuses: ["pending"] }, undefined],
    [{ statuses: ["generating"] }, undefined],
    [{ statuses: ["revoked", "deleted"] }, undefined],
    [{ statuses: ["ON HOLD"] }, undefined],
    [{ statuses: ["pending", "penidng"] }, `nobody has the status "penidng"; there are ${STATUSES}.`],
    [{ statuses: [""] }, `nobody has the status ""; there are ${STATUSES}.`],
    [{ teamId: "team_a" }, undefined],
    [{ teamId: "Sales" }, 'nobody is in a team "Sales"; people are in team_a, team_b (Sales).'],
    [{ teamId: "" }, 'nobody is in a team ""; people are in team_a, team_b (Sales).'],
  ];
  for (const [filter, problem] of filters)
    it(`${JSON.stringify(filter)} ${problem ? "is a mistake" : "is sound"}`, () =>
      assert.equal(filterProblem(EVERYONE, filter), problem));

  it("of a team if there is none, or if there are many", () => {
    assert.equal(
      filterProblem([inTeam("pending")], { teamId: "x" }),
      'nobody is in a team "x"; nobody is in any team.',
    );
    const many = Array.from({ length: 12 }, (_, n) => inTeam("pending", `team_${n}`));
    assert.match(filterProblem(many, { teamId: "x" }) ?? "", /team_7, and 2 more\.$/);
  });
});
