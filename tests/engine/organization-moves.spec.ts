import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FACES } from "../support/program";
import type { Outcome, TestStack } from "../support/stack";
import { invite, OTHER_KEY, roster, SECOND_KEY, TwoOrganizations } from "./two-organizations";

/** What happens to people whom a program moves, and whom it does not: rows of the table in docs/organizations.md. */
interface Move {
  people: string[];
  /** How the first program declares them, and the second. Of providers there are `emea` and those of the row. */
  from: string;
  to: string;
  /** What the preview says. */
  preview?: RegExp;
  /** What `up` says. */
  up?: RegExp;
  /** Who is invited in the end, in the default organization and in the other. */
  ends: [acme: string[], emea: string[]];
  emails: [acme: number, emea: number];
}

/** They are in one program, because each by itself would take the engine four commands. */
const MOVES: Record<string, Move> = {
  "gets a provider of another organization": {
    people: ["zoe@acme.eu"],
    from: invite("zoe"),
    to: invite("zoe", "{ provider: emea }"),
    preview: /zoe@acme\.eu moves to the organization of provider "emea": .* new e-mail/,
    ends: [[], ["zoe@acme.eu pending"]],
    emails: [1, 1],
  },
  "has headshots, and `forceDestroy: true` is in the state and in the program": {
    people: ["fred@acme.eu"],
    from: invite("fred", "{}", "forceDestroy: true"),
    to: invite("fred", "{ provider: emea }", "forceDestroy: true"),
    ends: [[], ["fred@acme.eu pending"]],
    emails: [1, 1],
  },
  "is invited there already": {
    people: ["ira@acme.eu"],
    from: invite("ira"),
    to: invite("ira", "{ provider: emea }"),
    up: /ira@acme\.eu was already invited \(accepted\): adopted, no e-mail sent/,
    ends: [[], ["ira@acme.eu accepted"]],
    emails: [1, 1],
  },
  "is in a roster that gets a provider": {
    people: ["max@acme.eu", "lea@acme.eu"],
    from: roster("eu", ["max@acme.eu", "lea@acme.eu"]),
    to: roster("eu", ["max@acme.eu", "lea@acme.eu"], "{ provider: emea }"),
    preview: /max@acme\.eu moves to the organization of provider "emea"/,
    ends: [[], ["lea@acme.eu pending", "max@acme.eu pending"]],
    emails: [2, 2],
  },
  "loses an explicit provider": {
    people: ["luc@acme.eu"],
    from: invite("luc", "{ provider: emea }"),
    to: invite("luc"),
    preview: /luc@acme\.eu moves to the default organization/,
    ends: [["luc@acme.eu pending"], []],
    emails: [1, 1],
  },
  "stays with a provider that is renamed": {
    people: ["ren@acme.eu"],
    from: invite("ren", "{ provider: old }"),
    to: invite("ren", "{ provider: renamed }"),
    ends: [[], ["ren@acme.eu pending"]],
    emails: [0, 1],
  },
  "becomes one of a roster under a new provider with the same key": {
    people: ["kim@acme.eu"],
    from: invite("kim"),
    to: roster("same", ["kim@acme.eu"], "{ provider: second }"),
    up: /kim@acme\.eu stays invited: another provider declares them/,
    ends: [["kim@acme.eu pending"], []],
    emails: [1, 0],
  },
  "moves to a provider with another key of the same organization": {
    people: ["tom@acme.eu"],
    from: invite("tom"),
    to: invite("tom", "{ provider: third }"),
    ends: [["tom@acme.eu pending"], []],
    emails: [1, 0],
  },
  "is retained (`retainOnDelete`)": {
    people: ["rita@acme.eu"],
    from: invite("rita", "{ retainOnDelete: true }"),
    to: invite("rita", "{ provider: emea, retainOnDelete: true }"),
    ends: [["rita@acme.eu pending"], ["rita@acme.eu pending"]],
    emails: [1, 1],
  },
};

const ZOE = "zoe@acme.eu";

/** Rows that fail, or take several steps. Those that are not here are held by tests/provider/organization.spec.ts and tests/unit/peers.spec.ts. */
const BY_THEMSELVES: Record<string, (both: TwoOrganizations) => Promise<void>> = {
  "has headshots, as the state knows": async (both) => {
    const { stack, acme, emea } = both;
    await both.stack.upTo(invite("zoe"));
    acme.setStatus(ZOE, "completed");
    await stack.must("refresh", "--yes", "--skip-preview");
    await stack.setProgram(both.provider("emea", OTHER_KEY, emea) + invite("zoe", "{ provider: emea }"));
    const preview = await stack.fails("preview");
    assert.match(preview.printed, /zoe@acme\.eu has headshots \(completed\); a move to another organization/);
    assert.deepEqual(both.live(), [["zoe@acme.eu completed"], []]);
  },
  "has headshots, but the state does not know yet": async (both) => {
    const { stack, acme, emea } = both;
    await both.stack.upTo(invite("zoe"));
    acme.setStatus(ZOE, "completed");
    await stack.setProgram(both.provider("emea", OTHER_KEY, emea) + invite("zoe", "{ provider: emea }"));
    for (let ups = 0; ups < 2; ups++) {
      const up = await stack.fails("up");
      assert.match(up.printed, /zoe@acme\.eu has headshots \(completed\); revoking would delete them/);
      assert.deepEqual(both.live(), [["zoe@acme.eu completed"], ["zoe@acme.eu pending"]]);
    }
    assert.deepEqual(both.emails(), [1, 1]);
  },
  "is in the state of an earlier version, which does not say whose it is": async (both) => {
    await both.stack.upTo(invite("zoe"));
    await forgetOrganization(both.stack);
    await both.stack.upTo(both.provider("emea", OTHER_KEY, both.emea) + invite("zoe", "{ provider: emea }"));
    assert.deepEqual(both.live(), [["zoe@acme.eu pending"], []]);
    assert.deepEqual(both.emails(), [1, 0]);
  },
};

/** As 0.1.0's first state was. */
async function forgetOrganization(stack: TestStack): Promise<void> {
  const { text } = await stack.export();
  const file = join(stack.directory, "state.json");
  await writeFile(file, text.replace(/\s*"__organization": "[^"]*",/g, ""));
  await stack.must("stack", "import", "--file", file);
}

describe("a person who moves between providers, on the real engine", () => {
  let both: TwoOrganizations;
  beforeEach(async () => {
    both = await TwoOrganizations.start();
  });
  afterEach(() => both.close());

  for (const [name, run] of Object.entries(BY_THEMSELVES)) it(name, () => run(both));
});

for (const face of FACES)
  describe(`people who move between providers in one program, on the real engine, ${face}`, () => {
    let both: TwoOrganizations;
    let preview: Outcome;
    let up: Outcome;
    before(async () => {
      both = await TwoOrganizations.start(face);
      const { acme, emea, stack } = both;
      const moves = Object.values(MOVES);
      emea.inviteByHand({ email: "ira@acme.eu" });
      emea.accept("ira@acme.eu");
      const [main, old] = ["emea", "old"].map((name) => both.provider(name, OTHER_KEY, emea));
      await both.stack.upTo([main, old, ...moves.map(({ from }) => from)].join(""));
      acme.setStatus("fred@acme.eu", "completed");
      const renamed = both.provider("renamed", OTHER_KEY, emea);
      const second = both.provider("second", acme.apiKey, acme);
      const third = both.provider("third", SECOND_KEY, acme);
      await stack.setProgram([main, renamed, second, third, ...moves.map(({ to }) => to)].join(""));
      preview = await stack.preview();
      up = await stack.up();
    });
    after(() => both.close());

    for (const [name, { people, preview: announced, up: said, ends, emails }] of Object.entries(MOVES))
      it(name, () => {
        if (announced) assert.match(preview.printed, announced);
        if (said) assert.match(up.printed, said);
        assert.deepEqual([both.live(people), both.emails(people)], [ends, emails]);
      });

    it("are announced, each of them and nobody else, and the preview asks only whose organizations they are", () => {
      assert.equal(preview.code, 0, preview.printed);
      const announced = new Set(
        [...preview.printed.matchAll(/(\w+)@acme\.eu moves to/g)].map(([, who]) => who),
      );
      assert.deepEqual([...announced].sort(), ["fred", "ira", "lea", "luc", "max", "rita", "zoe"]);
      assert.match(preview.printed, /7 to replace/);
      assert.deepEqual([...new Set(preview.requests)], ["GET /organization"]);
    });

    it("have all arrived after one `up`", async () => {
      assert.equal(up.code, 0, up.printed);
      await both.settled();
    });
  });

describe("the rows that are run on the real engine", () => {
  it("are in docs/organizations.md", () => {
    const page = readFileSync(join(__dirname, "../../docs/organizations.md"), "utf8");
    const [, table = ""] = page.split("| the person … |");
    const told = table
      .split("\n")
      .slice(2)
      .filter((line) => line.startsWith("| "))
      .map((line) => line.split(" | ")[0]?.slice(2) ?? "");
    for (const name of [...Object.keys(MOVES), ...Object.keys(BY_THEMSELVES)])
      assert.ok(told.includes(name), name);
  });
});
