import assert from "node:assert/strict";
import { mock } from "node:test";
import { type FailureReason, HeadshotProError, type ListedInvite } from "../../provider/src/client";
import { LookUps } from "../../provider/src/session/look-ups";
import { PeopleList } from "../../provider/src/session/people-list";

const about = (count: number) => Array.from({ length: count }, (_, i) => `p${i}@acme.com`);
const failure = (reason: FailureReason) =>
  new HeadshotProError({ reason, method: "GET", path: "/x", text: "no" });

/** An API that answers at once, or after so long. */
class Api {
  readonly people = new Map<string, Partial<ListedInvite>>();
  readonly requests: string[] = [];
  listTakesMs = 0;
  listFails?: Error;
  readonly list = new PeopleList(async (sent) => {
    sent();
    this.requests.push("list");
    await settled();
    mock.timers.tick(this.listTakesMs);
    if (this.listFails) throw this.listFails;
    const invites = [...this.people].map(
      ([email, rest]) => ({ email, status: "pending", ...rest }) as ListedInvite,
    );
    return { invites, unreadable: 0 };
  });
  readonly lookUps = new LookUps(async (email) => {
    this.requests.push(email);
    const person = this.people.get(email);
    return person && { email, status: "pending", modelId: undefined, teamId: undefined, ...person };
  }, this.list);

  async look(...emails: string[]) {
    const looks = Promise.all(emails.map((email) => this.lookUps.look(email)));
    mock.timers.tick(5);
    return (await looks).map(({ found }) => found?.status);
  }

  takeRequests(): string[] {
    return this.requests.splice(0);
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("LookUps", () => {
  let api: Api;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
    api = new Api();
    for (const email of about(40)) api.people.set(email, {});
  });
  afterEach(() => mock.timers.reset());

  it("one is one GET, and so are two, one after the other or together", async () => {
    await api.look("p1@acme.com");
    await api.look("p2@acme.com");
    mock.timers.tick(10_000);
    await api.look("p3@acme.com", "p4@acme.com");
    assert.deepEqual(api.takeRequests(), about(5).slice(1));
  });

  it("the same one again is not many", async () => {
    for (let look = 0; look < 5; look++) await api.look("p1@acme.com");
    assert.deepEqual(api.takeRequests(), Array(5).fill("p1@acme.com"));
  });

  it("many are one list, and so are those who come after them, for ten seconds", async () => {
    assert.deepEqual(await api.look(...about(8)), Array(8).fill("pending"));
    for (let wave = 0; wave < 10; wave++) {
      mock.timers.tick(995);
      await api.look("p9@acme.com");
    }
    assert.deepEqual(api.takeRequests(), ["list"]);
    mock.timers.tick(100);
    await api.look("p9@acme.com");
    await api.look("p10@acme.com");
    assert.deepEqual(api.takeRequests(), ["list"], "a trickle that goes on: one list every ten seconds");
  });

  it("a few one after the other are a GET each, which tells what is true now", async () => {
    await api.look(...about(1));
    for (const email of about(29)) await api.look(email);
    assert.deepEqual(api.takeRequests(), ["p0@acme.com", ...about(29)]);
  });

  it("thirty one after the other within ten seconds are many", async () => {
    for (const email of about(30)) await api.look(email);
    mock.timers.tick(9_000);
    for (const email of about(40)) await api.look(email);
    assert.deepEqual(api.takeRequests(), [...about(29), "list"]);
  });

  it("thirty who are further apart are not", async () => {
    for (const email of about(40)) {
      mock.timers.tick(400);
      await api.look(email);
    }
    assert.deepEqual(api.takeRequests(), about(40));
  });

  it("after ten seconds of silence one is one GET again", async () => {
    await api.look(...about(8));
    api.takeRequests();
    mock.timers.tick(10_000);
    await api.look("p1@acme.com");
    assert.deepEqual(api.takeRequests(), ["p1@acme.com"]);
  });

  it("tells the same, whichever answers", async () => {
    const told = { modelId: "m1", teamId: "t1" };
    for (const email of about(3)) api.people.set(email, { ...told, teamName: "T", createdAt: "2026-11-01" });
    const looks = Promise.all(about(3).map((email) => api.lookUps.look(email)));
    await settled();
    mock.timers.tick(5);
    const expected = { email: "p1@acme.com", status: "pending", ...told };
    assert.deepEqual((await looks)[1]?.found, expected);
    assert.deepEqual(api.takeRequests(), ["list"]);
  });

  it("whoever is missing or over in the list is asked for by GET, and is gone only where both say so", async () => {
    api.people.set("over@acme.com", { status: "revoked" });
    const asked = ["gone@acme.com", "over@acme.com", "p1@acme.com"];
    assert.deepEqual(await api.look(...asked), [undefined, undefined, "pending"]);
    assert.deepEqual(api.takeRequests(), ["list", "gone@acme.com", "over@acme.com"]);
  });

  it("whoever came after the list was asked for is found", async () => {
    await api.look(...about(3));
    api.people.set("new@acme.com", { status: "accepted" });
    assert.deepEqual(await api.look("new@acme.com"), ["accepted"]);
  });

  it("a person whom we have changed is not answered from before", async () => {
    await api.look(...about(3));
    api.people.set("p1@acme.com", { status: "accepted" });
    api.list.changed("p1@acme.com");
    assert.deepEqual(await api.look("p1@acme.com"), ["accepted"]);
    assert.deepEqual(api.takeRequests(), ["list", "list"]);
  });

  it("a list that fails is done without for a minute", async () => {
    api.listFails = failure("server");
    assert.deepEqual(await api.look(...about(3)), Array(3).fill("pending"));
    await api.look("p4@acme.com");
    assert.deepEqual(api.takeRequests(), ["list", ...about(3), "p4@acme.com"]);
  });

  it("but a key that is refused is refused once, not for each person", async () => {
    api.listFails = failure("unauthorized");
    await assert.rejects(api.look(...about(3)), api.listFails);
    assert.deepEqual(api.takeRequests(), ["list"]);
  });

  it("a list that took too long is not fresh: each is asked for", async () => {
    api.listTakesMs = 10_001;
    assert.deepEqual(await api.look(...about(3)), Array(3).fill("pending"));
    assert.deepEqual(api.takeRequests(), ["list", ...about(3)]);
  });
});
