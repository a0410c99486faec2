import assert from "node:assert/strict";
import { filterProblem } from "../../provider/src/cli/organization";
import type { ListedPerson, PeopleFilter } from "../../provider/src/invite/people";

const person = (status: string, teamId?: string, teamName?: string): ListedPerson => ({
  email: "ada@acme.com",
  status,
  teamId,
  teamName,
});
const EVERYONE = [person("pending", "team_b", "Sales"), person("On Hold", "team_a"), person("completed")];
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
      filterProblem([person("pending")], { teamId: "x" }),
      'nobody is in a team "x"; nobody is in any team.',
    );
    const many = Array.from({ length: 12 }, (_, n) => person("pending", `team_${n}`));
    assert.match(filterProblem(many, { teamId: "x" }) ?? "", /team_7, and 2 more\.$/);
  });
});
