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
  });

  describe("what is declared and recorded", () => {
    it("knows what the program declares of a person, by the last declaration", () => {
      people.checked(ada, {}, own);
      assert.deepEqual([people.declared(ada.email), people.declared(bob.email)], [ada, undefined]);
      people.checked({ ...ada, teamId: "t2" }, ada, own);
      assert.equal(people.declared(ada.email)?.teamId, "t2");
    });

    it("a resource that declared the person before keeps them, checked again without the old inputs too", () => {
      for (const olds of [{}, { ...ada, email: "eve@acme.com" }]) people.checked(ada, olds, own);
      assert.equal(people.isKept(ada.email), false);
      for (const olds of [{ ...ada }, {}]) people.checked(ada, olds, own);
      assert.equal(people.isKept(ada.email), true);
      people.move(ada.email);
      assert.equal(people.isKept(ada.email), false);
    });

    it("in a team are those who name it or its id, now or later, and nobody whose team only the state has", () => {
      const [zoe, eve, dan] = ["zoe@acme.com", "eve@acme.com", "dan@acme.com"].map(personOf);
      people.checked(ada, {}, own);
      people.checked({ ...bob, team: "SALES" }, {}, own);
      people.checked({ email: zoe, teamId: "t2" }, {}, own);
      people.checked({ email: eve, teamId: "t1" }, {}, { carriesTeam: true });
      const later = { team: "Sales", startsOn: "2027-01-01" };
      people.noteLater([
        { email: dan, ...later },
        { email: bob.email, ...later },
      ]);
      people.noteLater("nobody");
      const found = people.declaredIn({ id: "t1", name: "Sales" });
      assert.deepEqual(found, ["ada@acme.com", "bob@acme.com", "dan@acme.com (from 2027-01-01)"]);
      assert.deepEqual(people.declaredIn({ id: "t3", name: "Lab" }), []);
    });

    it("a team that the program names is declared, and one that only the state has is not", () => {
      people.checked(ada, ada, own);
      assert.deepEqual(people.asDeclared(ada), ada);
      people.checked(ada, ada, { carriesTeam: true });
      assert.deepEqual(people.asDeclared(ada), { ...ada, teamId: undefined });
    });

    const differing: [name: string, declared: object, previous: object, differs: boolean][] = [
      ["the same", ada, { ...ada, __provider: "text" }, false],
      ["another team", { ...ada, teamId: "t2" }, ada, true],
      ["a flag that is gone", ada, { ...ada, forceDestroy: true }, true],
      ["a raised resend", { ...ada, resend: 1 }, { ...ada, resend: 0 }, true],
    ];
    for (const [name, declared, olds, differs] of differing)
      it(`the engine's own comparison of the inputs: ${name}`, () => {
        assert.equal(people.inputsDiffer(ada.email), false, "no check has seen any");
        people.checked(declared, { ...olds }, own);
        assert.equal(people.inputsDiffer(ada.email), differs);
      });
  });

  describe("a delete by another resource of the run", () => {
    it("that has revoked the invite makes it revoked, whoever finds nobody then, until the person is invited", () => {
      people.startDelete(ada.email)(false);
      people.startDelete(bob.email)(true);
      assert.deepEqual(people.asLeft(pending), pending);
      for (const revokes of [true, false]) people.startDelete(ada.email)(revokes);
      assert.deepEqual(people.asLeft(pending), { ...pending, status: "revoked" });
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
