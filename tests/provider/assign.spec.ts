import assert from "node:assert/strict";
import type { FaultKind } from "headshotpro-emulator";
import { VirtualLab, virtualLabForAll } from "../support/lab";
import { assertRecordable, failureOf, type Properties, partOf } from "../support/operations";

const SIGNED_UP = ["accepted", "completed", "on-the-moon"];
const [FROM, INTO] = ["team_xyz789", "team_abc123"];
const isChange = (verb: string) => ["create", "revoke", "assign"].includes(verb);

/** Somebody who has signed up changes team: HeadshotPro moves them, and they are looked at afterwards. */
describe("another team for somebody who has signed up", () => {
  const lab = virtualLabForAll();

  /** Somebody in a team; the next command, to which they are known by their status or as they were invited. */
  async function there(status: string, knows: "status" | "invite" = "status") {
    const { email, declared: old, outs } = await lab.invitedBefore({ teamId: FROM });
    lab.emulator.setStatus(email, status);
    const { expiresAt, ...rest } = outs;
    const state: Properties = knows === "status" ? { ...rest, status } : outs;
    return { email, declared: { email, teamId: INTO }, old, state };
  }
  /** Nothing has happened to them. */
  function assertAsBefore(email: string): void {
    assert.equal(lab.emulator.invite(email)?.teamId, FROM);
    assert.deepEqual([lab.isLive(email), lab.emailsTo(email)], [true, 1]);
  }

  for (const status of SIGNED_UP) {
    it(`${status}: announced, one request and one look, no e-mail, and the link and headshots stay`, async () => {
      const { email, declared, old, state } = await there(status);
      assert.equal((await lab.preview(state, declared, old)).changes, "unknown");
      const headshots = status === "accepted" ? "" : "; headshots stay";
      lab.assertSaid([`${email} moves to team ${INTO}, without an e-mail${headshots}`], email);
      assert.deepEqual(lab.takeRequests(), [], "the teams come with the organization");
      const after = await lab.provider.update(email, state, declared);
      assert.deepEqual(lab.takeRequests(), ["assign", "get"]);
      const { modelId } = lab.emulator.invite(email) ?? {};
      const moved = { ...state, ...declared, teamName: "Engineering", ...(modelId && { modelId }) };
      assert.deepEqual(after, moved);
      assert.deepEqual([lab.emulator.invite(email)?.status, lab.emailsTo(email)], [status, 1]);
      lab.nextRun();
      assert.equal((await lab.preview(after, declared)).changes, "none");
    });

    it(`${status} by now, which the state does not know: looked at, and moved rather than invited again`, async () => {
      const { email, declared, state } = await there(status, "invite");
      const after = await lab.provider.update(email, state, declared);
      assertRecordable(after, { ...declared, status, adopted: false, renewals: 0 });
      assert.deepEqual(lab.takeRequests().filter(isChange), ["assign"]);
      assert.equal(lab.emailsTo(email), 1);
      lab.assertSaid([`${email} was moved to team ${INTO}, without an e-mail`], email);
    });
  }

  it("is one request for 20 at once, and hardly more than a list to look", async () => {
    const people = [];
    for (let n = 0; n < 20; n++) people.push(await there("completed"));
    const moved = people.map(({ email, declared, state }) => lab.provider.update(email, state, declared));
    for (const after of await Promise.all(moved)) assert.equal(after.teamId, INTO);
    const requests = lab.takeRequests();
    assert.deepEqual(requests.filter(isChange), ["assign"]);
    assert.ok(requests.length <= 3, `${requests}`);
  });

  for (const status of ["revoked", "pending"])
    it(`whom the state has as completed, and who is ${status}, is an error that records it: the next up sends, announced`, async () => {
      const { email, declared, old, state } = await there("completed");
      lab.emulator.revokeByHand(email);
      if (status === "pending") lab.emulator.inviteByHand({ email, teamId: FROM });
      const { properties, message } = await partOf(lab.provider.update(email, state, declared));
      assert.match(message, new RegExp(`they are ${status} by now\\. Nothing was revoked or sent`));
      assert.equal(properties.status, status);
      lab.nextRunAfter(1);
      await lab.preview(properties, declared, old);
      lab.assertSaid(/`pulumi up` .*sends .*with a new e-mail/, email);
      assert.equal((await lab.provider.update(email, properties, declared)).teamId, INTO);
    });

  it("whom the state has as completed, and who has been deleted, is recorded so", async () => {
    const { email, declared, state } = await there("completed");
    lab.emulator.leave(email);
    const after = await lab.provider.update(email, state, declared);
    assert.deepEqual([after.status, after.teamId, lab.emailsTo(email)], ["deleted", FROM, 1]);
    lab.nextRun();
    assert.equal((await lab.preview(after, declared)).changes, "none");
  });

  /** Other faults: the matrix. */
  const failing: [name: string, kind: FaultKind, said: RegExp][] = [
    ["the key may not", { status: 403, code: "FORBIDDEN" }, /did not do it \(403 FORBIDDEN: .+\)\./],
    ["nobody is found", { status: 404, code: "NOT_FOUND" }, /did not do it \(404 NOT_FOUND: .+\)\./],
    ["it is answered and not done", "no-effect", /they are still in team team_xyz789\./],
  ];
  for (const [name, kind, said] of failing)
    it(`is an error that names the key's scope, and the state stays true, where ${name}`, async () => {
      const { email, declared, state } = await there("completed");
      lab.emulator.fault({ on: "assign", kind, times: Infinity });
      const message = await failureOf(lab.provider.update(email, state, declared));
      assert.ok(message.startsWith(`${email} was not moved to team ${INTO}: `), message);
      assert.match(message, said);
      assert.match(message, /Nothing was revoked or sent\. .*scope Teams/);
      assertAsBefore(email);
      assert.deepEqual((await lab.provider.read(email, state))?.props.teamId, FROM);
      lab.emulator.clearFaults();
      lab.nextRun();
      assert.equal((await lab.provider.update(email, state, declared)).teamId, INTO);
    });

  const unclear =
    "^It is not known whether \\S+ was moved to team team_abc123 .the next `pulumi up` or `pulumi refresh`";
  for (const [name, kind, said] of [
    ["went through", undefined, unclear],
    ["got no answer", "reset", unclear],
    ["was refused", { status: 403, code: "FORBIDDEN" }, "^\\S+ was not moved to team team_abc123: "],
  ] as [string, FaultKind | undefined, string][])
    it(`whom nobody can look at after a request that ${name} is told as what is known, and the next up goes on`, async () => {
      const { email, declared, state } = await there("completed");
      if (kind) lab.emulator.fault({ on: "assign", kind, times: Infinity });
      lab.emulator.fault({ on: "get", kind: { status: 403, code: "FORBIDDEN" }, times: Infinity });
      const message = await failureOf(lab.provider.update(email, state, declared));
      assert.match(message, new RegExp(said));
      assert.match(message, /: the API key is not an organization admin's \(403 FORBIDDEN: .+\)\./);
      lab.emulator.clearFaults();
      lab.nextRun();
      assert.equal((await lab.provider.update(email, state, declared)).teamId, INTO);
    });

  it("is tried in the API's own spelling, once a look has told it", async () => {
    const here = await VirtualLab.start({ caseSensitive: true });
    here.emulator.addEntry({ email: "Zoe@Acme.com", status: "accepted", teamId: FROM });
    const [email, teamId] = ["zoe@acme.com", INTO];
    const after = await here.provider.update(email, { email, status: "accepted" }, { email, teamId });
    assert.equal(after.teamId, INTO);
    await here.stop();
  });

  it("is not tried into a team that is not there", async () => {
    const { email, declared, state } = await there("completed");
    const message = await failureOf(lab.provider.update(email, state, { ...declared, teamId: "team_typo" }));
    const said = /was not moved to team team_typo: the organization has no team "team_typo"; there are/;
    assert.match(message, said);
    assert.deepEqual(lab.takeRequests(), ["teams"]);
    assertAsBefore(email);
  });
});
