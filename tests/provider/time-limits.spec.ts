import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import type { InviteInputs } from "../../provider/src/invite/invite";
import { NO_PEERS } from "../../provider/src/provider/peers";
import { InviteProvider } from "../../provider/src/provider/provider";
import { parseDuration } from "../../provider/src/provider/time-limits";
import { PartialUpdateError } from "../../provider/src/user-error";
import { NO_LIMIT } from "../support/constants";

const ADA = { email: "ada@acme.com" } as InviteInputs;
const SECONDS = 0.3;

describe("customTimeouts", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ rateLimit: NO_LIMIT });
  });
  afterEach(() => emulator.close());

  /** A provider of a run of its own. */
  function providerOfRun(): InviteProvider {
    const env = {
      HEADSHOTPRO_BASE_URL: emulator.url,
      HEADSHOTPRO_API_KEY: emulator.apiKey,
      HEADSHOTPRO_TIMEOUT_SECONDS: "1",
    };
    const provider = new InviteProvider({ log: () => {}, env, peers: NO_PEERS });
    provider.configure(() => undefined);
    return provider;
  }
  const creates = () => emulator.requests.filter(({ verb }) => verb === "create").length;

  it("end a create that hangs; the next run looks the invite up, and nobody is e-mailed twice", async () => {
    emulator.fault({ on: "create", when: "after", kind: "hang" });
    const provider = providerOfRun();
    const startedAt = Date.now();
    await assert.rejects(
      provider.within(SECONDS, () => provider.create(ADA)),
      {
        message:
          "ada@acme.com was not invited, as far as is known: there was no reply within the 0.3 s of customTimeouts. " +
          "Run `pulumi up` again: people are looked up before anything is sent twice.",
      },
    );
    assert.ok(Date.now() - startedAt < 900, "it waits for longer");
    const { outs } = await providerOfRun().create(ADA);
    assert.deepEqual([outs.status, emulator.outbox.length], ["pending", 1]);
  });

  it("send nothing any more once the time is up", async () => {
    emulator.fault({ on: "create", when: "before", kind: "hang" });
    const provider = providerOfRun();
    await assert.rejects(provider.within(SECONDS, () => provider.create(ADA)));
    // The request ends after a second, and the look-up finds nobody: without a limit the invite would go again.
    await pause(2_500);
    assert.deepEqual([creates(), emulator.outbox.length], [1, 0]);
  });

  it("leave a state that says what was revoked, and the next run sends the invite", async () => {
    const { outs } = await providerOfRun().create(ADA);
    emulator.fault({ on: "create", when: "before", kind: "hang" });
    const provider = providerOfRun();
    const news = { ...ADA, teamId: "team_xyz789" };
    const update = provider.within(SECONDS, () => provider.update(ADA.email, outs, news));
    const failure = await update.catch((error: unknown) => error);
    assert.ok(failure instanceof PartialUpdateError, String(failure));
    assert.equal(failure.properties.status, "revoked");
    const after = await providerOfRun().update(ADA.email, failure.properties, news);
    assert.deepEqual([after.outs.status, after.outs.teamId], ["pending", "team_xyz789"]);
    assert.equal(emulator.outbox.length, 2);
  });

  it("revoke nobody any more whose time was up while they waited for the first invite of the run", async () => {
    const bob = { email: "bob@acme.com", teamId: "team_xyz789" } as InviteInputs;
    const [ofAda, ofBob] = [await providerOfRun().create(ADA), await providerOfRun().create(bob)];
    emulator.fault({ on: "create", when: "before", kind: "hang", email: ADA.email });
    const provider = providerOfRun();
    const first = provider.update(ADA.email, ofAda.outs, { ...ADA, teamId: "team_abc123" });
    const news = { ...bob, teamId: "team_abc123" };
    await assert.rejects(provider.within(SECONDS, () => provider.update(bob.email, ofBob.outs, news)));
    await first;
    await pause(200);
    assert.equal(emulator.invite(bob.email)?.status, "pending");
  });

  for (const [text, seconds] of [
    ["3s", 3],
    ["1m30s", 90],
    ["500ms", 0.5],
    [undefined, undefined],
  ] as const)
    it(`are written as ${text}`, () => assert.equal(parseDuration(text), seconds));
});
