import assert from "node:assert/strict";
import type { FaultKind, FaultSpec, RequestRecord } from "headshotpro-emulator";
import { ApiError, type FailureReason } from "../../provider/src/client/errors";
import { personOf } from "../../provider/src/invite/email";
import { Reissues } from "../../provider/src/provider/reissues";
import type { Asking, Teams } from "../../provider/src/provider/teams";
import { UserError } from "../../provider/src/user-error";
import { ADA } from "../support/constants";
import { virtualLabForAll } from "../support/lab";
import type { Properties } from "../support/operations";

const [SALES, LAB] = ["team_s", "team_l"];
const NO_CREDITS =
  "the organization has no credits left, so no invite could be sent in place of the one that is there. Buy credits, " +
  "then run the same command again.";

/** Somebody pending as the state has them, and what is declared of them now. */
interface Person {
  email: string;
  state: Properties;
  declared: Properties & { email: string };
}

describe("invites that are sent again side by side", () => {
  const lab = virtualLabForAll({ teams: { [SALES]: "Sales", [LAB]: "Lab" } });
  afterEach(() => {
    lab.emulator.clearFaults();
    lab.emulator.credits = 1000;
  });

  /** People who were invited a day ago; the next command. */
  async function invited(...news: Properties[]): Promise<Person[]> {
    const people: Person[] = [];
    for (const change of news) {
      const { email, outs } = await lab.invited();
      people.push({ email, state: outs, declared: { email, ...change } });
    }
    lab.nextRunAfter(1);
    lab.takeRequests();
    return people;
  }
  const three = (news: Properties) => invited(news, news, news);
  const update = ({ email, state, declared }: Person) => lab.provider.update(email, state, declared);

  /** What became of each: `sent`, or the message, with the address left out. */
  async function sendAll(people: readonly Person[]): Promise<string[]> {
    const outcomes = await Promise.allSettled(people.map(update));
    return outcomes.map((outcome, n) =>
      outcome.status === "fulfilled"
        ? "sent"
        : String(outcome.reason.message).replace(people[n]?.email ?? "", "PERSON"),
    );
  }
  const isLive = ({ email }: Person) => lab.isLive(email);
  const fault = (on: FaultSpec["on"], kind: FaultKind, more: Partial<FaultSpec> = {}) =>
    lab.emulator.fault({ on, kind, times: Infinity, ...more });
  /** Revokes and invites in the order of their arrival, by the number of the person. */
  const changes = (people: readonly Person[]) =>
    lab.emulator.requests
      .filter(({ verb }) => verb === "revoke" || verb === "create")
      .map(({ verb, email }: RequestRecord) => `${verb} ${people.findIndex((one) => one.email === email)}`);
  const count = (verb: string) => lab.emulator.requests.filter((one) => one.verb === verb).length;

  it("without credits are refused before anybody is revoked", async () => {
    const people = await three({ resend: 1 });
    lab.emulator.credits = 0;
    assert.deepEqual(await sendAll(people), Array(3).fill(`PERSON was not invited again: ${NO_CREDITS}`));
    assert.deepEqual([changes(people), count("credits")], [[], 1]);
  });

  it("without credits are refused by the preview", async () => {
    const [person] = (await invited({ resend: 1 })) as [Person];
    lab.emulator.credits = 0;
    await assert.rejects(lab.preview(person.state, person.declared), {
      message: `${person.email} was not invited again: ${NO_CREDITS}`,
    });
  });

  it("are sent if this key cannot ask for the credits", async () => {
    const people = await three({ resend: 1 });
    fault("credits", { status: 403, code: "FORBIDDEN" });
    assert.deepEqual(await sendAll(people), ["sent", "sent", "sent"]);
  });

  it("to a team that is not there are refused before anybody is revoked", async () => {
    const people = await three({ teamId: "nowhere" });
    const reason = 'the organization has no team "nowhere"; there are "Lab", "Sales".';
    assert.deepEqual(await sendAll(people), Array(3).fill(`PERSON was not invited again: ${reason}`));
    assert.deepEqual([changes(people), count("teams")], [[], 1]);
  });

  it("to another team wait for the first one of the run, too: what refuses that may refuse all", async () => {
    const people = await invited({ teamId: SALES }, { teamId: LAB });
    const [toSales, toLab] = people as [Person, Person];
    let order: string[] = [];
    lab.once("answered", "create", toSales.email, () => {
      order = changes(people);
    });
    await sendAll([toSales, toLab]);
    assert.deepEqual(order, ["revoke 0", "create 0"]);
  });

  for (const kind of [
    { status: 402, code: "INSUFFICIENT_CREDITS" },
    { status: 404, code: "NOT_FOUND" },
  ])
    it(`end with the first one, if it is refused for everybody: ${JSON.stringify(kind)}`, async () => {
      const people = await three({ teamId: SALES });
      fault("create", kind);
      const outcomes = await sendAll(people);
      const beginning = (text: string) => outcomes.filter((outcome) => outcome.startsWith(text)).length;
      const lost = beginning("the invite of PERSON was revoked, but no new");
      const kept = beginning("PERSON was not invited again, and the invite is as it was: ");
      assert.deepEqual([lost, kept], [1, 2], outcomes.join("\n"));
      assert.deepEqual([people.filter(isLive).length, count("revoke"), count("create")], [2, 1, 1]);
    });

  it("go on with one more alone, if the first one was not revoked", async () => {
    const people = await three({ resend: 1 });
    fault("revoke", { status: 400, code: "INVALID_REQUEST" }, { times: 1 });
    fault("create", { status: 429, code: "INVITE_LIMIT_EXCEEDED" });
    await sendAll(people);
    assert.deepEqual([people.filter(isLive).length, count("create")], [2, 1]);
  });

  it("go on to another team, if there is none any more for the first one", async () => {
    const people = await invited({ teamId: SALES }, { teamId: LAB });
    fault("create", { status: 404, code: "NOT_FOUND" }, { email: people[0]?.email });
    const [, outcome] = await sendAll(people);
    assert.equal(outcome, "sent");
  });

  it("go on after one that fails for itself", async () => {
    const [first, ...others] = (await three({ teamId: SALES })) as [Person, Person, Person];
    fault("create", "reset", { email: first.email });
    const failed = sendAll([first]);
    // The first one is under way.
    await new Promise<void>((begun) => lab.once("asked", "create", first.email, begun));
    assert.deepEqual(await sendAll(others), ["sent", "sent"]);
    assert.match(`${await failed}`, /^the invite of PERSON was revoked, but no new one was sent: /);
  });

  it("look again at somebody who has waited for the first one for longer than a look holds", async () => {
    const [first, second] = (await invited({ teamId: SALES }, { teamId: SALES })) as [Person, Person];
    fault("create", "hang", { times: 1, email: first.email });
    lab.once("asked", "create", first.email, () => lab.emulator.setStatus(second.email, "completed"));
    assert.deepEqual(await sendAll([first, second]), ["sent", "sent"]);
    assert.deepEqual(changes([first, second]), ["revoke 0", "create 0", "create 0"]);
    assert.deepEqual([isLive(second), lab.emulator.invite(second.email)?.teamId], [true, SALES]);
  });
});

describe("whoever waits for the first one of a run", () => {
  const failure = (reason: FailureReason) =>
    new UserError("No.", { cause: new ApiError({ reason, method: "POST", path: "/invites", text: "no" }) });
  for (const [name, outcome, passed] of [
    ["sent: all go on", "sent", 2],
    ["perhaps sent: all go on", failure("no-reply"), 2],
    ["left alone: another one goes alone", "left alone", 1],
    ["refused for itself: another one goes alone", failure("rejected"), 1],
    ["refused for everybody: nobody goes on", failure("insufficient-credits"), 0],
  ] as const)
    it(name, async () => {
      const asking = {
        session: { credits: async () => 1 },
        explained: async (_: string, doing: unknown) => doing,
      };
      const reissues = new Reissues(asking as unknown as Asking, {} as Teams);
      const [first, ...others] = ["first", "second", "third"].map((one) => ({
        ...ADA,
        email: personOf(`${one}@b.co`),
      }));
      const require = (one = ADA) => reissues.require(one, one, "not");
      await require(first);
      let went = 0;
      const waiting = others.map((one) =>
        require(one).then(
          () => went++,
          () => {},
        ),
      );
      reissues.settle(first ?? ADA, outcome);
      await new Promise(setImmediate);
      assert.equal(went, passed);
      for (const one of others) reissues.settle(one, "sent");
      await Promise.all(waiting);
    });
});
