import assert from "node:assert/strict";
import { expiryState, toSummaryLine } from "../../provider/src/cli/status";
import { countByStatus, type ListedPerson, listedPeople } from "../../provider/src/invite/people";

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
