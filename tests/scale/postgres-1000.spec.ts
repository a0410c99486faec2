import { strict as assert } from "node:assert";
import { type TwoOperators, twoOperators } from "../../bench/two-operators";
import { type Postgres, startPostgres } from "../support/postgres";

const PEOPLE = 1000;

describe(`${PEOPLE} people and two operators, with the state in PostgreSQL`, () => {
  let postgres: Postgres;
  let seen: TwoOperators;
  before(async () => {
    postgres = await startPostgres();
    seen = await twoOperators(postgres, PEOPLE);
  });
  after(() => postgres?.stop());

  it("the first one's up makes one request for each person", () => {
    assert.equal(seen.first.code, 0, seen.first.printed);
    assert.equal(seen.first.requests, PEOPLE);
  });

  it("the second one's is refused by the lock in the meantime", () => {
    assert.notEqual(seen.refused.code, 0);
    assert.match(seen.refused.printed, /the stack is currently locked by 1 lock\(s\)/);
  });

  it("the second one's afterwards changes nothing and makes no request", () => {
    assert.equal(seen.again.code, 0, seen.again.printed);
    assert.equal(seen.again.requests, 0);
  });
});
