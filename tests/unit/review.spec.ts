import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import { expiryOf } from "../../provider/src/invite/invite";
import type { Finding } from "../../provider/src/review/classify";
import { explainRemovals, toMarkdown } from "../../provider/src/review/markdown";
import { type Preview, parsePreview } from "../../provider/src/review/preview-json";
import { needsHuman, toHeadline, toReview } from "../../provider/src/review/review";
import { INVITE_TYPE, PLUGIN_INVITE_TYPE, ROSTER_TYPE } from "../../provider/src/urn";

/** When the previews of the fixtures were written; later than what has expired in them. */
const AT = new Date("2026-11-30T12:00:00Z");

const ROOT = resolve(__dirname, "../..");
const PREVIEWS = resolve(ROOT, "tests/fixtures/previews");
const read = (file: string) => readFileSync(file, "utf8");
const previewIn = (text: string) => {
  const reading = parsePreview(text);
  return "preview" in reading ? reading.preview : assert.fail(reading.problem);
};

describe("the review of a preview that the real engine wrote", () => {
  const names = readdirSync(PREVIEWS).filter((file) => file.endsWith(".json"));
  for (const name of names)
    it(`${name}, whichever language the program is in`, () => {
      const expected = read(resolve(PREVIEWS, name.replace(".json", ".md")));
      const dynamic = read(resolve(PREVIEWS, name));
      const plugin = dynamic
        .replaceAll("pulumi-nodejs:dynamic/headshotpro:HeadshotInvite", "headshotpro:index:HeadshotInvite")
        .replaceAll("pulumi:providers:pulumi-nodejs::", "pulumi:providers:headshotpro::");
      for (const text of [dynamic, plugin]) assert.equal(toMarkdown(toReview(previewIn(text), AT)), expected);
    });

  it("needs a human for headshots, errors and many removals only", () => {
    const needing = names.filter((name) =>
      needsHuman(toReview(previewIn(read(resolve(PREVIEWS, name))), AT)),
    );
    const expected =
      "bad-input destroyed headshots program-failed refused roster-cut roster-removed secrets-malformed secrets-refused " +
      "secrets-twice";
    assert.deepEqual(
      needing.sort(),
      expected.split(" ").map((name) => `${name}.json`),
    );
  });

  it("is what docs/review.md shows", () => {
    const [, sample] = /```markdown\n(.*?)```/s.exec(read(resolve(ROOT, "docs/review.md"))) ?? [];
    assert.equal(sample, read(resolve(PREVIEWS, "every-kind.md")));
  });
});

const TYPE = "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite";
const BOX = "urn:pulumi:s::p::pulumi-nodejs:dynamic:Resource::box";
const by = (provider: string) => `urn:pulumi:s::p::pulumi:providers:pulumi-nodejs::${provider}::${UNKNOWN}`;

type Step = Preview["steps"][number];
type Person = Record<string, unknown>;
interface Extra {
  provider?: string;
  /** The provider of the state. */
  from?: string;
  /** Options of the resource in the state. */
  options?: { retainOnDelete?: true; deletedWith?: string; pendingReplacement?: true };
  id?: string;
  /** The resource's name. */
  name?: string;
  /** What the engine says that differs. */
  differing?: string[];
}

/** A step about one person: what the state has, what the program says. */
function step(op: string, was?: Person, now?: Person, extra: Extra = {}): Step {
  const { provider = "default", from = provider, options, name = "somebody", differing = [] } = extra;
  const { id = was?.email as string } = extra;
  const outputs = { status: "pending", ...was };
  return {
    op,
    urn: `urn:pulumi:s::p::headshotpro:HeadshotRoster$${TYPE}::${name}`,
    ...(was && { oldState: { type: TYPE, provider: by(from), id, outputs, ...options } }),
    ...(now && {
      newState: { type: TYPE, provider: by(provider), inputs: now, ...(op === "same" && { id }) },
    }),
    diffReasons: differing,
    replaceReasons: [],
  };
}
const create = (now: Person, extra?: Extra) => step("create", undefined, now, extra);
const remove = (was: Person, extra?: Extra) => step("delete", was, undefined, extra);
const replace = (was: Person, now: Person, extra?: Extra) => step("replace", was, now, extra);
const replaced = (was: Person, extra?: Extra) => step("delete-replaced", was, undefined, extra);
const update = (was: Person, now: Person, ...differing: string[]) => step("update", was, now, { differing });
/** Of somebody whom an earlier `up` deleted first. */
const halfway = (was: Person, now: Person, name?: string) => [
  step("create-replacement", was, now, { name }),
  replace(was, now, { name, options: { pendingReplacement: true } }),
];
const same = (who: Person, extra?: Extra) => step("same", who, who, extra);
const box = (op: string): Step => ({ op, urn: BOX, diffReasons: [], replaceReasons: [] });

const ada = { email: "ada@acme.com" };
const eve = { email: "eve@acme.com" };
const zoe = { email: "zoe@acme.com" };
const accepted = { ...ada, status: "accepted" };
const completed = { ...ada, status: "completed" };
const consented = { ...completed, forceDestroy: true };
const revoked = { ...ada, status: "revoked" };
const deleted = { ...ada, status: "deleted" };
/** Whom HeadshotPro has invited to another shoot, by itself. */
const nextShoot = { ...ada, status: "pending", modelId: "m1" };
const sentAt = (createdAt: string) => ({ ...ada, createdAt, expiresAt: expiryOf(createdAt), renewals: 1 });
const expired = sentAt("2026-10-02T09:00:00.000Z");
const notExpired = sentAt("2026-11-01T09:00:00.000Z");
const secret = { email: "[secret]" };
const [inA, inB] = [{ teamId: "a" }, { teamId: "b" }];
const inSecret = { teamId: "[secret]" };
const adaInA = { ...ada, ...inA };
const adaInB = { ...ada, ...inB };
const adaInSecret = { ...ada, ...inSecret };
const adaResent = { ...ada, resend: 1 };
const adaOnce = { ...ada, maxRenewals: 1 };
const swap = [replace(ada, eve), replace(eve, ada)];
const renamed = { from: "emea" };
const RETAINED = { options: { retainOnDelete: true } } as const;
const between = (from: string, provider: string) => replace(ada, ada, { from, provider });
const OTHER = "(another resource declares them: nothing is sent or revoked)";
const STILL = "(the program still declares them: nothing is sent or revoked)";
const ENGINE = "(the engine replaces the resource, not the invite)";
const STOPS = "(`pulumi up` stops)";
const NOT_YET = "revoked, (revoked by an earlier run, and not sent again yet)";

/** The whole finding in a line; somebody else than Ada, a team or a provider is named. */
function toLine({ kind, person, before, after, ...finding }: Finding): string {
  const short = (value?: string | null) =>
    value === null ? "?" : (value ?? "none").replace("@acme.com", "");
  return [
    person === ada.email ? kind : `${kind} ${person ? short(person) : "somebody"}`,
    ...(before === undefined && after === undefined ? [] : [`${short(before)} > ${short(after)}`]),
    ...(finding.organization ? [`in ${finding.organization}`] : []),
    ...(finding.emailed ? ["e-mailed"] : []),
    ...(finding.losesInvite ? ["loses"] : []),
    ...(finding.headshots ? [`headshots ${finding.headshots}`] : []),
    ...(finding.stays ? ["stays"] : []),
    ...[finding.status === "pending" ? undefined : finding.status, finding.modelId].filter(Boolean),
    ...(finding.reason ? [`(${finding.reason.replace(/ will stop: .*/, " stops")})`] : []),
  ].join(", ");
}

describe("findings", () => {
  const cases: [name: string, findings: string[], ...steps: Step[]][] = [
    ["somebody new", ["invited, e-mailed"], create(ada)],
    ["nor is it told by the id", ["revoked somebody, loses"], remove(secret, { id: ada.email })],
    ["unused", ["revoked, loses"], remove(ada)],
    ["gone by hand already", ["revoked, revoked"], remove(revoked)],
    ["deleted by HeadshotPro: nothing to revoke", ["revoked, deleted"], remove(deleted)],
    [
      "a model means headshots",
      ["revoked, headshots guarded, m1", "revoked, headshots lost, m1"],
      remove(nextShoot),
      remove({ ...nextShoot, forceDestroy: true }),
    ],
    ["a deleted one's", ["revoked, deleted, m1"], remove({ ...deleted, modelId: "m1", forceDestroy: true })],
    ["a state without one", ["revoked, headshots guarded, unknown"], remove({ ...ada, status: undefined })],
    ["retained, and over already", ["released, revoked, (retainOnDelete)"], remove(revoked, RETAINED)],
    ["one of somebody declared again", [`kept, ${OTHER}`], replaced(ada), create(ada, { name: "other" })],
    ["the old address is revoked already", ["invited eve, e-mailed"], ...halfway(ada, eve)],
    [
      "created again, whom the delete has left alone",
      [`kept, ${ENGINE}`, `kept eve, headshots guarded, completed, ${STOPS}`],
      ...halfway(ada, ada),
      ...halfway({ ...eve, status: "completed" }, eve, "eve"),
    ],
    ["renamed, headshots", [`kept, headshots guarded, completed, ${STOPS}`], create(ada), remove(completed)],
    [
      "another name, with headshots and adopt",
      [`kept, completed, ${OTHER}`],
      create({ ...ada, adopt: true }),
      remove(completed),
    ],
    ["after an interrupted run", ["invited, e-mailed"], create(ada), remove(revoked)],
    [
      "in another organization",
      ["invited, in emea, e-mailed", "revoked, loses"],
      create(ada, { provider: "emea" }),
      remove(ada),
    ],
    ["a swap", ["address eve, ada > eve, stays", "address, eve > ada, stays"], ...swap],
    ["completed", ["address eve, ada > eve, e-mailed, headshots lost, completed"], replace(completed, eve)],
    [
      "another secret address",
      ["address somebody, ? > ?, e-mailed, loses"],
      replace(secret, secret, { id: ada.email, differing: ["email"] }),
    ],
    [
      "another team for somebody who has signed up",
      [
        "assigned, a > b, accepted",
        "assigned, none > b, headshots stay, completed",
        "assigned, none > ?, headshots stay, completed",
        "assigned, ? > ?, headshots stay, m1",
      ],
      update({ ...accepted, ...inA }, adaInB),
      update(consented, { ...ada, ...inB, forceDestroy: true }),
      update({ ...completed, forceDestroy: false }, { ...ada, teamId: UNKNOWN, forceDestroy: false }),
      update({ ...nextShoot, ...inSecret }, adaInSecret, "teamId"),
    ],
    [
      "into a team that the program makes in the same run",
      ["moved, a > New, e-mailed", "assigned eve, a > New, accepted"],
      update(adaInA, { ...ada, team: "New" }, "team", "teamId"),
      update({ ...eve, ...inA, status: "accepted" }, { ...eve, team: "New" }, "team", "teamId"),
    ],
    ["of somebody deleted", ["settings, deleted"], update({ ...deleted, ...inA }, adaInB, "teamId")],
    ["another secret team", ["moved, ? > ?, e-mailed"], update(adaInSecret, adaInSecret, "teamId")],
    ["a secret team alone", ["moved, ? > ?, e-mailed"], update(adaInSecret, adaInSecret)],
    [
      "by another clock",
      ["renewed, e-mailed, (expired unused on 2026-12-01; renewal 2)"],
      update(notExpired, ada),
    ],
    ["no renewals left", ["settings, (maxRenewals: 1)"], update(expired, adaOnce, "maxRenewals")],
    [
      "a program that was in another language",
      ["settings"],
      { ...update(ada, ada), oldState: { ...update(ada, ada).oldState, type: PLUGIN_INVITE_TYPE } },
    ],
    [
      "a renamed provider",
      ["settings, in new"],
      step("update", { ...notExpired, __organization: "old:9f86d081.5c2a9b01" }, ada, { provider: "new" }),
    ],
    ["resend, signed up", ["settings, accepted, (resend: 1)"], update(accepted, adaResent, "resend")],
    ["resend, deleted", ["resent, e-mailed, deleted, (resend: 1)"], update(deleted, adaResent, "resend")],
    ["an interrupted run", [`resent, e-mailed, ${NOT_YET}`], update(revoked, ada)],
    ["another organization", ["organization, emea > apac, e-mailed"], between("emea", "apac")],
    [
      "another organization, with headshots here",
      [
        "organization, emea > default, e-mailed, headshots lost, completed",
        "organization, emea > default, e-mailed, headshots guarded, completed",
        "organization, emea > default, e-mailed, stays, completed",
        "organization, emea > default, e-mailed, headshots lost, completed",
      ],
      replace(consented, { ...ada, forceDestroy: true }, renamed),
      replace(consented, { ...ada, forceDestroy: false }, renamed),
      replace(completed, ada, { ...renamed, ...RETAINED }),
      replace(completed, ada, { ...renamed, differing: ["__organization"] }),
    ],
    [
      "the engine replaces the resource, not the invite",
      [
        `kept, completed, ${ENGINE}`,
        `kept, deleted, ${ENGINE}`,
        `resent, e-mailed, ${NOT_YET}`,
        "kept, (the engine replaces the resource, not the invite; what else differs is for the next `pulumi up`)",
      ],
      replace(completed, ada),
      replace(deleted, ada),
      replace(revoked, ada),
      replace(adaInA, adaInB),
    ],
    ["removed under a name of two", [`kept, ${STILL}`], same(ada, { name: "other" }), remove(ada)],
    [
      "left over, secret, and still declared",
      [`kept somebody, ${STILL}`, "revoked somebody, loses"],
      same(secret, { id: ada.email, name: "other" }),
      replaced(secret, { id: ada.email }),
      replaced(secret, { id: eve.email }),
    ],
    [
      "left over with headshots, and still declared under another name",
      [`kept, completed, ${STILL}`],
      step("same", { ...completed, adopted: true }, ada, { name: "new" }),
      replaced(consented),
    ],
    ["left over, and read only", ["revoked, loses"], step("read", undefined, ada), replaced(ada)],
    ["left over, elsewhere", ["revoked, in emea, loses"], same(ada), replaced(ada, { provider: "emea" })],
    ["imported", ["kept, (imported: nothing is sent or revoked)"], step("import", undefined, ada)],
    ["settings", ["settings, (forceDestroy: true)"], update(ada, { ...ada, forceDestroy: true })],
    ["what only looks", [], step("read", undefined, ada), same(ada), step("refresh", ada, ada)],
  ];
  for (const [name, findings, ...steps] of cases)
    it(name, () => assert.deepEqual(toReview({ steps, diagnostics: [] }, AT).findings.map(toLine), findings));

  const reviewOf = (...steps: Step[]) => toReview({ steps, diagnostics: [] }, AT);

  it("says of a preview without the steps of its replacements what it does not show", () => {
    const hides = (...steps: Step[]) => reviewOf(...steps).hidesReplacements;
    assert.equal(hides(replace(ada, eve)), true);
    assert.equal(hides(replace(ada, eve), step("create-replacement", ada, eve)), false);
    assert.equal(hides(create(ada)), false);
    assert.match(toMarkdown(reviewOf(replace(ada, eve))), /does not show whom an earlier `pulumi up` left/);
  });

  it("counts pending invites that come and go, and none that is sent again in its place", () => {
    const moved = update({ ...zoe, ...inA }, { ...zoe, ...inB });
    const { pending } = reviewOf(create(eve), remove(accepted), moved, update(expired, ada));
    assert.deepEqual(pending, { added: 2, removed: 1 });
    assert.deepEqual(reviewOf(update(revoked, ada)).pending, { added: 1, removed: 0 });
    assert.deepEqual(reviewOf(replace(ada, ada, renamed)).pending, { added: 1, removed: 1 });
  });
});

describe("the headline", () => {
  it("says of a preview that is about others that nobody's invite changes", () =>
    assert.equal(
      toHeadline(toReview({ steps: [box("delete")], diagnostics: [] })),
      "Nobody's invite changes",
    ));

  it("says of a preview that failed that it is not the whole", () => {
    const diagnostics = [{ severity: "error", message: "error: preview failed\n" }];
    const review = toReview({ steps: [create(ada)], diagnostics });
    assert.match(toHeadline(review), /^The preview failed\. As far as it came: 1 person will be e-mailed/);
    assert.equal(needsHuman(review), true);
  });
});

/** Steps about people of one roster who are called by number. */
function people(
  op: string,
  from: number,
  to: number,
  { type = INVITE_TYPE, ...was } = {} as Person & { type?: string },
) {
  return Array.from({ length: to - from }, (_, n): Step => {
    const email = `p${from + n}@acme.com`;
    const { retainOnDelete } = was as { retainOnDelete?: true };
    const urn = `urn:pulumi:test::people::${ROSTER_TYPE}$${type}::people/${email}`;
    const oldState = { type, id: email, outputs: { email, status: "pending" }, retainOnDelete };
    const now = { newState: { type, inputs: { email } } };
    const known = op === "create" ? now : op === "delete" ? { oldState } : { oldState, ...now };
    return { op, urn, ...known, diffReasons: [], replaceReasons: [] };
  });
}
const whole = (type: string): Step => ({ ...box("delete"), urn: `urn:pulumi:test::people::${type}::people` });
const STACK = whole("pulumi:pulumi:Stack");
const ROSTER = whole(ROSTER_TYPE);

describe("who leaves a stack", () => {
  const plugin = { type: PLUGIN_INVITE_TYPE };
  const leave = (from: number, to: number, was?: Person) => people("delete", from, to, was);
  const stay = (from: number, to: number) => people("same", from, to);
  /** How many leave, and whether a human decides. */
  const cases: [what: string, steps: Step[], expected: string, maxRemovals?: number][] = [
    ["more than a quarter", [...stay(0, 44), ...leave(44, 60)], "16 of 60, 15 allowed: a human"],
    ["all, of the plugin", leave(0, 4, plugin), "4 of 4, 3 allowed: a human"],
    ["one, if none may", leave(0, 1), "1 of 1, 0 allowed: a human", 0],
    ["people who move", [...people("create", 0, 9), ...leave(0, 9)], "0 of 9, 3 allowed: passes"],
    ["left as they are", leave(0, 9, { retainOnDelete: true }), "0 of 9, 3 allowed: passes"],
    ["a roster with one", [ROSTER, ...leave(0, 1), ...stay(1, 9)], "1 of 9, 0 allowed: a human"],
    ["a stack with one", [STACK, ...leave(0, 1)], "1 of 1, 0 allowed: a human"],
  ];
  for (const [what, steps, expected, maxRemovals] of cases)
    it(`${what}: ${expected}`, () => {
      const review = toReview({ steps, diagnostics: [] }, AT, maxRemovals);
      const { leaving, had, allowed } = review.removals;
      const decides = needsHuman(review) ? "a human" : "passes";
      assert.equal(`${leaving} of ${had}, ${allowed} allowed: ${decides}`, expected);
    });
});

it("people whom a preview does not show may be why a human looks at removals", () => {
  const steps = people("delete", 0, 4);
  const { removals } = toReview({ steps, diagnostics: [], changeSummary: { same: 96 } }, AT);
  assert.match(
    explainRemovals(removals).join("\n"),
    /^\*\*4 of the 4 people whom this preview shows lose .* `review --max-removals 4`\.\n.* leaves out what does not change\. /,
  );
  assert.deepEqual(explainRemovals({ ...removals, leaving: 3 }), []);
});
