import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { personOf } from "../../provider/src/invite/email";
import type { Organization } from "../../provider/src/invite/organization";
import { ownership, type PeerDeclaration, unclearOwnership } from "../../provider/src/provider/peers";
import { NO_LIMIT } from "../support/constants";
import { PeerRoom, providerAt } from "../support/in-process";

const mine: Organization = { provider: "emea", key: "aaaaaaaaaaaa" };
const mineByUid: Organization = { ...mine, uid: "11111111" };
const by = (key: string, uid?: string, forceDestroy?: boolean, provider = ""): PeerDeclaration => ({
  organization: { provider, key, uid },
  forceDestroy,
});

describe("ownership", () => {
  const [none, theirs, unclear] = [{}, { isTheirs: true }, { isUnclear: true }];
  for (const [name, organization, declarations, expected] of [
    ["the same key", mine, [by("aaaaaaaaaaaa")], theirs],
    ["another key with the same uid", mineByUid, [by("bbbbbbbbbbbb", "11111111")], theirs],
    ["another key with another uid", mineByUid, [by("bbbbbbbbbbbb", "22222222")], none],
    ["another key, and its uid is not known", mineByUid, [by("bbbbbbbbbbbb")], unclear],
    ["two, one of them surely the same", mine, [by("bbbbbbbbbbbb"), by("aaaaaaaaaaaa")], theirs],
    [
      "`forceDestroy: false` forbids, in the same organization",
      mine,
      [by("aaaaaaaaaaaa", undefined, false)],
      { ...theirs, forbids: true },
    ],
    [
      "`forceDestroy: false` forbids, in another organization",
      mineByUid,
      [by("bbbbbbbbbbbb", "22222222", false)],
      { forbids: true },
    ],
  ] as const)
    it(name, () =>
      assert.deepEqual(ownership(organization, declarations), {
        ...{ isTheirs: false, isUnclear: false, forbids: false },
        ...expected,
      }),
    );
});

it("an unclear ownership names the provider of which it is not known, and the way out", () => {
  const said = (whose: string) =>
    `zoe@acme.com was not revoked: ${whose} declares them too, and it is not known whether its key is of the same ` +
    "organization, where the invite would be theirs. Give both providers keys with the scope Organization, run " +
    "`pulumi refresh` so that the state says whose organization it is, and then the same command again.";
  const refusal = (...declarations: PeerDeclaration[]) =>
    unclearOwnership("zoe@acme.com was not revoked", mineByUid, declarations);
  assert.equal(refusal(by("bbbbbbbbbbbb")), said("the default provider"));
  const [clear, unclear] = [
    by("cccccccccccc", "22222222", undefined, "us"),
    by("b", undefined, undefined, "apac"),
  ];
  assert.equal(refusal(clear, unclear), said('the provider "apac"'));
});

/** Two providers of one run: the one that people leave, and the one that they are declared in now. */
describe("a person who moves between two providers of one run", () => {
  const KEYS = ["hp_live_theFirstKey", "hp_live_theSecondKey"] as const;
  const zoe = { email: personOf("zoe@acme.com") };
  let here: Emulator;
  let there: Emulator;
  let room: PeerRoom;
  beforeEach(async () => {
    here = await startEmulator({ apiKey: KEYS, rateLimit: NO_LIMIT });
    there = await startEmulator({ apiKey: KEYS[1], rateLimit: NO_LIMIT });
    room = new PeerRoom();
  });
  afterEach(() => Promise.all([here.close(), there.close()]));

  const left = () => providerAt({ url: here.url, key: KEYS[0], peers: room.seat() });
  const entered = (url: string, key: string) => providerAt({ url, key, name: "emea", peers: room.seat() });

  /** Zoe is invited by an earlier run, and declared in the other provider now. */
  async function moved(at: Emulator, key: string, flags: { forceDestroy?: boolean } = {}) {
    const { outs } = await providerAt({ url: here.url, key: KEYS[0] }).provider.create(zoe);
    const old = left();
    const now = entered(at.url, key);
    await now.provider.check({}, { ...zoe, ...flags });
    return { old, now, outs };
  }

  for (const [which, key] of [
    ["the same key", KEYS[0]],
    ["another key of the same organization", KEYS[1]],
  ] as const)
    it(`stays invited, with one e-mail, if both have ${which}`, async () => {
      const { old, now, outs } = await moved(here, key);
      await now.provider.create(zoe);
      await old.provider.delete(zoe.email, outs);
      assert.equal(here.invite(zoe.email)?.status, "pending");
      assert.equal(here.outbox.length, 1);
      assert.match(
        `${old.said}`,
        /zoe@acme\.com stays invited: another provider declares them in the same organization/,
      );
    });

  it("is revoked in the organization that they leave, and e-mailed once by the one that they enter", async () => {
    const { old, now, outs } = await moved(there, KEYS[1]);
    await now.provider.create(zoe);
    await old.provider.delete(zoe.email, outs);
    assert.equal(here.invite(zoe.email)?.status, "revoked");
    assert.equal(there.invite(zoe.email)?.status, "pending");
    assert.deepEqual([here.outbox.length, there.outbox.length], [1, 1]);
  });

  it("keeps their headshots if the program does not allow them to be deleted, in whichever provider it says so", async () => {
    const { old, now, outs } = await moved(there, KEYS[1], { forceDestroy: false });
    await now.provider.create({ ...zoe, forceDestroy: false });
    here.setStatus(zoe.email, "completed");
    await assert.rejects(
      old.provider.delete(zoe.email, { ...outs, forceDestroy: true }),
      /has headshots \(completed\); revoking would delete them for good/,
    );
    assert.equal(here.invite(zoe.email)?.status, "completed");
  });

  it("is left alone if nobody knows whether both keys are of one organization", async () => {
    const { old, outs } = await moved(here, KEYS[1]);
    await assert.rejects(
      old.provider.delete(zoe.email, outs),
      /^UserError: zoe@acme\.com was not revoked: the provider "emea" declares them too, and it is not known whether its key .*`pulumi refresh`/,
    );
    assert.equal(here.invite(zoe.email)?.status, "pending");
  });

  it("is an error if both declare them and reach one organization", async () => {
    const one = left();
    const other = entered(here.url, KEYS[0]);
    for (const { provider } of [one, other]) await provider.check({}, zoe);
    await one.provider.create(zoe);
    await assert.rejects(
      other.provider.create(zoe),
      /is declared twice, by two providers that reach the same organization/,
    );
    assert.equal(here.outbox.length, 1);
  });
});
