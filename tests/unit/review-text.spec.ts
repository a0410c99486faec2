import assert from "node:assert/strict";
import { toCode, toMarkdown } from "../../provider/src/review/markdown";
import {
  decodeText,
  diagnosticsIn,
  type Preview,
  parsePreview,
} from "../../provider/src/review/preview-json";
import { toReview } from "../../provider/src/review/review";

const TYPE = "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite";
const PROVIDER = "urn:pulumi:s::p::pulumi:providers:pulumi-nodejs::default::1";

describe("toCode", () => {
  const cases: [name: string, text: string, markdown: string][] = [
    ["an address", "ada@acme.com", "`ada@acme.com`"],
    ["nothing", " \n ", ""],
    ["a pipe ends no cell", "a|b", "`a\\|b`"],
    ["nor behind a backslash", "a\\|b", "`a⧵\\|b`"],
    ["a backtick ends no code", "a`@everyone`b", "`` a`@everyone`b ``"],
    ["nor do several", "a```b", "```` a```b ````"],
    ["lines become one", "a\n\n## b", "`a ## b`"],
    ["what cannot be seen is taken out", "a\u202Ebc\u200B\u0007d", "`a bc d`"],
    ["HTML stands as it is", "<img src=x>", "`<img src=x>`"],
    ["too long", "x".repeat(1000), `\`${"x".repeat(600)}…\``],
  ];
  for (const [name, text, markdown] of cases) it(name, () => assert.equal(toCode(text), markdown));
});

/** As many people as a company has, each of whom tries to break out of the table. */
function crowd(people: number, email: (n: number) => string) {
  const steps = Array.from({ length: people }, (_, n) => ({
    op: "delete",
    urn: `urn:pulumi:s::p::${TYPE}::p${n}`,
    diffReasons: [],
    replaceReasons: [],
    oldState: {
      type: TYPE,
      provider: PROVIDER,
      id: email(n),
      outputs: { email: email(n), status: n === people - 1 ? "completed" : "pending", forceDestroy: true },
    },
  }));
  return toMarkdown(toReview({ steps, diagnostics: [] }));
}

describe("a comment", () => {
  it("fits into GitHub's 65,536 characters, and says what was cut", () => {
    const text = crowd(5000, (n) => `person.${n}@acme.com`);
    assert.ok(text.length <= 65_536, `${text.length}`);
    assert.ok(text.length > 20_000, "no more is cut than has to be");
    const shown = text.split("\n").filter((line) => line.startsWith("| `person.")).length;
    assert.ok(text.includes(`… and ${5000 - shown} more`));
  });

  it("cuts those last who lose headshots", () => {
    const text = crowd(5000, (n) => `person.${n}@acme.com`);
    assert.ok(text.includes("**`person.4999@acme.com`**"));
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

  it("of resources that are no people has one line", () => {
    const other = (type: string, op: string) => ({
      op,
      urn: `urn:pulumi:s::p::${type}::x`,
      newState: { type },
      diffReasons: [],
      replaceReasons: [],
    });
    const steps = [
      other("pulumi:pulumi:Stack", "create"),
      other("pulumi:providers:pulumi-nodejs", "create"),
      other("headshotpro:index:HeadshotRoster", "create"),
      other("aws:s3/bucket:Bucket", "create"),
      other("aws:s3/bucket:Bucket", "same"),
    ];
    const text = toMarkdown(toReview({ steps, diagnostics: [] }));
    assert.equal(text, "### HeadshotPro: Nobody's invite changes\n\nAnd 1 other resource changes.\n");
  });

  it("tells no team from one that a preview does not show", () => {
    const team = (name: string, teamId?: string) => ({
      op: "create",
      urn: `urn:pulumi:s::p::${TYPE}::${name}`,
      newState: { type: TYPE, provider: PROVIDER, inputs: { email: `${name}@acme.com`, teamId } },
      diffReasons: [],
      replaceReasons: [],
    });
    const steps = [team("none"), team("secret", "[secret]"), team("told", "team_a")];
    const text = toMarkdown(toReview({ steps, diagnostics: [] }));
    assert.match(text, /\| `none@acme\.com` \| \|/);
    assert.match(text, /\| `secret@acme\.com` \| \*not known before `pulumi up`, or secret\* \|/);
    assert.match(text, /\| `told@acme\.com` \| `team_a` \|/);
  });

  it("tells where somebody goes who is moved to another organization", () => {
    const state = { type: TYPE, id: "ada@acme.com", outputs: { email: "ada@acme.com", status: "pending" } };
    const move = {
      op: "replace",
      urn: `urn:pulumi:s::p::${TYPE}::ada`,
      oldState: { ...state, provider: PROVIDER },
      newState: {
        type: TYPE,
        provider: PROVIDER.replace("default", "emea"),
        inputs: { email: "ada@acme.com" },
      },
      diffReasons: [],
      replaceReasons: ["provider"],
    };
    const text = toMarkdown(toReview({ steps: [move], diagnostics: [] }));
    assert.match(text, /^### HeadshotPro: 1 person will be e-mailed, nobody loses an invite/);
    assert.match(text, /#### Moved to another organization: invited there, then revoked here \(1\)/);
    assert.match(text, /\| `ada@acme\.com` \| `default` \| `emea` \| `pending` \|$/m);
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
  const cases: [name: string, text: string, problem: RegExp][] = [
    ["nothing", " \n", /^The preview is empty: .* Its own error says why\.$/],
    [
      "an error in plain text",
      "error: no stack selected\n",
      /^The preview begins with "error: no stack selected"/,
    ],
    ["a preview that was cut off", '{"steps": [{"op": "crea', /^The preview ends in the middle/],
    ["text behind it", '{"steps": []}\nDone', /something else was written into it/],
    [
      "half a preview behind a whole one",
      '{"steps": []}\n{\n"steps": [',
      /something else was written into it/,
    ],
    ["two previews", '{\n"steps": []\n}\n{\n"steps": []\n}', /something else was written into it/],
    [
      "lines without a preview behind them",
      "Installing\nerror: no stack",
      /^The preview begins with "Installing"/,
    ],
    ["events behind a line", `Installing\n${event}\n${event}`, /^These are the engine's events/],
    [
      "a list that does not fit its summary",
      '{"steps": [], "changeSummary": {"create": 65, "same": 2}}',
      /^The preview counts 65 to create, but lists 0 of them, .* Run `pulumi preview --json` again/,
    ],
    [
      "a list with one of two deletes",
      '{"steps": [{"op": "delete", "urn": "u"}], "changeSummary": {"delete": 2}}',
      /^The preview counts 2 to delete, but lists 1 of them/,
    ],
    ["the events of an up", `${event}\n${event}\n`, /^These are the engine's events/],
    ["one event", event, /^These are the engine's events/],
    ["other JSON", '{"version": 3}', /^This is JSON, but not a preview/],
    ["a list", "[]", /not a preview/],
    ["steps of another kind", '{"steps": [1]}', /not a preview/],
  ];
  for (const [name, text, problem] of cases)
    it(name, () => {
      const reading = parsePreview(text);
      assert.match("problem" in reading ? reading.problem : "none", problem);
    });

  const PREVIEW = '{\n  "steps": [{"op": "same", "urn": "u"}],\n  "changeSummary": {"same": 5}\n}';
  const noisy: [name: string, text: string][] = [
    ["nothing else", PREVIEW],
    ["a summary of what does not change and is not listed", PREVIEW],
    ["lines of an installer", `Installing the policy pack…\r\n[████] 100%\n\n${PREVIEW}\n`],
    ["a line that is wiped away", `Installing\r\u001b[K${PREVIEW}`],
    ["a log in JSON", `{"level":"info","msg":"{"}\n{"level":"warn"}\n${PREVIEW}`],
    ["a preview in one line behind a log", '{"level":"info"}\n{"steps":[{"op":"same","urn":"u"}]}'],
  ];
  for (const [name, text] of noisy)
    it(`reads past ${name}`, () => {
      const reading = parsePreview(text);
      const steps = "preview" in reading ? reading.preview.steps : assert.fail(reading.problem);
      assert.deepEqual(
        steps.map(({ op }) => op),
        ["same"],
      );
    });

  const UTF_16 = Buffer.from('\uFEFF{"steps": [], "diagnostics": []}', "utf16le");
  const encodings: [name: string, bytes: Uint8Array][] = [
    ["UTF-8", Buffer.from('{"steps": []}')],
    ["UTF-8 with a byte order mark", Buffer.from('\uFEFF{"steps": []}')],
    ["UTF-16, as PowerShell's > writes it", UTF_16],
    ["UTF-16 of the other order", Buffer.from(UTF_16).swap16()],
  ];
  for (const [name, bytes] of encodings)
    it(`reads ${name}`, () => assert.ok("preview" in parsePreview(decodeText(bytes))));

  it("reads names in UTF-16 as they are", () => {
    const text = "Zoë 開発 🙂";
    assert.equal(decodeText(Buffer.from(`\uFEFF${text}`, "utf16le")), text);
  });

  it("takes a byte order mark, and null if there is nothing", () => {
    assert.ok("preview" in parsePreview('\uFEFF{"steps": [], "diagnostics": null}'));
    assert.ok("preview" in parsePreview('{"steps": null, "diagnostics": []}'));
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
  const headshots = (email: string) => `error: ${email} has headshots (completed)`;
  const cases: [
    what: string,
    steps: Preview["steps"],
    diagnostic: ReturnType<typeof error>,
    shown: string,
  ][] = [
    [
      "an address that a step shows",
      [ada],
      error(headshots("ada@acme.com"), urn("x")),
      "ada@acme.com has headshots (completed)",
    ],
    [
      "an address in the resource's name",
      [],
      error(headshots("ada@acme.com"), urn("people/ada@acme.com")),
      "ada@acme.com has headshots (completed)",
    ],
    [
      "an address that is shown nowhere else, which may be secret",
      [ada],
      error(headshots("zoe@acme.com"), urn("zoe")),
      "[address] has headshots (completed)",
    ],
    [
      "a secret address, wherever it is named",
      [secret],
      error("error: zoe@acme.com is declared twice"),
      "[secret] is declared twice",
    ],
    [
      "the same of a part of another",
      [secret],
      error("error: azoe@acme.com, zoe@acme.com", urn("x")),
      "[address], [secret]",
    ],
    [
      "a malformed address",
      [],
      refused("bob", "bob at acme.com", '"bob at acme.com" is not an e-mail address'),
      'property email value {bob at acme.com} has a problem: "bob at acme.com" is not an e-mail address',
    ],
    [
      "an address outside the domains",
      [],
      refused("bob", "bob@acme.com", "acme.com is not an allowed domain"),
      "property email value {bob@acme.com} has a problem: acme.com is not an allowed domain",
    ],
    [
      "a malformed secret one",
      [],
      refused("bob", "&{{bob at acme.com}}", '"bob at acme.com" is not an e-mail address'),
      'property email value [secret] has a problem: "[secret]" is not an e-mail address',
    ],
    [
      "a secret one of one letter, which other words have as well",
      [],
      refused("bob", "&{{a}}", '"a" is not an e-mail address'),
      'property email value [secret] has a problem: "[secret]" is not an e-mail address',
    ],
    [
      "a secret one of many lines, quoted and cut",
      [],
      refused("bob", `&{{a\nb}}`, '"a\\nb" is not an e-mail address'),
      'property email value [secret] has a problem: "[secret]" is not an e-mail address',
    ],
    [
      "a secret one outside the domains",
      [],
      refused("bob", "&{{bob@acme.com}}", "acme.com is not an allowed domain"),
      "property email value [secret] has a problem: acme.com is not an allowed domain",
    ],
  ];
  for (const [what, steps, diagnostic, shown] of cases)
    it(what, () =>
      assert.deepEqual(
        diagnosticsIn({ steps, diagnostics: [diagnostic] }, "error").map(({ message }) => message),
        [shown],
      ),
    );
});
