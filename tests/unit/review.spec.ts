import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import { expiryOf } from "../../provider/src/invite/invite";
import type { Finding } from "../../provider/src/review/classify";
import { toMarkdown } from "../../provider/src/review/markdown";
import { type Preview, parsePreview } from "../../provider/src/review/preview-json";
import { needsHuman, toHeadline, toReview } from "../../provider/src/review/review";

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
  for (const name of names) {
    it(name, () => {
      const preview = previewIn(read(resolve(PREVIEWS, name)));
      const expected = read(resolve(PREVIEWS, name.replace(".json", ".md")));
      assert.equal(toMarkdown(toReview(preview, AT)), expected);
    });
  }

  for (const name of names) {
    it(`${name}, if the program is in another language`, () => {
      const text = read(resolve(PREVIEWS, name))
        .replaceAll("pulumi-nodejs:dynamic/headshotpro:HeadshotInvite", "headshotpro:index:HeadshotInvite")
        .replaceAll("pulumi:providers:pulumi-nodejs::", "pulumi:providers:headshotpro::");
      const expected = read(resolve(PREVIEWS, name.replace(".json", ".md")));
      assert.equal(toMarkdown(toReview(previewIn(text), AT)), expected);
    });
  }

  it("needs a human for headshots, errors and many removals only", () => {
    const needing = names.filter((name) =>
      needsHuman(toReview(previewIn(read(resolve(PREVIEWS, name))), AT)),
    );
    assert.deepEqual(needing.sort(), [
      "bad-input.json",
      "destroyed.json",
      "headshots.json",
      "program-failed.json",
      "refused.json",
      "roster-cut.json",
      "roster-removed.json",
      "secrets-malformed.json",
      "secrets-refused.json",
    ]);
  });

  it("is what docs/review.md shows", () => {
    const [, sample] = /```markdown\n(.*?)```/s.exec(read(resolve(ROOT, "docs/review.md"))) ?? [];
    assert.equal(sample, read(resolve(PREVIEWS, "every-kind.md")));
  });
});

const TYPE = "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite";
const by = (provider: string) => `urn:pulumi:s::p::pulumi:providers:pulumi-nodejs::${provider}::${UNKNOWN}`;

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
function step(
  op: string,
  was?: Record<string, unknown>,
  now?: Record<string, unknown>,
  {
    provider = "default",
    from = provider,
    options,
    name = "somebody",
    id = was?.email as string,
    differing = [],
  }: Extra = {},
): Preview["steps"][number] {
  return {
    op,
    urn: `urn:pulumi:s::p::headshotpro:HeadshotRoster$${TYPE}::${name}`,
    ...(was && {
      oldState: {
        type: TYPE,
        provider: by(from),
        id,
        outputs: { status: "pending", ...was },
        ...options,
      },
    }),
    ...(now && { newState: { type: TYPE, provider: by(provider), inputs: now } }),
    diffReasons: differing,
    replaceReasons: [],
  };
}

const ada = { email: "ada@acme.com" };
const eve = { email: "eve@acme.com" };
const completed = { ...ada, status: "completed" };
/** Whom HeadshotPro has invited to another shoot, by itself. */
const nextShoot = { ...ada, status: "pending", modelId: "m1" };
const deleted = { ...ada, status: "deleted" };
const sentAt = (createdAt: string) => ({ ...ada, createdAt, expiresAt: expiryOf(createdAt), renewals: 1 });
const expired = sentAt("2026-10-02T09:00:00.000Z");
const notExpired = sentAt("2026-11-01T09:00:00.000Z");
const SECRET = "[secret]";
const BOX = "urn:pulumi:s::p::pulumi-nodejs:dynamic:Resource::box";
const REPLACED = "the engine replaces the resource, not the invite";

describe("findings", () => {
  const cases: [name: string, steps: Preview["steps"], findings: Partial<Finding>[]][] = [
    ["somebody new", [step("create", undefined, ada)], [{ kind: "invited", emailed: true }]],
    [
      "an address that is secret",
      [step("create", undefined, { email: "[secret]" })],
      [{ kind: "invited", emailed: true, person: undefined }],
    ],
    [
      "a secret address is not told by the id either",
      [step("delete", { email: "[secret]" }, undefined, { id: "ada@acme.com" })],
      [{ kind: "revoked", person: undefined, losesInvite: true }],
    ],
    ["unused", [step("delete", ada)], [{ kind: "revoked", losesInvite: true, headshots: undefined }]],
    ["gone by hand already", [step("delete", { ...ada, status: "revoked" })], [{ losesInvite: false }]],
    [
      "deleted by HeadshotPro: over, with nothing to revoke",
      [step("delete", deleted)],
      [{ kind: "revoked", emailed: false, losesInvite: false, headshots: undefined, status: "deleted" }],
    ],
    ["guarded", [step("delete", completed)], [{ losesInvite: false, headshots: "guarded" }]],
    [
      "a model means headshots, whatever the status",
      [step("delete", nextShoot), step("delete", { ...nextShoot, forceDestroy: true })],
      [
        { losesInvite: false, headshots: "guarded", modelId: "m1" },
        { losesInvite: false, headshots: "lost" },
      ],
    ],
    [
      "a deleted person's model counts for nothing",
      [step("delete", { ...deleted, modelId: "m1", forceDestroy: true })],
      [{ losesInvite: false, headshots: undefined }],
    ],
    ["allowed", [step("delete", { ...completed, forceDestroy: true })], [{ headshots: "lost" }]],
    [
      "a status that nobody has heard of",
      [step("delete", { ...ada, status: "retouching", forceDestroy: true })],
      [{ headshots: "lost" }],
    ],
    [
      "a state without a status",
      [step("delete", { ...ada, status: undefined })],
      [{ headshots: "guarded", status: "unknown" }],
    ],
    [
      "retained",
      [step("delete", completed, undefined, { options: { retainOnDelete: true } })],
      [{ kind: "released", losesInvite: false, headshots: undefined }],
    ],
    [
      "deleted with a resource that is deleted or replaced, too: the engine asks nobody",
      [
        step("delete", completed, undefined, { options: { deletedWith: BOX } }),
        step("delete", { ...eve, status: "revoked" }, undefined, {
          options: { deletedWith: BOX },
          name: "eve",
        }),
        step(
          "replace",
          { email: "bob@acme.com" },
          { email: "bo@acme.com" },
          { options: { deletedWith: BOX } },
        ),
        { op: "delete-replaced", urn: BOX, diffReasons: [], replaceReasons: [] },
      ],
      [
        { kind: "released", losesInvite: false, headshots: undefined, reason: "deletedWith: stays invited" },
        { kind: "released", losesInvite: false, reason: "deletedWith" },
        { kind: "address", losesInvite: false, stays: true },
      ],
    ],
    [
      "deleted with a resource that stays: revoked",
      [
        step("delete", ada, undefined, { options: { deletedWith: BOX } }),
        { op: "same", urn: BOX, diffReasons: [], replaceReasons: [] },
      ],
      [{ kind: "revoked", losesInvite: true }],
    ],
    [
      "the steps of a replacement count once",
      [step("create-replacement", ada, eve), step("replace", ada, eve), step("delete-replaced", ada)],
      [{ kind: "address", person: "eve@acme.com", emailed: true, losesInvite: true }],
    ],
    [
      "a revoke that an earlier up left over, alone, and beside another replacement of the resource",
      [
        step("delete-replaced", completed),
        step("replace", eve, { email: "zoe@acme.com" }, { name: "eve" }),
        step("delete-replaced", { email: "first@acme.com" }, undefined, { name: "eve" }),
        step("delete-replaced", eve, undefined, { name: "eve" }),
      ],
      [
        { kind: "revoked", headshots: "guarded", person: "ada@acme.com" },
        { kind: "address", before: "eve@acme.com", after: "zoe@acme.com" },
        { kind: "revoked", losesInvite: true, person: "first@acme.com" },
      ],
    ],
    [
      "a revoke left over of somebody whom the program declares again",
      [step("delete-replaced", ada), step("create", undefined, ada, { name: "other" })],
      [{ kind: "kept", emailed: false }],
    ],
    [
      "created again after an earlier up deleted first: the old address is revoked already",
      [
        step("create-replacement", ada, eve),
        step("replace", ada, eve, { options: { pendingReplacement: true } }),
      ],
      [{ kind: "invited", person: "eve@acme.com", emailed: true, losesInvite: false }],
    ],
    [
      "the same of one person, whom the delete has left alone",
      [
        step("create-replacement", ada, ada),
        step("replace", ada, ada, { options: { pendingReplacement: true } }),
        step("create-replacement", { ...eve, status: "completed" }, eve, { name: "eve" }),
        step("replace", { ...eve, status: "completed" }, eve, {
          name: "eve",
          options: { pendingReplacement: true },
        }),
      ],
      [
        { kind: "kept", emailed: false, headshots: undefined, reason: REPLACED },
        { kind: "kept", emailed: false, headshots: "guarded" },
      ],
    ],
    [
      "another name for the same person",
      [step("create", undefined, ada), step("delete", ada)],
      [{ kind: "kept", emailed: false, losesInvite: false }],
    ],
    [
      "another name for somebody with headshots: create will refuse to adopt",
      [step("create", undefined, ada), step("delete", completed)],
      [{ kind: "kept", emailed: false, headshots: "guarded" }],
    ],
    [
      "another name and adopt: true",
      [step("create", undefined, { ...ada, adopt: true }), step("delete", completed)],
      [{ kind: "kept", headshots: undefined }],
    ],
    [
      "the same person in another organization is another invite",
      [step("create", undefined, ada, { provider: "emea" }), step("delete", ada)],
      [
        { kind: "invited", emailed: true, organization: "emea" },
        { kind: "revoked", losesInvite: true, organization: undefined },
      ],
    ],
    [
      "two who swap: nothing is sent, nothing is lost",
      [step("replace", ada, eve), step("replace", eve, ada)],
      [
        { kind: "address", emailed: false, losesInvite: false },
        { kind: "address", emailed: false, losesInvite: false },
      ],
    ],
    [
      "another address",
      [step("replace", ada, eve)],
      [{ kind: "address", person: "eve@acme.com", before: "ada@acme.com", emailed: true, losesInvite: true }],
    ],
    [
      "another address in place of headshots",
      [step("replace", completed, eve)],
      [{ kind: "address", emailed: true, losesInvite: false, headshots: "lost" }],
    ],
    [
      "invited into a team that is not told",
      [
        step("create", undefined, { ...ada, teamId: SECRET }),
        step("create", undefined, { ...eve, teamId: UNKNOWN }),
      ],
      [
        { kind: "invited", after: null },
        { kind: "invited", after: null },
      ],
    ],
    [
      "a move into another team is an update: revoked, and one e-mail",
      [step("update", { ...ada, teamId: "a" }, { ...ada, teamId: "b" }, { differing: ["teamId"] })],
      [{ kind: "moved", emailed: true, losesInvite: false, before: "a", after: "b", headshots: undefined }],
    ],
    [
      "a move of somebody who has signed up: HeadshotPro moves them, and headshots stay",
      [
        step("update", { ...ada, status: "accepted", teamId: "a" }, { ...ada, teamId: "b" }),
        step("update", { ...completed, forceDestroy: true }, { ...ada, teamId: "b", forceDestroy: true }),
        step(
          "update",
          { ...completed, forceDestroy: false },
          { ...ada, teamId: UNKNOWN, forceDestroy: false },
        ),
        step(
          "update",
          { ...nextShoot, teamId: SECRET },
          { ...ada, teamId: SECRET },
          { differing: ["teamId"] },
        ),
      ],
      [
        {
          kind: "assigned",
          emailed: false,
          losesInvite: false,
          before: "a",
          after: "b",
          headshots: undefined,
        },
        { kind: "assigned", emailed: false, before: undefined, after: "b", headshots: "stay" },
        { kind: "assigned", emailed: false, after: null, headshots: "stay" },
        { kind: "assigned", emailed: false, before: null, after: null, headshots: "stay", modelId: "m1" },
      ],
    ],
    [
      "the team of somebody who is deleted moves nobody",
      [step("update", { ...deleted, teamId: "a" }, { ...ada, teamId: "b" }, { differing: ["teamId"] })],
      [{ kind: "settings", emailed: false }],
    ],
    [
      "no team is declared: wherever they are is no difference",
      [step("update", { ...ada, teamId: "a" }, { ...ada, maxRenewals: 1 }, { differing: ["maxRenewals"] })],
      [{ kind: "settings", emailed: false }],
    ],
    [
      "another secret team",
      [step("update", { ...ada, teamId: SECRET }, { ...ada, teamId: SECRET }, { differing: ["teamId"] })],
      [{ kind: "moved", emailed: true, before: null, after: null }],
    ],
    [
      "the same secret team, and a flag",
      [
        step(
          "update",
          { ...ada, teamId: SECRET },
          { ...ada, teamId: SECRET, maxRenewals: 1 },
          { differing: ["maxRenewals"] },
        ),
      ],
      [{ kind: "settings", emailed: false, reason: "maxRenewals: 1" }],
    ],
    [
      "a secret team where nothing else explains the update: they are in another one",
      [step("update", { ...ada, teamId: SECRET }, { ...ada, teamId: SECRET })],
      [{ kind: "moved", emailed: true }],
    ],
    [
      "expired, whatever the preview says in words",
      [step("update", expired, ada)],
      [{ kind: "renewed", emailed: true, reason: "expired unused on 2026-11-01; renewal 2" }],
    ],
    [
      "expired, and a flag",
      [step("update", expired, { ...ada, adopt: true }, { differing: ["adopt"] })],
      [{ kind: "renewed", emailed: true }],
    ],
    [
      "expired, and no renewals left",
      [step("update", expired, { ...ada, maxRenewals: 1 }, { differing: ["maxRenewals"] })],
      [{ kind: "settings", emailed: false }],
    ],
    [
      "not expired yet, and a flag",
      [step("update", notExpired, { ...ada, adopt: true }, { differing: ["adopt"] })],
      [{ kind: "settings", emailed: false, reason: "adopt: true" }],
    ],
    [
      "expired by the clock that previewed: nothing else explains the update",
      [step("update", notExpired, ada)],
      [{ kind: "renewed", emailed: true }],
    ],
    [
      "another provider's name for the same organization is only recorded",
      [step("update", { ...notExpired, __organization: "old:9f86d081.5c2a9b01" }, ada, { provider: "new" })],
      [{ kind: "settings", emailed: false }],
    ],
    [
      "resend is raised while the invite is pending",
      [step("update", { ...ada, resend: 1 }, { ...ada, resend: 2 }, { differing: ["resend"] })],
      [{ kind: "resent", emailed: true, losesInvite: false, reason: "resend: 2" }],
    ],
    [
      "resend is raised for somebody who has signed up",
      [step("update", { ...ada, status: "accepted" }, { ...ada, resend: 1 }, { differing: ["resend"] })],
      [{ kind: "settings", emailed: false, reason: "resend: 1" }],
    ],
    [
      "resend is raised for somebody who is deleted: declared anew",
      [step("update", deleted, { ...ada, resend: 1 }, { differing: ["resend"] })],
      [{ kind: "resent", emailed: true, losesInvite: false, reason: "resend: 1" }],
    ],
    [
      "an invite of another shoot is neither renewed nor sent again, because that would delete headshots",
      [
        step(
          "update",
          { ...expired, modelId: "m1" },
          { ...ada, maxRenewals: 9 },
          { differing: ["maxRenewals"] },
        ),
        step("update", nextShoot, { ...ada, resend: 1 }, { differing: ["resend"] }),
      ],
      [
        { kind: "settings", emailed: false, reason: "maxRenewals: 9" },
        { kind: "settings", emailed: false, reason: "resend: 1" },
      ],
    ],
    [
      "resend is lowered",
      [step("update", { ...ada, resend: 2 }, { ...ada, resend: 1 }, { differing: ["resend"] })],
      [{ kind: "settings", emailed: false, reason: "resend: 1" }],
    ],
    [
      "an interrupted run took the invite away",
      [step("update", { ...ada, status: "revoked" }, ada)],
      [{ kind: "resent", emailed: true, losesInvite: false }],
    ],
    [
      "the same, under another name",
      [step("create", undefined, ada), step("delete", { ...ada, status: "revoked" })],
      [{ kind: "invited", emailed: true }],
    ],
    [
      "another organization: invited there, then revoked here",
      [step("replace", ada, ada, { from: "emea", provider: "apac" })],
      [
        {
          kind: "organization",
          emailed: true,
          losesInvite: false,
          before: "emea",
          after: "apac",
          headshots: undefined,
        },
      ],
    ],
    [
      "from the default organization into another one",
      [step("replace", ada, ada, { from: "default_3_248_0", provider: "apac" })],
      [{ kind: "organization", before: "default", after: "apac" }],
    ],
    [
      "another organization, with headshots here: the revoke decides",
      [
        step("replace", completed, ada, { from: "emea" }),
        step(
          "replace",
          { ...completed, forceDestroy: true },
          { ...ada, forceDestroy: true },
          { from: "emea" },
        ),
        step(
          "replace",
          { ...completed, forceDestroy: true },
          { ...ada, forceDestroy: false },
          { from: "emea" },
        ),
        step("replace", completed, ada, { from: "emea", options: { retainOnDelete: true } }),
        // The provider itself has found the other organization, and has let it pass.
        step("replace", completed, ada, { from: "emea", differing: ["__organization"] }),
      ],
      [
        { kind: "organization", headshots: "guarded" },
        { kind: "organization", headshots: "lost" },
        { kind: "organization", headshots: "guarded" },
        { kind: "organization", headshots: undefined, stays: true },
        { kind: "organization", headshots: "lost" },
      ],
    ],
    [
      "a secret address that stays, by another provider",
      [step("replace", { email: SECRET }, { email: SECRET }, { from: "emea", id: "ada@acme.com" })],
      [{ kind: "organization", person: undefined, emailed: true }],
    ],
    [
      "another secret address",
      [step("replace", { email: SECRET }, { email: SECRET }, { id: "ada@acme.com", differing: ["email"] })],
      [{ kind: "address", before: null, after: null, emailed: true }],
    ],
    [
      "an address that is known later, in place of headshots: the revoke decides",
      [step("replace", completed, { email: UNKNOWN })],
      [{ kind: "address", headshots: "guarded", after: null }],
    ],
    [
      "the engine replaces the resource, and the provider keeps the invite",
      [
        step("replace", completed, ada),
        step("replace", deleted, ada),
        step("replace", { ...ada, status: "revoked" }, ada),
        step("replace", { ...ada, teamId: "a" }, { ...ada, teamId: "b" }),
        step("replace", { ...completed, teamId: "a" }, { ...ada, teamId: "b" }),
      ],
      [
        { kind: "kept", emailed: false, headshots: undefined, reason: REPLACED },
        { kind: "kept", emailed: false, reason: REPLACED },
        { kind: "resent", emailed: true },
        {
          kind: "kept",
          emailed: false,
          reason: `${REPLACED}; what else differs is for the next \`pulumi up\``,
        },
        {
          kind: "kept",
          emailed: false,
          reason: `${REPLACED}; what else differs is for the next \`pulumi up\``,
        },
      ],
    ],
    [
      "settings",
      [step("update", ada, { ...ada, forceDestroy: true })],
      [{ kind: "settings", emailed: false, reason: "forceDestroy: true" }],
    ],
    [
      "what only looks",
      [step("read", undefined, ada), step("same", ada, ada), step("refresh", ada, ada)],
      [],
    ],
  ];
  for (const [name, steps, expected] of cases) {
    it(name, () => {
      const { findings } = toReview({ steps, diagnostics: [] }, AT);
      const seen = findings.map((finding, at) =>
        Object.fromEntries(
          Object.keys(expected[at] ?? {}).map((key) => [key, finding[key as keyof Finding]]),
        ),
      );
      assert.deepEqual(seen, expected);
      assert.equal(findings.length, expected.length);
    });
  }

  it("says of a preview without the steps of its replacements what it does not show", () => {
    const hides = (...steps: Preview["steps"]) => toReview({ steps, diagnostics: [] }, AT).hidesReplacements;
    const replace = step("replace", ada, eve);
    assert.deepEqual(
      [
        hides(replace),
        hides(replace, step("create-replacement", ada, eve)),
        hides(step("create", undefined, ada)),
      ],
      [true, false, false],
    );
    assert.match(
      toMarkdown(toReview({ steps: [replace], diagnostics: [] }, AT)),
      /does not show whom an earlier `pulumi up` left to be revoked: `pulumi preview .*--show-replacement-steps` does\./,
    );
  });

  it("counts pending invites: an accepted one was none", () => {
    const steps = [
      step("create", undefined, eve),
      step("delete", { ...ada, status: "accepted" }),
      step("update", { email: "zoe@acme.com", teamId: "a" }, { email: "zoe@acme.com", teamId: "b" }),
    ];
    assert.deepEqual(toReview({ steps, diagnostics: [] }, AT).pending, { added: 2, removed: 1 });
  });

  it("counts no pending invite that is sent again in its place, but one that was gone", () => {
    const again = [step("update", expired, ada), step("update", eve, { ...eve, resend: 1 })];
    const gone = step("update", { email: "zoe@acme.com", status: "revoked" }, { email: "zoe@acme.com" });
    const pending = (...steps: Preview["steps"]) => toReview({ steps, diagnostics: [] }, AT).pending;
    assert.deepEqual(pending(...again), { added: 0, removed: 0 });
    assert.deepEqual(pending(gone), { added: 1, removed: 0 });
    assert.deepEqual(pending(step("replace", ada, ada, { from: "emea" })), { added: 1, removed: 1 });
  });
});

describe("the headline", () => {
  const cases: [steps: Preview["steps"], headline: string][] = [
    [[], "No changes"],
    [
      [
        step("create", undefined, ada),
        step("create", undefined, eve),
        step("delete", { email: "zoe@acme.com" }),
      ],
      "2 people will be e-mailed, 1 loses an unused invite, nobody loses headshots",
    ],
    [
      [step("delete", ada), step("delete", eve)],
      "Nobody will be e-mailed, 2 lose an unused invite, nobody loses headshots",
    ],
    [
      [step("delete", { ...completed, forceDestroy: true })],
      "Nobody will be e-mailed, nobody loses an invite, **1 loses headshots for good**",
    ],
  ];
  for (const [steps, headline] of cases)
    it(headline, () => assert.equal(toHeadline(toReview({ steps, diagnostics: [] }, AT)), headline));

  it("says of a preview that failed that it is not the whole", () => {
    const diagnostics = [{ severity: "error", message: "error: preview failed\n" }];
    const review = toReview({ steps: [step("create", undefined, ada)], diagnostics });
    assert.match(toHeadline(review), /^The preview failed\. As far as it came: 1 person will be e-mailed/);
    assert.equal(needsHuman(review), true);
  });
});
