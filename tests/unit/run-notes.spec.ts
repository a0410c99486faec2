import assert from "node:assert/strict";
import type { InviteState } from "../../provider/src/invite/invite";
import { personOf } from "../../provider/src/invite/people";
import type { Surroundings } from "../../provider/src/provider/context";
import { NO_PEERS } from "../../provider/src/provider/peers";
import { InviteProvider } from "../../provider/src/provider/provider";
import { RunNotes } from "../../provider/src/provider/run-notes";

const ada = { email: personOf("ada@acme.com"), teamId: "t1" };
const bob = { email: personOf("bob@acme.com") };
const own = { carriesTeam: false };

describe("RunNotes", () => {
  let notes: RunNotes;
  beforeEach(() => {
    notes = new RunNotes();
  });

  it("a diff after a check of a resource that exists is the program's, once", () => {
    notes.checked(ada, ada, own);
    assert.deepEqual([notes.diffed(ada.email), notes.diffed(ada.email)], [true, false]);
  });

  it("a diff without a check is a refresh's", () => assert.equal(notes.diffed(ada.email), false));

  it("a new resource has no diff to come", () => {
    notes.checked(ada, {}, own);
    assert.equal(notes.diffed(ada.email), false);
  });

  it("checks and diffs of several people may come in any order, and one person's twice", () => {
    notes.checked(ada, ada, own);
    notes.checked(bob, bob, own);
    notes.checked(ada, ada, own);
    assert.deepEqual(
      [bob, ada, bob, ada, ada].map(({ email }) => notes.diffed(email)),
      [true, true, false, true, false],
    );
  });

  it("keeps what the program declares, and what the state has", () => {
    const recorded: InviteState = { ...ada, status: "pending", adopted: false, renewals: 0 };
    assert.deepEqual([notes.declared(ada.email), notes.recorded(ada.email)], [undefined, undefined]);
    notes.checked(ada, {}, own);
    notes.keep(recorded);
    assert.deepEqual([notes.declared(ada.email), notes.recorded(ada.email)], [ada, recorded]);
    assert.deepEqual([notes.declared(bob.email), notes.recorded(bob.email)], [undefined, undefined]);
  });

  it("somebody whom only the state has is not declared", () => {
    notes.keep({ ...ada, status: "pending", adopted: false, renewals: 0 });
    assert.equal(notes.diffed(ada.email), false);
    assert.equal(notes.declared(ada.email), undefined);
  });

  it("a declaration whose address cannot be read is nobody's", () => {
    notes.checked({ teamId: "t1" }, {}, own);
    assert.equal(notes.declared(personOf("")), undefined);
  });

  const pending: InviteState = { ...ada, status: "pending", adopted: false, renewals: 0 };

  it("whoever is revoked by another resource of the run is not as the state has them, until they are invited", async () => {
    assert.deepEqual(notes.asLeft(pending), pending);
    await notes.leave(ada.email, async () => true);
    assert.deepEqual(notes.asLeft(pending), { ...pending, status: "revoked" });
    await notes.leave(ada.email, async () => false);
    assert.equal(notes.asLeft(pending).status, "revoked", "the second delete found nobody to revoke");
    notes.invited(ada.email);
    assert.deepEqual(notes.asLeft(pending), pending);
  });

  it("whoever is left alone, or cannot be revoked, is as the state has them", async () => {
    await notes.leave(ada.email, async () => false);
    await assert.rejects(
      notes.leave(ada.email, () => Promise.reject(new Error("guarded"))),
      /guarded/,
    );
    assert.deepEqual(notes.asLeft(pending), pending);
  });

  it("waits for a delete that is under way, however it ends", async () => {
    await notes.left(ada.email);
    for (const end of ["resolve", "reject"] as const) {
      const order: string[] = [];
      let settle = () => {};
      const leaving = notes.leave(ada.email, () =>
        new Promise<boolean>((resolve, reject) => {
          settle = () => (end === "resolve" ? resolve(true) : reject(new Error("guarded")));
        }).finally(() => order.push("deleted")),
      );
      const left = notes.left(ada.email).then(() => order.push("left"));
      await notes.left(bob.email);
      settle();
      await leaving.catch(() => {});
      await left;
      assert.deepEqual(order, ["deleted", "left"]);
    }
  });

  const differing: [name: string, declared: object, previous: object, differs: boolean][] = [
    ["the same", ada, { ...ada, __provider: "text" }, false],
    ["another team", { ...ada, teamId: "t2" }, ada, true],
    ["a flag", { ...ada, adopt: true }, ada, true],
    ["a flag that is gone", ada, { ...ada, forceDestroy: true }, true],
    ["a raised resend", { ...ada, resend: 1 }, { ...ada, resend: 0 }, true],
    ["another address", ada, { ...ada, email: "eve@acme.com" }, true],
  ];
  for (const [name, declared, previous, differs] of differing)
    it(`the engine's own comparison of the inputs: ${name}`, () => {
      notes.checked(declared, { ...previous }, own);
      assert.equal(notes.inputsDiffer(ada.email), differs);
    });

  it("knows whose team is only what the state has", () => {
    notes.checked(ada, ada, { carriesTeam: true });
    notes.checked(bob, bob, own);
    assert.deepEqual(
      [ada, bob].map(({ email }) => notes.carriesTeam(email)),
      [true, false],
    );
  });

  it("what concerns nobody in particular is to be said once for each subject", () => {
    const subjects = ["configuration", "links", "configuration", "links"] as const;
    assert.deepEqual(
      subjects.map((subject) => notes.report(subject)),
      [true, true, false, false],
    );
  });
});

describe("what the verbs of a run tell each other", () => {
  const KEY = "hp_live_5ecretKey0fTheTests";
  const completed: InviteState = { ...ada, status: "completed", adopted: false, renewals: 0 };
  const moved = { ...ada, teamId: "t2" };

  /** A provider at whose API everybody has headshots. */
  function provider(): { provider: InviteProvider; said: string[] } {
    const said: string[] = [];
    const fetch: Surroundings["fetch"] = async (url) => {
      const email = decodeURIComponent(url.split("/").at(-1) ?? "");
      const body = { success: true, invite: { email, status: "completed", teamId: "t1" }, invites: [] };
      return { status: 200, headers: new Headers(), text: async () => JSON.stringify(body) };
    };
    const env = { HEADSHOTPRO_API_KEY: KEY };
    const made = new InviteProvider({ say: (line) => said.push(line), env, peers: NO_PEERS, fetch });
    made.configure(() => undefined);
    return { provider: made, said };
  }

  it("a look at somebody by HeadshotInvite.get between another's check and diff does not make diff skip its refusal", async () => {
    const { provider: it_ } = provider();
    await it_.check({ ...ada }, moved);
    await it_.read("grace@acme.com", {});
    await assert.rejects(
      it_.diff(ada.email, completed, moved),
      /^UserError: ada@acme\.com has headshots \(completed\)/,
    );
  });

  it("nor does one at the same person", async () => {
    const { provider: it_ } = provider();
    await it_.check({ ...ada }, moved);
    await it_.read(ada.email, {});
    await assert.rejects(it_.diff(ada.email, completed, moved), /has headshots/);
  });

  it("and it does not make diff skip what it announces", async () => {
    const { provider: it_, said } = provider();
    await it_.check({ ...ada }, moved);
    await it_.read("grace@acme.com", {});
    const pending = { ...completed, status: "pending" };
    assert.deepEqual(await it_.diff(ada.email, pending, moved), {});
    assert.match(said.join(), /^ada@acme\.com moves to team t2: /);
  });

  it("a refresh's diff refuses and announces nothing, before and after the program's", async () => {
    const { provider: it_, said } = provider();
    await it_.diff(ada.email, completed, moved);
    await it_.check({ ...ada }, moved);
    await assert.rejects(it_.diff(ada.email, completed, moved));
    await it_.diff(ada.email, completed, moved);
    assert.deepEqual(said, []);
  });
});
