import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { explainRemovals } from "../../provider/src/review/markdown";
import { type Preview, parsePreview } from "../../provider/src/review/preview-json";
import type { Removals } from "../../provider/src/review/review";
import { needsHuman, toReview } from "../../provider/src/review/review";
import { INVITE_TYPE, PLUGIN_INVITE_TYPE, ROSTER_TYPE } from "../../provider/src/urn";

type Step = Preview["steps"][number];
const urn = (type: string, name: string) => `urn:pulumi:test::people::${type}::${name}`;
const unexplained = { diffReasons: [], replaceReasons: [] };

interface Extra {
  type?: string;
  status?: string;
  retainOnDelete?: boolean;
}

/** Steps about people of one roster who are called by number. */
function people(op: string, from: number, to: number, extra: Extra = {}): Step[] {
  const { type = INVITE_TYPE, status = "pending", retainOnDelete } = extra;
  return Array.from({ length: to - from }, (_, n) => {
    const email = `p${from + n}@acme.com`;
    const was = { type, id: email, outputs: { email, status }, retainOnDelete };
    const now = { type, inputs: { email } };
    return {
      op,
      urn: urn(`${ROSTER_TYPE}$${type}`, `people/${email}`),
      ...(op !== "create" && { oldState: was }),
      ...(op !== "delete" && { newState: now }),
      ...unexplained,
    };
  });
}
const whole = (op: string, type: string, name: string): Step => ({
  op,
  urn: urn(type, name),
  ...unexplained,
});

/** How many leave, and whether a human decides. */
function judged(steps: Step[], maxRemovals?: number, same?: number): string {
  const preview = { steps, diagnostics: [], ...(same !== undefined && { changeSummary: { same } }) };
  const review = toReview(preview, new Date(), maxRemovals);
  const { leaving, had, allowed, unseen } = review.removals;
  const hidden = unseen > 0 ? `, ${unseen} unseen` : "";
  return `${leaving} of ${had}, ${allowed} allowed${hidden}: ${needsHuman(review) ? "a human" : "passes"}`;
}

describe("who leaves a stack", () => {
  const cases: [what: string, steps: Step[], expected: string, maxRemovals?: number, same?: number][] = [
    ["nobody was there", people("create", 0, 9), "0 of 0, 3 allowed: passes"],
    [
      "a quarter",
      [...people("same", 0, 45), ...people("delete", 45, 60)],
      "15 of 60, 15 allowed: passes",
      undefined,
      45,
    ],
    [
      "more than a quarter",
      [...people("same", 0, 44), ...people("delete", 44, 60)],
      "16 of 60, 15 allowed: a human",
    ],
    [
      "more than a quarter, of the plugin",
      people("delete", 0, 4, { type: PLUGIN_INVITE_TYPE }),
      "4 of 4, 3 allowed: a human",
    ],
    ["three of three", people("delete", 0, 3), "3 of 3, 3 allowed: passes"],
    [
      "four, where others are not shown",
      people("delete", 0, 4),
      "4 of 4, 3 allowed, 96 unseen: a human",
      undefined,
      96,
    ],
    [
      "somebody whom a refresh shows as well counts once",
      [...people("refresh", 0, 9), ...people("same", 3, 9), ...people("delete", 0, 3)],
      "3 of 9, 3 allowed: passes",
    ],
    ["as many as may", people("delete", 0, 58), "58 of 58, 58 allowed: passes", 58],
    ["one, if none may", people("delete", 0, 1), "1 of 1, 0 allowed: a human", 0],
    [
      "nine, of both faces",
      [...people("delete", 0, 5), ...people("delete", 5, 9, { type: PLUGIN_INVITE_TYPE })],
      "9 of 9, 3 allowed: a human",
    ],
    ["people who move", [...people("create", 0, 9), ...people("delete", 0, 9)], "0 of 9, 3 allowed: passes"],
    [
      "people who are left as they are",
      people("delete", 0, 9, { retainOnDelete: true }),
      "0 of 9, 3 allowed: passes",
    ],
    [
      "people whose invite is gone",
      people("delete", 0, 9, { status: "revoked" }),
      "0 of 9, 3 allowed: passes",
    ],
    [
      "a roster that is removed with one person",
      [whole("delete", ROSTER_TYPE, "people"), ...people("delete", 0, 1), ...people("same", 1, 9)],
      "1 of 9, 0 allowed: a human",
    ],
    [
      "a roster that is removed after everybody has moved",
      [whole("delete", ROSTER_TYPE, "people"), ...people("create", 0, 9), ...people("delete", 0, 9)],
      "0 of 9, 0 allowed: passes",
    ],
    [
      "a stack that is destroyed with one person",
      [whole("delete", "pulumi:pulumi:Stack", "people-test"), ...people("delete", 0, 1)],
      "1 of 1, 0 allowed: a human",
    ],
    [
      "a stack that is destroyed as it is meant",
      [whole("delete", "pulumi:pulumi:Stack", "people-test"), ...people("delete", 0, 9)],
      "9 of 9, 9 allowed: passes",
      9,
    ],
    [
      "an empty stack that is destroyed",
      [whole("delete", "pulumi:pulumi:Stack", "people-test")],
      "0 of 0, 0 allowed: passes",
    ],
  ];
  for (const [what, steps, expected, maxRemovals, same] of cases)
    it(`${what}: ${expected}`, () => assert.equal(judged(steps, maxRemovals, same), expected));

  it("moves to another team take nobody's invite", () => {
    const moved = people("update", 0, 9).map((step) => ({
      ...step,
      newState: { type: INVITE_TYPE, inputs: { ...step.newState?.inputs, teamId: "team_xyz789" } },
    }));
    assert.equal(judged(moved), "0 of 9, 3 allowed: passes");
  });

  it("another address takes the old one's invite", () => {
    const changed = people("replace", 0, 4).map((step) => ({
      ...step,
      newState: { type: INVITE_TYPE, inputs: { email: `new.${step.oldState?.id}` } },
    }));
    assert.equal(judged(changed), "4 of 4, 3 allowed: a human");
  });

  for (const [name, leaving] of [
    ["roster-cut", 4],
    ["roster-removed", 1],
    ["destroyed", 2],
  ] as const)
    it(`${name}.json passes with --max-removals ${leaving}, and with no less`, () => {
      const text = readFileSync(join(__dirname, "../fixtures/previews", `${name}.json`), "utf8");
      const reading = parsePreview(text);
      const preview = "preview" in reading ? reading.preview : assert.fail(reading.problem);
      assert.equal(needsHuman(toReview(preview, new Date(), leaving)), false);
      assert.equal(needsHuman(toReview(preview, new Date(), leaving - 1)), true);
    });
});

describe("why a human looks at removals", () => {
  const some: Removals = { leaving: 58, had: 60, allowed: 15, unseen: 0, destroyed: false, rosters: [] };
  const cases: [what: string, removals: Partial<Removals>, said: string[]][] = [
    ["as many as may", { leaving: 15 }, []],
    [
      "too many",
      {},
      [
        "**58 of the 60 people of this stack lose an unused invite; more than 15 need a human.** " +
          "If that is meant: `review --max-removals 58`.",
      ],
    ],
    [
      "people who are not shown",
      { unseen: 100 },
      [
        "**58 of the 60 people whom this preview shows lose an unused invite; more than 15 need a human.** " +
          "If that is meant: `review --max-removals 58`.",
        "The preview leaves out what does not change. `pulumi preview --json --show-sames --show-replacement-steps` shows " +
          "whom the stack keeps, so that they count as well.",
      ],
    ],
    [
      "a roster, whatever it is called",
      { leaving: 1, allowed: 0, unseen: 100, rosters: ["`@people`"] },
      [
        "**The roster `` `@people` `` is removed. 1 of the 60 people whom this preview shows loses an unused invite, " +
          "so a human decides.** If that is meant: `review --max-removals 1`.",
      ],
    ],
    [
      "the stack, with its rosters",
      { leaving: 60, allowed: 0, destroyed: true, rosters: ["people"] },
      [
        "**The whole stack is destroyed. 60 of the 60 people of this stack lose an unused invite, so a human decides.** " +
          "If that is meant: `review --max-removals 60`.",
      ],
    ],
  ];
  for (const [what, removals, said] of cases)
    it(what, () => assert.deepEqual(explainRemovals({ ...some, ...removals }), said));
});
