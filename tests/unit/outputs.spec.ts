import assert from "node:assert/strict";
import { personOf } from "../../provider/src/invite/email";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import type { InviteInputs, InviteState } from "../../provider/src/invite/invite";
import { Context } from "../../provider/src/provider/context";
import {
  checkedInputs,
  keepsLink,
  outputsOf,
  plannedOutputs,
  recorded,
  recordedOutputs,
  withSecrets,
} from "../../provider/src/provider/outputs";
import { NO_PEERS } from "../../provider/src/provider/peers";
import { ADA } from "../support/constants";
import { KEY, MARK } from "../support/operations";

const BEFORE = "2026-11-30T09:00:00Z";
const EXPIRED = "2026-12-01T09:00:00Z";

/** What one provider's operations share, at a time; it asks nobody. */
function contextAt(now = BEFORE, env: Record<string, string> = { HEADSHOTPRO_API_KEY: KEY }): Context {
  const clock = { now: () => Date.parse(now), after: () => assert.fail("nothing is waited for") };
  const fetch = () => assert.fail("nobody is asked");
  return new Context({ log: () => {}, env, peers: NO_PEERS, clock, fetch }, () => undefined);
}

const state: InviteState = { ...ADA, ...MARK, teamName: "Marketing" };
const link = "https://link";
/** A configuration without a key. */
const UNUSABLE = {};
const declared: InviteInputs = { email: personOf("ada@acme.com"), teamId: "t1" };

describe("outputsOf", () => {
  it("has no property without a value, which the SDK would throw at", () => {
    const partly = { email: "a@b.co", renewals: 0, teamId: undefined, link: undefined };
    assert.deepEqual(Object.keys(outputsOf(partly)), ["email", "renewals"]);
  });
});

describe("keepsLink", () => {
  it("is the program's word, else the configuration's", () => {
    const keeps = (keepLink: boolean | undefined, configured: string) => {
      const env = { HEADSHOTPRO_API_KEY: KEY, HEADSHOTPRO_KEEP_LINK: configured };
      return keepsLink(contextAt(BEFORE, env), { keepLink });
    };
    assert.deepEqual([keeps(undefined, ""), keeps(undefined, "true")], [false, true]);
    assert.deepEqual([keeps(false, "true"), keeps(true, "false")], [false, true]);
    assert.equal(keepsLink(contextAt(BEFORE, UNUSABLE), {}), false);
  });
});

describe("recorded", () => {
  it("has a team's name only for the team that they are in", () => {
    const named = { ...declared, team: "Sales" };
    assert.equal(recorded({ ...state, teamId: "t1" }, named).team, "Sales");
    assert.equal(recorded({ ...state, teamId: "t2" }, named).team, undefined);
  });
});

/** As long as nobody has asked for the `uid`; inputs never have it. */
const KEY_ONLY = { __organization: ":d19b0d77" };

describe("recordedOutputs", () => {
  it("says whose organization it is", () => {
    const { __organization } = recordedOutputs(contextAt(), { ...state, __organization: undefined });
    assert.deepEqual({ __organization }, KEY_ONLY);
    assert.equal(recordedOutputs(contextAt(BEFORE, UNUSABLE), state).__organization, MARK.__organization);
  });

  for (const keepLink of [true, undefined])
    it(`has the link with keepLink ${keepLink}: ${keepLink ?? false}`, () =>
      assert.equal(recordedOutputs(contextAt(), { ...state, keepLink, link }).link, keepLink && link));
});

describe("checkedInputs", () => {
  it("say whose organization it is, if they have a team's name", () => {
    const named = { ...declared, team: "Sales" };
    assert.deepEqual(checkedInputs(contextAt(), { ...named }), { ...named, ...KEY_ONLY });
    assert.deepEqual(checkedInputs(contextAt(), { ...declared }), declared);
    assert.deepEqual(checkedInputs(contextAt(BEFORE, UNUSABLE), { ...named }), named);
  });
});

describe("plannedOutputs", () => {
  const later = ["status", "modelId", "teamName", "createdAt", "expiresAt", "adopted", "renewals"];
  const LATER = Object.fromEntries(later.map((name) => [name, UNKNOWN]));
  const { email } = declared;
  const keep = { keepLink: true };
  const creates: [name: string, inputs: InviteInputs, planned: object][] = [
    ["what is declared", { ...declared, resend: 1 }, { ...declared, resend: 1, ...LATER }],
    ["that the team is not known, without one", { email }, { email, teamId: UNKNOWN, ...LATER }],
  ];
  for (const [name, inputs, planned] of creates)
    it(`of a create show ${name}`, () => assert.deepEqual(plannedOutputs(contextAt(), inputs), planned));

  const signedUp = { status: "accepted", expiresAt: undefined };
  const updates: [name: string, was: object, is: object, planned: object, now?: string][] = [
    ["nothing: the state without a link that is not to be recorded", { link }, {}, state],
    ["a flag: the state with it", {}, { maxRenewals: 1 }, { ...state, maxRenewals: 1 }],
    ["a renewal: told later", {}, {}, { ...state, ...LATER }, EXPIRED],
    [
      "a team after signing up: the state in it",
      signedUp,
      { teamId: "t2" },
      { ...state, ...signedUp, teamId: "t2", teamName: UNKNOWN },
    ],
    ["what was revoked: told later", { status: "revoked" }, {}, { ...state, ...LATER }],
    [
      "a resend whose link is recorded",
      { link, ...keep },
      { ...keep, resend: 1 },
      { ...state, ...keep, resend: 1, ...LATER, link: UNKNOWN },
    ],
  ];
  for (const [name, was, is, planned, now] of updates)
    it(`of an update show for ${name}`, () => {
      const known = { id: state.email, state: { ...state, ...was } };
      assert.deepEqual(plannedOutputs(contextAt(now), { ...declared, ...is }, known), outputsOf(planned));
    });
});

describe("withSecrets", () => {
  it("marks a link as the engine marks secrets, and adds nothing if there is none", () => {
    const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    const marked = { email: "a@b.co", link: { ...mark, value: "https://link" } };
    assert.deepEqual(withSecrets({ email: "a@b.co", link: "https://link" }), marked);
    assert.deepEqual(withSecrets({ email: "a@b.co" }), { email: "a@b.co" });
  });
});
