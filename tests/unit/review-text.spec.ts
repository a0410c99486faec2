import assert from "node:assert/strict";
import { decodeText } from "../../provider/src/cli/review";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import { toCode, toMarkdown } from "../../provider/src/review/markdown";
import { type Preview, parsePreview } from "../../provider/src/review/preview-json";
import { diagnosticsIn, needsHuman, toHeadline, toReview } from "../../provider/src/review/review";
import { ROSTER_TYPE } from "../../provider/src/urn";

const TYPE = "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite";
const PROVIDER = "urn:pulumi:s::p::pulumi:providers:pulumi-nodejs::default::1";

describe("toCode", () => {
  const cases: [name: string, text: string, markdown: string][] = [
    ["nothing", " \n ", ""],
    ["a pipe ends no cell", "a|b", "`a\\|b`"],
    ["nor behind a backslash", "a\\|b", "`a⧵\\|b`"],
    ["a backtick ends no code", "a`@everyone`b", "`` a`@everyone`b ``"],
    ["nor do several", "a```b", "```` a```b ````"],
    ["lines become one", "a\n\n## b", "`a ## b`"],
    ["what cannot be seen is taken out", "a\u202Ebc\u200B\u0007d", "`a bc d`"],
    ["too long", "x".repeat(1000), `\`${"x".repeat(600)}…\``],
  ];
  for (const [name, text, markdown] of cases) it(name, () => assert.equal(toCode(text), markdown));
});

const step = (op: string, name: string, states: object, type = TYPE) => ({
  ...{ op, urn: `urn:pulumi:s::p::${type}::${name}`, diffReasons: [], replaceReasons: [] },
  ...states,
});
const markdownOf = (...steps: Preview["steps"]) => toMarkdown(toReview({ steps, diagnostics: [] }));

/** As many people as a company has, each of whom tries to break out of the table. */
function crowd(people: number, email: (n: number) => string) {
  const steps = Array.from({ length: people }, (_, n) => {
    const outputs = {
      email: email(n),
      status: n === people - 1 ? "completed" : "pending",
      forceDestroy: true,
    };
    return step("delete", `p${n}`, { oldState: { type: TYPE, provider: PROVIDER, id: email(n), outputs } });
  });
  return markdownOf(...steps);
}

describe("a comment", () => {
  it("fits into GitHub's 65,536 characters, says what was cut, and cuts those last who lose headshots", () => {
    const text = crowd(5000, (n) => `person.${n}@acme.com`);
    assert.ok(text.length <= 65_536 && text.length > 20_000, `${text.length}`);
    const shown = text.split("\n").filter((line) => line.startsWith("| `person.")).length;
    assert.ok(text.includes(`… and ${5000 - shown} more`));
    assert.match(text, /\| `person\.4999@acme\.com` \| `completed`: \*\*headshots are deleted for good/);
  });

  it("keeps every table's shape and calls nobody, whatever people are named", () => {
    const hostile = ["a|b@acme.com", "`@acme/admins`", "x\n| y | z |\n", "<b>@all</b>", "\\|@all|"];
    const rows = crowd(hostile.length, (n) => hostile[n] ?? "").split("\n");
    for (const row of rows.filter((line) => line.startsWith("|"))) {
      const cells = row.replaceAll("\\|", "").split("|").length - 2;
      assert.equal(cells, 2, row);
      const outside = row.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, "");
      assert.doesNotMatch(outside, /[@<]/, row);
    }
  });

  it("passes on warnings, without colours and stack frames", () => {
    const message = "warning: \u001b[33mstrange\u001b[39m\n    at somewhere (x.js:1:1)\n";
    const text = toMarkdown(toReview({ steps: [], diagnostics: [{ severity: "warning", message }] }));
    assert.ok(text.includes("#### Warnings (1)"));
    assert.ok(text.includes("| | `strange` |"), text);
  });
});

describe("parsePreview", () => {
  const event = JSON.stringify({ sequence: 1, timestamp: 1, preludeEvent: {} });
  const BROKEN = /^This is broken JSON of \d+ characters: a preview ends in the middle, or something else /;
  const EVENTS = /^These are the engine's events/;
  const OTHER = /^This is JSON of \d+ characters, but not a preview, or not the whole of one\. Give it what /;
  const INVITE = `urn:pulumi:s::p::${TYPE}::ada`;
  const step = (op: string, urn = INVITE) => `{"op": "${op}", "urn": "${urn}"}`;
  const listing = (one: string) => `{"steps": [${one}], "changeSummary": {"same": 1}}`;
  const UNKNOWN_STEP =
    /^The preview has a step ".+" of ".+", and this version does not know what that does to whom\. Update /;
  const ONE_OF_TWO = '{"steps": [{"op": "delete", "urn": "u"}], "changeSummary": {"delete": 2}}';
  const PREVIEW = `{\n  "steps": [${step("same")}],\n  "changeSummary": {"same": 5}\n}`;
  const cases: [name: string, text: string, problem: RegExp][] = [
    ["nothing", " \n", /^The preview is empty: .* Its own error says why\.$/],
    ["error", "error: no stack selected\n", /^This is a text of 24 characters, and no JSON\. Give it what /],
    ["a page", "<!DOCTYPE html><p>hp_key", /^This is an HTML page of 24 characters, and no JSON\./],
    ["a preview for the eye", "Previewing update (dev):\n", /, and no JSON: `--json` was left/],
    ["a preview that was cut off behind a line", 'Installing\n{"steps": [{"op": "crea', BROKEN],
    ["half a preview behind a whole one", `${PREVIEW}\n${PREVIEW.slice(0, -20)}`, BROKEN],
    ["half a preview before a whole one", `${PREVIEW.slice(0, -20)}\n${PREVIEW}`, BROKEN],
    ["events behind a line", `Installing\n${event}\n${event}`, EVENTS],
    ["events that were cut off", `${event}\n${event.slice(0, 9)}`, EVENTS],
    ["one event", event, EVENTS],
    ["one of two deletes", ONE_OF_TWO, /^The preview counts 2 to delete, but lists 1 of them.* Run `pulumi/],
    ["other JSON", '{"version": 3}', /^This is JSON of 14 characters, but not a preview/],
    ["a list", "[]", OTHER],
    ["another tool's steps", '{"steps": []}', OTHER],
    ["a warning, and nothing else", '{"diagnostics": [{"severity": "warning", "message": "x"}]}', OTHER],
    ["steps without a summary", `{"steps": [${step("same")}]}`, OTHER],
    [
      "what replacements leave, counted and not listed",
      `{"steps": [${step("same")}], "changeSummary": {"same": 9, "delete-replaced": 1}}`,
      /^The preview counts 1 to delete-replaced, but lists 0 of them/,
    ],
    ["a step of tomorrow", listing(step("evict")), UNKNOWN_STEP],
    ["a step about nothing", listing(step("evict", "u")), UNKNOWN_STEP],
    [
      "a step of tomorrow about the stack",
      listing(step("evict", "urn:pulumi:s::p::pulumi:pulumi:Stack::p")),
      UNKNOWN_STEP,
    ],
    ...["create", "import", "update", "replace", "delete", "delete-replaced"].map(
      (op): [string, string, RegExp] => [
        `a ${op} that does not say of whom`,
        listing(step(op)),
        UNKNOWN_STEP,
      ],
    ),
  ];
  for (const [name, text, problem] of cases)
    it(name, () => {
      const reading = parsePreview(text);
      assert.match("problem" in reading ? reading.problem : "none", problem);
    });

  const noisy: [name: string, text: string][] = [
    ["lines of an installer", `Installing the policy pack…\r\n[████] 100%\n\n${PREVIEW}\n`],
    ["a line that is wiped away", `Installing\r\u001b[K${PREVIEW}`],
    ["what only begins like JSON", `{ not json\n{\n[\n${PREVIEW}`],
    ["another tool's step", `{"steps":[{"op":"add","path":"/"}]}\n${PREVIEW}`],
    ["a log with a number and a time", `{"sequence":1,"timestamp":2}\n${PREVIEW}`],
  ];
  for (const [name, text] of noisy)
    it(`reads past ${name}`, () => {
      const reading = parsePreview(text);
      assert.deepEqual("preview" in reading && reading.preview.steps.map(({ op }) => op), ["same"]);
    });

  const readable: [name: string, text: string][] = [
    ["that of an empty stack", '{"duration": 516333}'],
    ["with null for nothing", '\uFEFF{"steps": null, "diagnostics": null, "changeSummary": {"same": 1}}'],
    ["that failed before its first step", '{"diagnostics": [{"severity": "error", "message": "no"}]}'],
    ["of tomorrow about others", listing(step("evict", "urn:pulumi:s::p::aws:s3/bucket:Bucket::b"))],
  ];
  for (const [name, text] of readable)
    it(`reads a preview ${name}`, () => assert.ok("preview" in parsePreview(text)));

  it("reads UTF-8 with a byte order mark, and UTF-16 of the order that PowerShell does not write", () => {
    const utf16 = Buffer.from(`\uFEFF${PREVIEW}`, "utf16le").swap16();
    for (const bytes of [Buffer.from(`\uFEFF${PREVIEW}`), utf16])
      assert.ok("preview" in parsePreview(decodeText(bytes)));
  });
});

describe("what is shown of an error", () => {
  const urn = (name: string, type = TYPE) => `urn:pulumi:s::p::${type}::${name}`;
  const error = (message: string, about?: string) => ({ severity: "error", message, urn: about });
  const refused = (name: string, value: string, reason: string) =>
    error(
      `error: ${TYPE} resource '${name}': property email value {${value}} has a problem: ${reason}\n`,
      urn(name),
    );
  const state = (email: string, id: string) => ({
    op: "same",
    urn: urn("known"),
    oldState: { type: TYPE, id, outputs: { email } },
    diffReasons: [],
    replaceReasons: [],
  });
  const ada = state("ada@acme.com", "ada@acme.com");
  const secret = state("[secret]", "zoe@acme.com");
  const invited = {
    ...secret,
    op: "create",
    oldState: undefined,
    newState: { type: TYPE, inputs: { email: "[secret]" } },
  };
  const headshots = (email: string) => `error: ${email} has headshots (completed)`;
  const malformed = (value: string, text = value) =>
    refused("bob", value, `"${text}" is not an e-mail address`);
  const LIKE = "acmee.com is not an allowed domain; did you mean acme.com?";
  const LIKE_HIDDEN = "[secret] is not an allowed domain; did you mean [secret]?";
  const twice = (email: string) => `${email} is declared twice, by "s4" and by "s5"`;
  const problem = (shown: string, reason: string) => `property email value ${shown} has a problem: ${reason}`;
  const HIDDEN = problem("[secret]", '"[secret]" is not an e-mail address');
  const people = "people/ada@acme.com";
  const SOMEBODY = "[address] has headshots (completed)";

  type Shown = [what: string, steps: Preview["steps"], diagnostic: ReturnType<typeof error>, shown: string];
  const cases: Shown[] = [
    ["one of a step", [ada], error(headshots("ada@acme.com"), urn("x")), headshots("ada@acme.com").slice(7)],
    ["one in a name", [], error(headshots("ada@acme.com"), urn(people)), headshots("ada@acme.com").slice(7)],
    ["one of a roster", [ada], error("bob@acme.com", urn("people", ROSTER_TYPE)), "bob@acme.com"],
    ...["", `${ROSTER_TYPE} resource 'people' has a problem: `].map((prefix): Shown => {
      const message = `${prefix}The roster "people" cannot be read: people.csv:3 bob@acme.com is there already`;
      return ["one of a roster that is no resource yet", [], error(`error: ${message}`), message];
    }),
    ["a secret one, of a roster", [secret], error("zoe@acme.com", urn("people", ROSTER_TYPE)), "[secret]"],
    ["one of no step", [ada, invited], error(twice("dup.secret@acme.com")), twice("[address]")],
    ["one that ends a name", [], error(headshots("a@acme.com"), urn(people)), SOMEBODY],
    ["a secret one", [secret], error("error: zoe@acme.com is declared twice"), "[secret] is declared twice"],
    ...(
      [
        [
          "maybe secret, in a path",
          "/organization/invites/zoe%40acme.com failed",
          "/organization/invites/[secret] failed",
        ],
        ["encoded twice", "?email=ZOE%2540acme%252Ecom", "?email=[secret]"],
        ["in quotation marks", '"zoe@acme.com" and “zoe@acme.com”', '"[secret]" and “[secret]”'],
        ["of quoted words", 'for "zoe"@acme.com', "for [secret]"],
        ["with another @", "zoe＠acme.com and ｚｏｅ﹫acme.com", "[secret] and [secret]"],
        ["with what cannot be seen", "zoe\u200b@acme.com", "[secret]"],
      ] as const
    ).map(([how, message, shown]): Shown => [`a secret one ${how}`, [secret], error(message), shown]),
    [
      "a secret one of another script, and with an apostrophe in it",
      [state("[secret]", "o'brien@xn--bcher-kva.example")],
      error("o'brien@Bücher.example, o’brien%40xn--bcher-kva.example"),
      "[secret], [secret]",
    ],
    ["maybe the new one", [ada, invited], error("bob@acme.com, ada@acme.com"), "[address], ada@acme.com"],
    ["in another", [secret], error("error: azoe@acme.com, zoe@acme.com", urn("x")), "[address], [secret]"],
    [
      "a malformed one",
      [],
      malformed("bob at acme.com"),
      problem("{bob at acme.com}", '"bob at acme.com" is not an e-mail address'),
    ],
    ["a malformed secret one", [], malformed("&{{bob at acme.com}}", "bob at acme.com"), HIDDEN],
    ["outside, and meant", [], refused("bob", "bob@acmee.com", LIKE), problem("{bob@acmee.com}", LIKE)],
    ["a secret outside", [], refused("bob", "&{{bob@acmee.com}}", LIKE), problem("[secret]", LIKE_HIDDEN)],
    ["the same of nobody", [secret], error(LIKE), LIKE_HIDDEN],
    ["of a roster", [], error(`people.csv:3: ${LIKE}`, urn("people", ROSTER_TYPE)), `people.csv:3: ${LIKE}`],
  ];
  for (const [what, steps, diagnostic, shown] of cases)
    it(what, () =>
      assert.deepEqual(
        diagnosticsIn({ steps, diagnostics: [diagnostic] }, "error").map(({ message }) => message),
        [shown],
      ),
    );
});

describe("a review of teams", () => {
  const TEAM = "headshotpro:index:HeadshotTeam";
  interface More {
    /** The name in the state, and the one that is declared. */
    before?: string;
    after?: string;
    adopt?: false;
    /** The explicit providers of both. */
    from?: string;
    to?: string;
  }
  const provider = (name = "default") => `urn:pulumi:s::p::pulumi:providers:headshotpro::${name}::1`;
  const team = (op: string, id: string, { before, after, adopt, from, to = from }: More) => ({
    ...{ op, urn: `urn:pulumi:s::p::${TEAM}::${id}`, diffReasons: [], replaceReasons: [] },
    ...(before !== undefined && {
      oldState: { type: TEAM, id, provider: provider(from), outputs: { name: before, teamId: id } },
    }),
    ...(after !== undefined && {
      newState: { type: TEAM, provider: provider(to), inputs: { name: after, adopt } },
    }),
  });
  /** Somebody whom the state has in a team, and whom the program declares in one. */
  const person = (op: string, id: string, teamId: string, declared?: object) => ({
    ...{ op, urn: `urn:pulumi:s::p::${TYPE}::${id}`, diffReasons: [], replaceReasons: [] },
    oldState: { type: TYPE, id, outputs: { email: id, status: "pending", teamId } },
    ...(declared && { newState: { type: TYPE, inputs: { email: id, ...declared } } }),
  });
  const removed = team("delete", "d", { before: "@acme/all" });
  const OTHERS =
    "`pulumi up` says how many others are in it, whom this stack does not have: they stay, without a team";
  const inIt = (people: string) => `**removed**: ${people} without a team. ${OTHERS}`;

  const cases: [what: string, steps: Preview["steps"], told: string[]][] = [
    [
      "another name",
      [team("update", "b", { before: "Sales", after: "Growth" })],
      ["`Growth`: renamed from `Sales`: nobody moves"],
    ],
    [
      "removed, with people who are removed or moved as well, and somebody in another team",
      [
        removed,
        person("delete", "ada@acme.com", "d"),
        person("update", "bob@acme.com", "d", { teamId: "e" }),
        person("update", "cleo@acme.com", "d", { teamId: UNKNOWN, team: "Design" }),
        person("update", "dan@acme.com", "d", { maxRenewals: 1 }),
        person("same", "eve@acme.com", "e", {}),
      ],
      [
        `\`@acme/all\`: ${inIt("4 people of this stack are in it, as of the last refresh, and 1 of them stays")}`,
      ],
    ],
    [
      "removed, though people are declared in it",
      [removed, person("same", "ada@acme.com", "d", { teamId: "d", team: " @ACME/all" })],
      ["`@acme/all`: **`pulumi up` will stop**: the program declares 1 person in it, so it is not removed"],
    ],
    [
      "another resource's from now on",
      [removed, team("create", "e", { after: "@Acme/All " })],
      ["`@acme/all`: kept: another resource declares it"],
    ],
    [
      "another resource's that may not adopt it",
      [removed, team("create", "e", { after: "@acme/all", adopt: false })],
      [
        "`@acme/all`: **`pulumi up` will stop**: another resource declares it, and `adopt: false` does not allow that one to adopt it",
      ],
    ],
    [
      "moved to another organization",
      [team("replace", "e", { before: "Sales", after: "Sales", to: "emea" })],
      ["`Sales`: made, or adopted if there is one of this name", `\`Sales\`: **removed**. ${OTHERS}`],
    ],
  ];
  for (const [what, steps, told] of cases)
    it(`tells ${what}`, () => {
      const review = toReview({ steps, diagnostics: [] });
      const text = toMarkdown(review);
      const stops = text.includes("will stop");
      assert.deepEqual(
        [needsHuman(review), /team stops `pulumi up`/.test(toHeadline(review))],
        [stops, stops],
      );
      const [, table = ""] = /^#### Teams \(\d+\)\n\n.*\n.*\n((?:\|.*\n)*)/m.exec(text) ?? [];
      const rows = [...table.matchAll(/^\| (.*?) +\| (.*?) +\|$/gm)];
      assert.deepEqual(
        rows.map(([, name, fate]) => `${name}: ${fate}`),
        told,
      );
      assert.doesNotMatch(text, /other resource changes/);
    });
});
