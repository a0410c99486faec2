import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UNKNOWN } from "../../provider/src/membership/inputs";
import type { Finding } from "../../provider/src/membership/review/finding";
import { reviewOf } from "../../provider/src/membership/review/findings";
import { headlineOf, needsHuman } from "../../provider/src/membership/review/headline";
import { markdownOf } from "../../provider/src/membership/review/markdown";
import { type Preview, readPreview } from "../../provider/src/membership/review/preview";

const ROOT = resolve(__dirname, "../..");
const PREVIEWS = resolve(ROOT, "tests/fixtures/previews");
const read = (file: string) => readFileSync(file, "utf8");
const previewIn = (text: string) => {
  const reading = readPreview(text);
  return "preview" in reading ? reading.preview : assert.fail(reading.problem);
};

describe("the review of a preview that the real engine wrote", () => {
  const names = readdirSync(PREVIEWS).filter((file) => file.endsWith(".json"));
  for (const name of names) {
    it(name, () => {
      const preview = previewIn(read(resolve(PREVIEWS, name)));
      const expected = read(resolve(PREVIEWS, name.replace(".json", ".md")));
      assert.equal(markdownOf(reviewOf(preview)), expected);
    });
  }

  it("needs a human for headshots and errors only", () => {
    const needing = names.filter((name) => needsHuman(reviewOf(previewIn(read(resolve(PREVIEWS, name))))));
    assert.deepEqual(needing.sort(), [
      "bad-input.json",
      "headshots.json",
      "program-failed.json",
      "refused.json",
    ]);
  });

  it("is what docs/review.md shows", () => {
    const [, sample] = /```markdown\n(.*?)```/s.exec(read(resolve(ROOT, "docs/review.md"))) ?? [];
    assert.equal(sample, read(resolve(PREVIEWS, "every-kind.md")));
  });
});

const TYPE = "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite";
const by = (provider: string) => `urn:pulumi:s::p::pulumi:providers:pulumi-nodejs::${provider}::${UNKNOWN}`;

/** A step about one person: what the state has, what the program says. */
function step(
  op: string,
  was?: Record<string, unknown>,
  now?: Record<string, unknown>,
  { provider = "default", retainOnDelete = false, id = was?.email as string } = {},
): Preview["steps"][number] {
  const common = { type: TYPE, provider: by(provider) };
  return {
    op,
    urn: `urn:pulumi:s::p::headshotpro:HeadshotRoster$${TYPE}::somebody`,
    ...(was && { oldState: { ...common, id, outputs: { status: "pending", ...was }, retainOnDelete } }),
    ...(now && { newState: { ...common, inputs: now } }),
  };
}

const ada = { email: "ada@acme.com" };
const eve = { email: "eve@acme.com" };
const completed = { ...ada, status: "completed" };

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
    ["guarded", [step("delete", completed)], [{ losesInvite: false, headshots: "guarded" }]],
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
      [step("delete", completed, undefined, { retainOnDelete: true })],
      [{ kind: "released", losesInvite: false, headshots: undefined }],
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
      "another team",
      [step("replace", { ...ada, teamId: "a" }, { ...ada, teamId: "b" })],
      [{ kind: "moved", emailed: true, losesInvite: false, before: "a", after: "b" }],
    ],
    [
      "another team, known later, of somebody who is protected",
      [step("replace", { ...completed, forceDestroy: false }, { ...ada, teamId: UNKNOWN })],
      [{ kind: "moved", headshots: "guarded", after: undefined }],
    ],
    [
      "the engine replaces the resource",
      [step("replace", completed, ada)],
      [{ kind: "kept", emailed: false, headshots: undefined }],
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
      const { findings } = reviewOf({ steps, diagnostics: [] });
      const seen = findings.map((finding, at) =>
        Object.fromEntries(
          Object.keys(expected[at] ?? {}).map((key) => [key, finding[key as keyof Finding]]),
        ),
      );
      assert.deepEqual(seen, expected);
      assert.equal(findings.length, expected.length);
    });
  }

  it("calls an update a renewal only where the preview announced it", () => {
    const expired = { ...ada, expiresAt: "2026-12-01T09:00:00.000Z", renewals: 1 };
    const message =
      "ada@acme.com did not use the invite before it expired (2026-12-01T09:00:00.000Z): " +
      "`pulumi up` sends it again, with a new e-mail (renewal 2 of 3)\n\n";
    const steps = [step("update", expired, ada)];
    const kind = (diagnostics: Preview["diagnostics"]) => reviewOf({ steps, diagnostics }).findings[0]?.kind;
    assert.equal(kind([{ severity: "info", message }]), "renewed");
    assert.equal(kind([{ severity: "info", message: message.replace("ada@", "eve@") }]), "settings");
  });

  it("counts pending invites: an accepted one was none", () => {
    const steps = [
      step("create", undefined, eve),
      step("delete", { ...ada, status: "accepted" }),
      step("replace", { email: "zoe@acme.com", teamId: "a" }, { email: "zoe@acme.com", teamId: "b" }),
    ];
    assert.deepEqual(reviewOf({ steps, diagnostics: [] }).pending, { added: 2, removed: 1 });
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
    it(headline, () => assert.equal(headlineOf(reviewOf({ steps, diagnostics: [] })), headline));

  it("says of a preview that failed that it is not the whole", () => {
    const diagnostics = [{ severity: "error", message: "error: preview failed\n" }];
    const review = reviewOf({ steps: [step("create", undefined, ada)], diagnostics });
    assert.match(headlineOf(review), /^The preview failed\. As far as it came: 1 person will be e-mailed/);
    assert.equal(needsHuman(review), true);
  });
});
