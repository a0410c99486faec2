import assert from "node:assert/strict";
import type { Everyone } from "../../provider/src/api/shared-requests";
import { ApiError, type FailureReason } from "../../provider/src/client/errors";
import { personOf } from "../../provider/src/invite/email";
import { InviteLimit, mayHaveEmailed } from "../../provider/src/provider/invite-limit";
import { UserError } from "../../provider/src/user-error";

const [ada, bob, cleo] = [personOf("ada@acme.com"), personOf("bob@acme.com"), personOf("cleo@acme.com")];

/** A limit in an organization where these people are invited already. */
function limitOf(most: number | undefined, there: readonly string[]): InviteLimit {
  const row = { status: "pending", liveEntries: 1 };
  const people = new Map(there.map((email) => [personOf(email), { email: personOf(email), ...row }]));
  return new InviteLimit(
    () => most,
    async () => ({ people }) as Pick<Everyone, "people">,
  );
}

function failure(reason: FailureReason): ApiError {
  return new ApiError({ reason, method: "POST", path: "/invites", text: "no" });
}

describe("announce", () => {
  const NEW = { isNew: true };
  const KNOWN = { isNew: false };

  it("says once that so many must not be invited, if several come at once", async () => {
    const limit = limitOf(1, []);
    const said = await Promise.all([ada, bob, cleo].map((one) => limit.announce(one, NEW)));
    assert.deepEqual(said.map((text) => text !== undefined).sort(), [false, false, true]);
  });

  it("of `pulumi do`, names an option of the command as the way out", async () => {
    const nobody = async () => ({ people: new Map() });
    const said = await new InviteLimit(() => 0, nobody, true).announce(ada, KNOWN);
    assert.match(`${said}`, /raise it \(--headshotpro:max-invites or HEADSHOTPRO_MAX_INVITES\)\.$/);
  });

  it("passes on what is no answer of the API", async () => {
    const limit = new InviteLimit(
      () => 0,
      () => Promise.reject(new TypeError("a defect")),
    );
    await assert.rejects(limit.announce(ada, NEW), /a defect/);
  });

  it("counts somebody whose invite is sent again, though they are in the list", async () => {
    const limit = limitOf(1, [ada]);
    assert.equal(await limit.announce(ada, KNOWN), undefined);
    assert.match(`${await limit.announce(bob, NEW)}`, /^this run would invite more people than maxInvites/);
  });
});

describe("reserve", () => {
  for (const emailed of [true, false])
    it(`has ${emailed ? "none" : "its place"} once the one before has e-mailed ${emailed ? "somebody" : "nobody"}`, async () => {
      const limit = limitOf(1, []);
      const first = await limit.reserve(ada);
      const second = limit.reserve(bob);
      first?.settle(emailed);
      assert.equal((await second) === undefined, emailed);
    });

  it("takes one place for a person, however often they are e-mailed, whatever comes of a later try", async () => {
    const limit = limitOf(2, []);
    for (const one of [ada, ada, ada, bob]) (await limit.reserve(one))?.settle(true);
    (await limit.reserve(ada))?.settle(false);
    assert.equal(await limit.reserve(cleo), undefined);
  });
});

describe("refusal", () => {
  for (const [people, count] of [
    [[ada], "1 person"],
    [[ada, bob], "2 people"],
  ] as const)
    it(`says how many were invited, and the ways out: ${count}`, async () => {
      const limit = limitOf(people.length, []);
      for (const one of people) (await limit.reserve(one))?.settle(true);
      assert.equal(
        limit.refusal("cleo@acme.com was not invited").message,
        `cleo@acme.com was not invited: this run has invited ${count}, and maxInvites allows ${people.length}. If more are ` +
          "meant, raise it for this run (HEADSHOTPRO_MAX_INVITES) or for good (`pulumi config set headshotpro:maxInvites`).",
      );
    });
});

describe("mayHaveEmailed", () => {
  const explained = (cause: unknown) => new UserError("explained", { cause });
  const table: [name: string, error: unknown, is: boolean][] = [
    ["a refusal by the API", failure("rejected"), false],
    ["a lost reply", failure("no-reply"), true],
    ["a refusal by the API, explained", explained(failure("rejected")), false],
    ["a lost reply, explained twice", explained(explained(failure("no-reply"))), true],
    ["what we refuse before anything is sent", new UserError("adopt: false"), false],
    ["a defect", new TypeError("a defect"), true],
  ];
  for (const [name, error, is] of table)
    it(`${name}: ${is ? "it may" : "nothing was sent"}`, () => assert.equal(mayHaveEmailed(error), is));
});
