import assert from "node:assert/strict";
import fc from "fast-check";
import { personOf, readEmail } from "../../provider/src/invite/email";

/** `canonical` undefined: it stays as it is. */
const accepted: [name: string, text: string, canonical?: string][] = [
  ["a plain address", "ada@acme.com"],
  ["capitals", "Ada.Lovelace@ACME.Com", "ada.lovelace@acme.com"],
  ["outer spaces, tabs and line breaks", " \t ada@acme.com\r\n", "ada@acme.com"],
  ["outer NBSP and BOM", "\ufeff\u00a0ada@acme.com\u00a0", "ada@acme.com"],
  ["plus tags are kept", "ada+work@acme.com"],
  ["marks that mail servers allow", "o'brien_a-b%c/d!f&g+h@acme.com"],
  ["an international domain", "zoe@Bücher.example", "zoe@xn--bcher-kva.example"],
  ["ß in a domain is not ss", "a@faß.de", "a@xn--fa-hia.de"],
  ["full-width letters in a domain", "a@ａｃｍｅ.com", "a@acme.com"],
  ["an international local part", "JÖRG@acme.com", "jörg@acme.com"],
  ["a decomposed local part", "jo\u0308rg@acme.com", "jörg@acme.com"],
  ["the Turkish dotted capital keeps its dot", "İ@acme.com", "i\u0307@acme.com"],
  ["the Kelvin sign is a k", "\u212a@acme.com", "k@acme.com"],
  ["other scripts with a hyphen and a digit", "анна-мария2@почта.рф", "анна-мария2@xn--80a1acny.xn--p1ai"],
  ["kana, Han and Latin in one word", "ハーマーさん大a@acme.com"],
  ["a long vowel of Japanese beside a digit", "ハーマー2@acme.com"],
  ["a one of Japanese in a word of it", "山田一2@acme.com"],
  ["a vowel of Korean in a word of it", "김ㅡa@acme.com"],
  ["Devanagari with its signs", "हिन्दी@acme.com"],
  ["an accent that is never composed", "a\u0301\u0323ẹ\u0301@acme.com", "ạ\u0301ẹ\u0301@acme.com"],
  ["64 bytes before the @", `${"a".repeat(64)}@acme.com`],
  ["254 bytes in all", `${"a".repeat(63)}@${`${"b".repeat(46)}.`.repeat(4)}cc`],
  ["a domain label of 63", `a@${"b".repeat(63)}.com`],
];

/** By what is said of them. */
const refused: [problem: string, ...texts: string[]][] = [
  ["it is empty", "", " \u00a0\ufeff "],
  ["it has no @", "ada(at)acme.com"],
  ["nothing stands before the @", "@", "@acme.com"],
  ["nothing stands after the @", "ada@"],
  ["it has more than one @", "ada@acme@acme.com", "a@b.com;c@d.com"],
  ["it is not one plain address", "sip:ada@acme.com", '"ada"@acme.com', "a\\b@acme.com"],
  ["it has more in it than the address: leave out the rest", "Ada <ada@acme.com>", "<ada@acme.com>"],
  ["it has a space in it", "ada lovelace@acme.com", "ada\u00a0lovelace@acme.com"],
  ["a dot is misplaced", ".ada@acme.com", "ada.@acme.com", "a..da@acme.com"],
  ["the part before the @ is longer than 64 bytes", `${"ö".repeat(33)}@acme.com`],
  ["it is longer than 254 bytes", `${"a".repeat(64)}@${domainOf(190)}`],
  ["the domain is longer than 253 characters", `a@${domainOf(254)}`],
  [exported('begins with "mailto:"'), "mailto:ada@acme.com"],
  [exported('begins with "smtp:" and ends with ";"'), "SMTP:ada@acme.com;"],
  [exported(`begins with "'" and ends with "'"`), "'ada@acme.com'"],
  [exported('begins with "(" and ends with ")"'), "(ada@acme.com)"],
  [exported('ends with ";"'), "ada@acme.com;"],
  [exported(`begins with "'"`), "'ada@acme.com", "'=ada@acme.com"],
  [exported('begins with "="'), "=ada@acme.com"],
  [exported('has "^" in it'), "Ada^ada@acme.com"],
  [exported('has "#" in it'), "live.com#ada@acme.com"],
  [exported('has "`" in it', ""), "ada`@acme.com"],
  [guest(" (ada_l@example.org?)"), "Ada_L_example.org#EXT#@acme.onmicrosoft.com"],
  [guest(""), "ada#ext#@acme.onmicrosoft.com"],
];

/** By what the one character in them only looks like. */
const ALIKE: Record<string, string> = {
  "'": "o’brien@acme.com",
  "-": "anne–marie@acme.com ada@ac–me.com taroーyamada@acme.com adaーー@acme.com ken一sato@acme.com",
  ".": "ada@acme·com ada。l@acme.com",
  ...{ "...": "ada…@acme.com", "@": "ada＠acme.com", a: "ａda@acme.com", fi: "ﬁona@acme.com" },
};

/** What is said of the one character in them that is not of plain ASCII. */
const STRANGE: [problem: (character: string, codePoint: string) => string, texts: string][] = [
  [
    (_, codePoint) => `it has an invisible character in it (${codePoint})`,
    "ada\u200b@acme.com ada@ac\u00adme.com \u3164ada@acme.com ada\u001b[31m@acme.com ada\ud800@acme.com",
  ],
  [
    (character, codePoint) => `it has "${character}" (${codePoint}) in it, which no address has`,
    "“ada@acme.com” ada@ac／me.com ada\u2800@acme.com ada\u0335@acme.com ada😀@acme.com",
  ],
  [mixed, "αda@acme.com ada.lоvelace@acme.com ada@acmе.com adꭺ@acme.com"],
  ...Object.entries(ALIKE).map(([plain, texts]): [typeof mixed, string] => [
    (character, codePoint) => `it has "${character}" (${codePoint}) in it, which only looks like "${plain}"`,
    texts,
  ]),
];
for (const [problem, texts] of STRANGE)
  for (const text of texts.split(" ")) {
    const [character = ""] = text.match(/[^\x20-\x7e]/u) ?? [];
    refused.push([
      problem(character, `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`),
      text,
    ]);
  }
refused.push([mixed("a", "U+0061"), "aнна@acme.com"]);

const notDomains = [
  ...["acme", "acme.com.", "-acme.com", "ac_me.com", "127.0.0.1", "0x7f.1", "[::1]", "acme.123", "xn--a.com"],
  // Node's own function would drop what follows, or decode it.
  ...["acme.com/x", "acme.com\\x", "acme.com:25", "ac%6de.com", `acme.com${";".repeat(400)}`],
  `${"b".repeat(64)}.com`,
];

function mixed(character: string, codePoint: string): string {
  return `it has "${character}" (${codePoint}) in it, which is of another script than the letters around it`;
}

function exported(where: string, meant = " (ada@acme.com?)"): string {
  return `it ${where}, which comes from a spreadsheet or an export: give the address alone${meant}`;
}

function guest(meant: string): string {
  return `it is the sign-in name of a guest at Entra, which gets no mail: give the person's own address${meant}`;
}

/** A well-formed domain of exactly so many characters. */
function domainOf(length: number): string {
  return `${"b.".repeat(length)}`.slice(0, length - (length % 2 ? 3 : 2)) + (length % 2 ? "ccc" : "cc");
}

describe("readEmail", () => {
  for (const [name, text, canonical = text] of accepted)
    it(`takes ${name}`, () => assert.deepEqual(readEmail(text), { email: canonical }));
  for (const [problem, ...texts] of refused)
    for (const text of texts)
      it(`refuses ${JSON.stringify(text).slice(0, 50)}: ${problem}`, () => {
        const reading = readEmail(text);
        assert.deepEqual([reading.email, reading.problem], [undefined, problem]);
      });
  for (const domain of notDomains)
    it(`refuses the domain ${domain.slice(0, 20)}`, () =>
      assert.deepEqual(readEmail(`ada@${domain}`), { problem: "the domain is not one" }));
});

describe("personOf", () => {
  for (const [text, person] of [
    ["Ada^B@Bücher.example", "ada^b@xn--bcher-kva.example"],
    ["O’Brien@Bücher.example", "o’brien@xn--bcher-kva.example"],
    ["аda@acme.com", "аda@acme.com"],
    ["a_b.org#EXT#@acme.com", "a_b.org#ext#@acme.com"],
  ] as const)
    it(`knows who was invited by an address that is not taken any more: ${text}`, () =>
      assert.equal(personOf(text), person));
});

describe("readEmail, of any text", () => {
  const letter = fc.constantFrom(..."abzAZ019.+-_öÖßΣσςıİjJ\u030c\u0307\u0308\u212a\u00a0 @。ａ%/:");
  const addressLike = fc
    .tuple(fc.array(letter, { maxLength: 8 }), fc.array(letter, { maxLength: 8 }))
    .map(([local, domain]) => `${local.join("")}@${domain.join("")}.com`);
  const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), addressLike);

  it("is an address, whose canonical form is itself, or a problem", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { email, problem } = readEmail(text);
        if (email === undefined) assert.ok(problem);
        else assert.deepEqual(readEmail(email), { email });
      }),
      { numRuns: 5000 },
    );
  });
});
