import assert from "node:assert/strict";
import { personOf } from "../../provider/src/invite/email";
import type { InviteState } from "../../provider/src/invite/invite";
import { PersonTracker } from "../../provider/src/provider/person-tracker";

const ada = { email: personOf("ada@acme.com"), teamId: "t1" };
const bob = { email: personOf("bob@acme.com") };
const pending: InviteState = { ...ada, status: "pending", adopted: false, renewals: 0 };
const own = { carriesTeam: false };

describe("PersonTracker", () => {
  let people: PersonTracker;
  beforeEach(() => {
    people = new PersonTracker();
  });

  describe("whose diff it is", () => {
    const cases: [name: string, before: () => void, diffed: boolean[]][] = [
      ["after a check, the program's, once", () => people.checked(ada, ada, own), [true, false]],
      ["of a new resource, none to come", () => people.checked(ada, {}, own), [false]],
      ["after a look at somebody whom only the state has, a refresh's", () => people.keep(pending), [false]],
    ];
    for (const [name, before, diffed] of cases)
      it(name, () => {
        before();
        assert.deepEqual(
          diffed.map(() => people.diffed(ada.email)),
          diffed,
        );
      });

    it("checks and diffs of several people may come in any order, and one person's twice", () => {
      for (const one of [ada, bob, ada]) people.checked(one, one, own);
      assert.deepEqual(
        [bob, ada, bob, ada, ada].map(({ email }) => people.diffed(email)),
        [true, true, false, true, false],
      );
    });
  });

  describe("what is declared and recorded", () => {
    it("knows what the program declares of a person, by the last declaration", () => {
      people.checked(ada, {}, own);
      assert.deepEqual([people.declared(ada.email), people.declared(bob.email)], [ada, undefined]);
      people.checked({ ...ada, teamId: "t2" }, ada, own);
      assert.equal(people.declared(ada.email)?.teamId, "t2");
    });

    const previous: [name: string, previous: object, isKept: boolean][] = [
      ["who declared them before", ada, true],
      ["that is new", {}, false],
      ["that declared another person before", { ...ada, email: "eve@acme.com" }, false],
    ];
    for (const [name, olds, isKept] of previous)
      it(`a resource ${name}: ${isKept ? "keeps" : "does not keep"} the person`, () => {
        people.checked(ada, { ...olds }, own);
        assert.equal(people.isKept(ada.email), isKept);
      });

    it("a resource that the engine replaces is checked again without the old inputs, and keeps the person", () => {
      people.checked(ada, { ...ada }, own);
      people.checked(ada, {}, own);
      assert.equal(people.isKept(ada.email), true);
    });

    const carried: [carriesTeam: boolean, teamId: string | undefined][] = [
      [false, "t1"],
      [true, undefined],
    ];
    for (const [carriesTeam, teamId] of carried)
      it(`a team that ${carriesTeam ? "only the state has is not" : "the program names is"} declared`, () => {
        people.checked(ada, ada, { carriesTeam });
        assert.deepEqual(people.asDeclared(ada), { ...ada, teamId });
      });

    const differing: [name: string, declared: object, previous: object, differs: boolean][] = [
      ["the same", ada, { ...ada, __provider: "text" }, false],
      ["another team", { ...ada, teamId: "t2" }, ada, true],
      ["a flag that is gone", ada, { ...ada, forceDestroy: true }, true],
      ["a raised resend", { ...ada, resend: 1 }, { ...ada, resend: 0 }, true],
    ];
    for (const [name, declared, olds, differs] of differing)
      it(`the engine's own comparison of the inputs: ${name}`, () => {
        people.checked(declared, { ...olds }, own);
        assert.equal(people.inputsDiffer(ada.email), differs);
      });
  });

  describe("a delete by another resource of the run", () => {
    const revoked = { ...pending, status: "revoked" };
    const cases: [name: string, deletes: () => void, left: InviteState][] = [
      ["that has not happened leaves the state as it is", () => {}, pending],
      ["that has revoked the invite makes it revoked", () => people.startDelete(ada.email)(true), revoked],
      ["that revokes somebody else leaves it, too", () => people.startDelete(bob.email)(true), pending],
    ];
    for (const [name, deletes, left] of cases)
      it(name, () => {
        deletes();
        assert.deepEqual(people.asLeft(pending), left);
      });

    it("leaves it revoked, if one follows that finds nobody, until the person is invited", () => {
      for (const revokes of [true, false]) people.startDelete(ada.email)(revokes);
      assert.deepEqual(people.asLeft(pending), revoked);
      people.invited(ada.email);
      assert.deepEqual(people.asLeft(pending), pending);
    });

    it("is waited for while it is under way", async () => {
      const order: string[] = [];
      const end = people.startDelete(ada.email);
      const after = people.afterDelete(ada.email).then(() => order.push("after"));
      await new Promise(setImmediate);
      order.push("ended");
      end(true);
      await after;
      assert.deepEqual(order, ["ended", "after"]);
    });
  });
});
