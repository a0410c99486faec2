import assert from "node:assert/strict";
import { InviteLookup, type LookPurpose } from "../../provider/src/api/lookup";
import { PeopleList } from "../../provider/src/api/shared-requests";
import { ApiError, type FailureReason } from "../../provider/src/client/errors";
import type { ListedInvite } from "../../provider/src/client/types";
import { personOf } from "../../provider/src/invite/email";
import { settled, VirtualClock } from "../support/virtual-clock";

const about = (count: number) => Array.from({ length: count }, (_, i) => personOf(`p${i}@acme.com`));
const failure = (reason: FailureReason) => new ApiError({ reason, method: "GET", path: "/x", text: "no" });

/** An API that answers at once, or after so long. */
class Api {
  readonly clock = new VirtualClock();
  readonly people = new Map<string, Partial<ListedInvite>[]>();
  readonly requests: string[] = [];
  /** What GET tells of somebody who has several entries: the first of them, where this says no other. */
  readonly toldByGet = new Map<string, string>();
  /** Who is spelt in another way than GET minds. */
  readonly onlyInList = new Set<string>();
  listTakesMs = 0;
  listFails?: Error;
  readonly list = new PeopleList(async (sent) => {
    sent();
    this.requests.push("list");
    await settled();
    this.clock.advance(this.listTakesMs);
    if (this.listFails) throw this.listFails;
    const invites = [...this.people].flatMap(([email, entries]) =>
      entries.map((entry) => ({ email, status: "pending", ...entry }) as ListedInvite),
    );
    return { invites, unreadable: 0 };
  }, this.clock);
  readonly lookup = new InviteLookup(
    async (email) => {
      this.requests.push(email);
      const [first] = this.onlyInList.has(email) ? [] : (this.people.get(email) ?? []);
      const status = this.toldByGet.get(email);
      const whole = { email, status: "pending", modelId: undefined, teamId: undefined, ...first };
      return first && { ...whole, ...(status && { status }) };
    },
    this.list,
    this.clock,
  );

  has(email: string, ...entries: Partial<ListedInvite>[]): void {
    this.people.set(email, entries);
  }

  look(...emails: string[]) {
    return this.lookFor("record", ...emails);
  }

  async lookFor(purpose: LookPurpose, ...emails: string[]) {
    const looks = Promise.all(emails.map((email) => this.lookup.look(personOf(email), purpose)));
    this.clock.advance(5);
    return (await looks).map(({ found }) => found?.status);
  }

  takeRequests(): string[] {
    return this.requests.splice(0);
  }
}

describe("InviteLookup", () => {
  let api: Api;
  beforeEach(() => {
    api = new Api();
    for (const email of about(40)) api.has(email, {});
  });

  const every = async (emails: readonly string[], ms = 0) => {
    for (const email of emails) {
      api.clock.advance(ms);
      await api.look(email);
    }
  };
  const [p0 = "", p1 = "", p2 = ""] = about(3) as string[];

  const cases: [name: string, look: () => Promise<unknown>, requests: string[]][] = [
    ["one is one GET, and so are two, one after the other", () => every([p1, p2]), [p1, p2]],
    ["thirty within ten seconds are many", () => every(about(40)), [...about(29), "list"]],
    ["thirty who are further apart are not", () => every(about(40), 400), about(40)],
  ];
  for (const [name, look, requests] of cases)
    it(name, async () => {
      await look();
      assert.deepEqual(api.takeRequests(), requests);
    });

  it("many are one list, and so are those who come after them, for ten seconds", async () => {
    assert.deepEqual(await api.look(...about(8)), Array(8).fill("pending"));
    await every(Array(10).fill("p9@acme.com"), 995);
    assert.deepEqual(api.takeRequests(), ["list"]);
    api.clock.advance(100);
    await every(["p9@acme.com", "p10@acme.com"]);
    assert.deepEqual(api.takeRequests(), ["list"], "a trickle that goes on: one list every ten seconds");
  });

  it("whom GET does not find, the list may have: then that counts, and is as old as the list", async () => {
    api.onlyInList.add("p1@acme.com");
    const look = api.lookup.look(personOf("p1@acme.com"), "record");
    api.clock.advance(5);
    const expected = { email: "p1@acme.com", status: "pending", modelId: undefined, teamId: undefined };
    assert.deepEqual(await look, { found: expected, seenAt: api.clock.now() });
    assert.deepEqual(api.takeRequests(), ["p1@acme.com", "list"]);
    api.has("p1@acme.com", { status: "revoked" });
    api.clock.advance(10_001);
    assert.deepEqual(await api.look("p1@acme.com"), [undefined]);
  });

  it("whoever is missing or revoked in the list is asked for by GET, and is gone only if both say so", async () => {
    api.has("over@acme.com", { status: "revoked" });
    const asked = ["gone@acme.com", "over@acme.com", "p1@acme.com"];
    assert.deepEqual(await api.look(...asked), [undefined, undefined, "pending"]);
    assert.deepEqual(api.takeRequests(), ["list", "gone@acme.com", "over@acme.com"]);
  });

  it("whoever is deleted had their turn: the list's word is enough, or GET's", async () => {
    api.has(p1, { status: "deleted" });
    assert.deepEqual(await api.look(p0, p1, p2), ["pending", "deleted", "pending"]);
    assert.deepEqual(api.takeRequests(), ["list"]);
    const one = new Api();
    one.has(p1, { status: "deleted" });
    assert.deepEqual(await one.look(p1), ["deleted"]);
  });

  it("a person whom we have changed is not answered from before", async () => {
    await api.look(...about(3));
    api.has("p1@acme.com", { status: "accepted" });
    api.list.changed(personOf("p1@acme.com"));
    assert.deepEqual(await api.look("p1@acme.com"), ["accepted"]);
    assert.deepEqual(api.takeRequests(), ["list", "list"]);
  });

  it("after ten seconds of silence one is one GET again", async () => {
    await api.look(...about(8));
    api.takeRequests();
    await every([p1], 10_000);
    assert.deepEqual(api.takeRequests(), [p1]);
  });

  it("a list that fails is done without for a minute", async () => {
    api.listFails = failure("server");
    assert.deepEqual(await api.look(...about(3)), Array(3).fill("pending"));
    await api.look("p4@acme.com");
    assert.deepEqual(api.takeRequests(), ["list", ...about(3), "p4@acme.com"]);
  });

  it("a key that is refused is refused once, not for each person", async () => {
    api.listFails = failure("unauthorized");
    await assert.rejects(api.look(...about(3)), api.listFails);
    assert.deepEqual(api.takeRequests(), ["list"]);
  });

  it("a list that took too long is not fresh: each is asked for", async () => {
    api.listTakesMs = 10_001;
    assert.deepEqual(await api.look(...about(3)), Array(3).fill("pending"));
    assert.deepEqual(api.takeRequests(), ["list", ...about(3)]);
  });

  it("and to record somebody with several, the list is enough", async () => {
    api.has("p3@acme.com", { status: "pending" }, { status: "completed" });
    assert.deepEqual((await api.look(...about(8)))[3], "completed");
    assert.deepEqual(api.takeRequests(), ["list"]);
  });
});

describe("a look before a revoke", () => {
  let api: Api;
  beforeEach(() => {
    api = new Api();
    for (const email of about(40)) api.has(email, {});
  });

  for (const [count, requests] of [
    [10, about(10)],
    [11, ["list"]],
  ] as const)
    it(`of ${count} is ${count === 10 ? "a GET each, which tells what is true now" : "one list"}`, async () => {
      await api.lookFor("revoke", ...about(count));
      assert.deepEqual(api.takeRequests(), requests);
    });

  it("takes no list because others are looked up to be recorded", async () => {
    await api.look(...about(8));
    assert.deepEqual(api.takeRequests(), ["list"]);
    await api.lookFor("revoke", "p1@acme.com");
    assert.deepEqual(api.takeRequests(), ["p1@acme.com"]);
  });

  it("counts those who are still being revoked as under way", async () => {
    const ends: (() => void)[] = [];
    const revoking = about(10).map((email) =>
      api.lookup.during(email, () => new Promise<void>((end) => ends.push(end))),
    );
    await api.lookFor("revoke", "p10@acme.com");
    assert.deepEqual(api.takeRequests(), ["list"]);
    for (const end of ends) end();
    await Promise.all(revoking);
  });

  const several: [name: string, entries: string[], told: string, found: string][] = [
    ["GET tells of the unused one: the headshots speak", ["completed", "pending"], "pending", "completed"],
    ["GET tells of the one with headshots", ["completed", "pending"], "completed", "completed"],
    ["both have headshots: what is true now", ["completed", "pending"], "generating", "generating"],
    ["headshots that are newer than the list", ["pending", "pending"], "generating", "generating"],
    ["GET says it is over, the list has headshots", ["completed", "pending"], "revoked", "completed"],
  ];
  for (const [name, entries, told, found] of several)
    it(`whoever has several live entries is asked for by GET. ${name}`, async () => {
      api.has("p3@acme.com", ...entries.map((status) => ({ status })));
      api.toldByGet.set("p3@acme.com", told);
      const statuses = await api.lookFor("revoke", ...about(11));
      assert.deepEqual(api.takeRequests(), ["list", "p3@acme.com"]);
      assert.deepEqual(
        statuses,
        about(11).map((email) => (email === "p3@acme.com" ? found : "pending")),
      );
    });
});
