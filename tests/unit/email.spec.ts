import assert from "node:assert/strict";
import fc from "fast-check";
import { personOf, readEmail } from "../../provider/src/invite/email";

/** `canonical` undefined: it stays as it is. */
const accepted: { name: string; text: string; canonical?: string }[] = [
  { name: "a plain address", text: "ada@acme.com" },
  { name: "capitals", text: "Ada.Lovelace@ACME.Com", canonical: "ada.lovelace@acme.com" },
  { name: "outer spaces, tabs and line breaks", text: " \t ada@acme.com\r\n", canonical: "ada@acme.com" },
  { name: "outer NBSP and BOM", text: "\ufeff\u00a0ada@acme.com\u00a0", canonical: "ada@acme.com" },
  { name: "plus tags are kept", text: "ada+work@acme.com" },
  { name: "dots are kept", text: "a.d.a@gmail.com" },
  { name: "marks that mail servers allow", text: "o'brien_a-b%c/d!f&g+h@acme.com" },
  { name: "an international domain", text: "zoe@Bücher.example", canonical: "zoe@xn--bcher-kva.example" },
  { name: "a domain in ASCII form already", text: "zoe@xn--bcher-kva.example" },
  { name: "a decomposed domain", text: "zoe@bu\u0308cher.example", canonical: "zoe@xn--bcher-kva.example" },
  { name: "ß in a domain is not ss", text: "a@faß.de", canonical: "a@xn--fa-hia.de" },
  { name: "ideographic full stops", text: "a@acme。co。jp", canonical: "a@acme.co.jp" },
  { name: "full-width letters in a domain", text: "a@ａｃｍｅ.com", canonical: "a@acme.com" },
  { name: "an international local part", text: "JÖRG@acme.com", canonical: "jörg@acme.com" },
  { name: "a decomposed local part", text: "jo\u0308rg@acme.com", canonical: "jörg@acme.com" },
  { name: "a capital without composed form", text: "J\u030c@acme.com", canonical: "\u01f0@acme.com" },
  { name: "the Turkish dotless i is a letter of its own", text: "ıda@acme.com" },
  { name: "the Turkish dotted capital keeps its dot", text: "İ@acme.com", canonical: "i\u0307@acme.com" },
  { name: "the Kelvin sign is a k", text: "\u212a@acme.com", canonical: "k@acme.com" },
  { name: "letters of other scripts", text: "анна@acme.com" },
  {
    name: "letters of other scripts with a hyphen and a digit",
    text: "анна-мария2@почта.рф",
    canonical: "анна-мария2@xn--80a1acny.xn--p1ai",
  },
  { name: "kana, Han and Latin in one word", text: "ハーマーさん大a@acme.com" },
  { name: "a long vowel of Japanese beside a digit", text: "ハーマー2@acme.com" },
  { name: "a one of Japanese in a word of it", text: "山田一2@acme.com" },
  { name: "a one of Japanese alone", text: "一.sato@acme.com" },
  { name: "a vowel of Korean in a word of it", text: "김ㅡa@acme.com" },
  {
    name: "a label of one script, and another of another",
    text: "ada@αβγ.example",
    canonical: "ada@xn--mxacd.example",
  },
  { name: "Devanagari with its signs", text: "हिन्दी@acme.com" },
  { name: "Arabic", text: "عليّ@acme.com" },
  {
    name: "an accent that is never composed",
    text: "a\u0301\u0323ẹ\u0301@acme.com",
    canonical: "ạ\u0301ẹ\u0301@acme.com",
  },
  { name: "Han in both parts", text: "阿达@公司.example", canonical: "阿达@xn--55qx5d.example" },
  { name: "a full-width hyphen in a domain", text: "ada@ac－me.com", canonical: "ada@ac-me.com" },
  { name: "64 bytes before the @", text: `${"a".repeat(64)}@acme.com` },
  { name: "254 bytes in all", text: `${"a".repeat(63)}@${`${"b".repeat(46)}.`.repeat(4)}cc` },
  { name: "a domain label of 63", text: `a@${"b".repeat(63)}.com` },
  { name: "digits in a domain", text: "a@1and1.de" },
];

const MORE = "it has more in it than the address: leave out the rest";

const refused: { name: string; text: string; problem: string }[] = [
  { name: "nothing", text: "", problem: "it is empty" },
  { name: "blanks", text: " \u00a0\ufeff ", problem: "it is empty" },
  { name: "no @", text: "ada(at)acme.com", problem: "it has no @" },
  { name: "only an @", text: "@", problem: "nothing stands before the @" },
  { name: "no local part", text: "@acme.com", problem: "nothing stands before the @" },
  { name: "no domain", text: "ada@", problem: "nothing stands after the @" },
  { name: "two @", text: "ada@acme@acme.com", problem: "it has more than one @" },
  {
    name: "two addresses with a comma",
    text: "ada@acme.com,bob@acme.com",
    problem: "it has more than one @",
  },
  { name: "two addresses with a semicolon", text: "a@b.com;c@d.com", problem: "it has more than one @" },
  { name: "two addresses with a space", text: "a@b.com; c@d.com", problem: "it has more than one @" },
  { name: "two addresses in two lines", text: "a@b.com\nc@d.com", problem: hidden("000A") },
  { name: "mailto:", text: "mailto:ada@acme.com", problem: exported('begins with "mailto:"') },
  { name: "SMTP:", text: "SMTP:ada@acme.com;", problem: exported('begins with "smtp:" and ends with ";"') },
  { name: "a prefix of no address", text: "sip:ada@acme.com", problem: "it is not one plain address" },
  { name: "apostrophes", text: "'ada@acme.com'", problem: exported(`begins with "'" and ends with "'"`) },
  { name: "backticks", text: "`ada@acme.com`", problem: exported('begins with "`" and ends with "`"') },
  { name: "quotes", text: '"ada@acme.com"', problem: exported(`begins with '"' and ends with '"'`) },
  { name: "brackets", text: "(ada@acme.com)", problem: exported('begins with "(" and ends with ")"') },
  ...["'", ";", ",", ">", ")"].map((mark) => ({
    name: `a mark at the end: ${mark}`,
    text: `ada@acme.com${mark}`,
    problem: exported(`ends with "${mark}"`),
  })),
  { name: "a display name", text: "Ada <ada@acme.com>", problem: MORE },
  { name: "angle brackets", text: "<ada@acme.com>", problem: MORE },
  { name: "a quoted local part", text: '"ada"@acme.com', problem: "it is not one plain address" },
  { name: "a backslash", text: "a\\b@acme.com", problem: "it is not one plain address" },
  { name: "an inner space", text: "ada lovelace@acme.com", problem: "it has a space in it" },
  { name: "an inner NBSP", text: "ada\u00a0@acme.com", problem: "it has a space in it" },
  { name: "a zero-width space", text: "ada\u200b@acme.com", problem: hidden("200B") },
  { name: "a zero-width joiner at the end", text: "ada@acme.com\u200d", problem: hidden("200D") },
  { name: "a soft hyphen in the domain", text: "ada@ac\u00adme.com", problem: hidden("00AD") },
  { name: "a variation selector", text: "ada\ufe0f@acme.com", problem: hidden("FE0F") },
  { name: "a Hangul filler", text: "\u3164ada@acme.com", problem: hidden("3164") },
  { name: "text direction", text: "\u202eada@acme.com", problem: hidden("202E") },
  { name: "an escape character", text: "ada\u001b[31m@acme.com", problem: hidden("001B") },
  { name: "half a surrogate pair", text: "ada\ud800@acme.com", problem: hidden("D800") },
  { name: "a typographic apostrophe", text: "o’brien@acme.com", problem: alike("’", "2019", "'") },
  { name: "an opening one", text: "o‘brien@acme.com", problem: alike("‘", "2018", "'") },
  { name: "a prime", text: "o′brien@acme.com", problem: alike("′", "2032", "'") },
  { name: "an accent alone", text: "o´brien@acme.com", problem: alike("´", "00B4", "'") },
  { name: "a modifier letter", text: "oʼbrien@acme.com", problem: alike("ʼ", "02BC", "'") },
  { name: "a full-width apostrophe", text: "o＇brien@acme.com", problem: alike("＇", "FF07", "'") },
  { name: "a hyphen of its own", text: "anne‐marie@acme.com", problem: alike("‐", "2010", "-") },
  { name: "one that does not break", text: "anne‑marie@acme.com", problem: alike("‑", "2011", "-") },
  { name: "a dash", text: "anne–marie@acme.com", problem: alike("–", "2013", "-") },
  { name: "a minus", text: "anne−marie@acme.com", problem: alike("−", "2212", "-") },
  { name: "a dash in the domain", text: "ada@ac–me.com", problem: alike("–", "2013", "-") },
  { name: "a long vowel of Japanese", text: "taroーyamada@acme.com", problem: alike("ー", "30FC", "-") },
  { name: "one in the domain", text: "hana@acmeーcorp.com", problem: alike("ー", "30FC", "-") },
  { name: "one of half the width", text: "adaｰ2@acme.com", problem: alike("ｰ", "FF70", "-") },
  { name: "two of them at the end", text: "adaーー@acme.com", problem: alike("ー", "30FC", "-") },
  { name: "a one of Japanese", text: "ken一sato@acme.com", problem: alike("一", "4E00", "-") },
  { name: "a vowel of Korean", text: "adaㅡb@acme.com", problem: alike("ㅡ", "3161", "-") },
  { name: "another one", text: "aㅣice@acme.com", problem: alike("ㅣ", "3163", "l") },
  { name: "a zero of Japanese", text: "b〇b@acme.com", problem: alike("〇", "3007", "o") },
  { name: "a middle dot in the domain", text: "ada@acme·com", problem: alike("·", "00B7", ".") },
  { name: "a bullet in the domain", text: "ada@mail•acme.com", problem: alike("•", "2022", ".") },
  { name: "a dot leader", text: "ada․l@acme.com", problem: alike("․", "2024", ".") },
  { name: "a Japanese full stop in the name", text: "ada。l@acme.com", problem: alike("。", "3002", ".") },
  { name: "a full-width @", text: "ada＠acme.com", problem: alike("＠", "FF20", "@") },
  { name: "a small @", text: "ada﹫acme.com", problem: alike("﹫", "FE6B", "@") },
  { name: "a full-width plus", text: "ada＋a@acme.com", problem: alike("＋", "FF0B", "+") },
  { name: "a full-width letter in the name", text: "ａda@acme.com", problem: alike("ａ", "FF41", "a") },
  { name: "a ligature", text: "ﬁona@acme.com", problem: alike("ﬁ", "FB01", "fi") },
  { name: "a long s", text: "roſe@acme.com", problem: alike("ſ", "017F", "s") },
  { name: "curly quotes around it", text: "“ada@acme.com”", problem: noAddress("“", "201C") },
  { name: "a full-width slash", text: "ada@ac／me.com", problem: noAddress("／", "FF0F") },
  { name: "three dots in one", text: "ada…@acme.com", problem: alike("…", "2026", "...") },
  { name: "a Greek letter in a Latin word", text: "αda@acme.com", problem: mixed("α", "03B1") },
  { name: "a Cyrillic one", text: "ada.lоvelace@acme.com", problem: mixed("о", "043E") },
  { name: "one in the domain", text: "ada@acmе.com", problem: mixed("е", "0435") },
  { name: "a Latin one in a Cyrillic word", text: "aнна@acme.com", problem: mixed("a", "0061") },
  { name: "one of Cherokee", text: "adꭺ@acme.com", problem: mixed("ꭺ", "AB7A") },
  { name: "a Braille blank", text: "ada\u2800@acme.com", problem: noAddress("\u2800", "2800") },
  { name: "an equals sign that is a letter", text: "ada꞊b@acme.com", problem: noAddress("꞊", "A78A") },
  { name: "a colon that is a letter", text: "adaːb@acme.com", problem: noAddress("ː", "02D0") },
  { name: "a line between Arabic letters", text: "adaـb@acme.com", problem: noAddress("ـ", "0640") },
  { name: "a stroke through a letter", text: "ada\u0335@acme.com", problem: noAddress("\u0335", "0335") },
  { name: "a click", text: "adaǃ@acme.com", problem: noAddress("ǃ", "01C3") },
  { name: "a picture", text: "ada😀@acme.com", problem: noAddress("😀", "1F600") },
  ...["'ada", "=ada", "+ada", "`ada", "-ada", "*ada", "'=ada"].map((local) => ({
    name: `a mark in front: ${local}`,
    text: `${local}@acme.com`,
    problem: exported(`begins with "${local[0]}"`),
  })),
  { name: "a caret", text: "Ada^ada@acme.com", problem: exported('has "^" in it') },
  { name: "a tilde", text: "Ada~ada@acme.com", problem: exported('has "~" in it') },
  { name: "a bar", text: "Ada|ada@acme.com", problem: exported('has "|" in it') },
  { name: "an equals sign", text: "mail=ada@acme.com", problem: exported('has "=" in it') },
  { name: "where the sign-in is from", text: "live.com#ada@acme.com", problem: exported('has "#" in it') },
  { name: "a mark behind", text: "ada`@acme.com", problem: exported('has "`" in it', "") },
  {
    name: "a guest",
    text: "Ada_L_example.org#EXT#@acme.onmicrosoft.com",
    problem: guest(" (ada_l@example.org?)"),
  },
  { name: "one that does not say whose", text: "ada#ext#@acme.onmicrosoft.com", problem: guest("") },
  { name: "a leading dot", text: ".ada@acme.com", problem: "a dot is misplaced" },
  { name: "a trailing dot", text: "ada.@acme.com", problem: "a dot is misplaced" },
  { name: "two dots", text: "a..da@acme.com", problem: "a dot is misplaced" },
  { name: "65 bytes before the @", text: `${"a".repeat(65)}@acme.com`, problem: longLocal() },
  { name: "33 letters of two bytes", text: `${"ö".repeat(33)}@acme.com`, problem: longLocal() },
  { name: "255 bytes", text: `${"a".repeat(64)}@${domainOf(190)}`, problem: "it is longer than 254 bytes" },
  { name: "a long domain", text: `a@${domainOf(254)}`, problem: "the domain is longer than 253 characters" },
];

const notDomains = [
  ...["acme", "acme.com.", ".acme.com", "acme..com", "-acme.com", "acme-.com", "ac_me.com", "ac!me.com"],
  ...["127.0.0.1", "0x7f.1", "2130706433", "[127.0.0.1]", "[::1]", "acme.123", "xn--a.com", "xn--.com"],
  // Node's own function would drop what follows, or decode it.
  ...["acme.com/x", "acme.com?x", "acme.com#x", "acme.com\\x", "acme.com:25", "ac%6de.com", "acme.com:80"],
  ...["acme.com!", `acme${";".repeat(5)}`, `acme.com${";".repeat(400)}`, `${"b".repeat(64)}.com`],
];

function hidden(codePoint: string): string {
  return `it has an invisible character in it (U+${codePoint})`;
}

function alike(character: string, codePoint: string, plain: string): string {
  return `it has "${character}" (U+${codePoint}) in it, which only looks like "${plain}"`;
}

function noAddress(character: string, codePoint: string): string {
  return `it has "${character}" (U+${codePoint}) in it, which no address has`;
}

function mixed(character: string, codePoint: string): string {
  return `it has "${character}" (U+${codePoint}) in it, which is of another script than the letters around it`;
}

function exported(where: string, meant = " (ada@acme.com?)"): string {
  return `it ${where}, which comes from a spreadsheet or an export: give the address alone${meant}`;
}

function guest(meant: string): string {
  return `it is the sign-in name of a guest at Entra, which gets no mail: give the person's own address${meant}`;
}

function longLocal(): string {
  return "the part before the @ is longer than 64 bytes";
}

/** A well-formed domain of exactly so many characters. */
function domainOf(length: number): string {
  return `${"b.".repeat(length)}`.slice(0, length - (length % 2 ? 3 : 2)) + (length % 2 ? "ccc" : "cc");
}

describe("readEmail", () => {
  for (const { name, text, canonical = text } of accepted) {
    it(`takes ${name}`, () => assert.deepEqual(readEmail(text), { email: canonical }));
  }
  for (const { name, text, problem } of refused) {
    it(`refuses ${name}`, () => {
      const reading = readEmail(text);
      assert.deepEqual([reading.email, reading.problem], [undefined, problem]);
    });
  }
  for (const domain of notDomains) {
    it(`refuses the domain ${domain.slice(0, 20)}`, () =>
      assert.deepEqual(readEmail(`ada@${domain}`), { problem: "the domain is not one" }));
  }
});

describe("personOf", () => {
  for (const [text, person] of [
    ["Ada^B@Bücher.example", "ada^b@xn--bcher-kva.example"],
    ["'JO\u0308RG@acme.com", "'jörg@acme.com"],
    ["O’Brien@Bücher.example", "o’brien@xn--bcher-kva.example"],
    ["аda@acme.com", "аda@acme.com"],
    ["a_b.org#EXT#@acme.com", "a_b.org#ext#@acme.com"],
    [" No Address ", "no address"],
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

  it("never throws, and answers either an address or a problem", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { email, problem } = readEmail(text);
        assert.notEqual(email === undefined, problem === undefined);
      }),
      { numRuns: 3000 },
    );
  });

  it("the canonical form of a canonical form is itself", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { email } = readEmail(text);
        if (email !== undefined) assert.deepEqual(readEmail(email), { email });
      }),
      { numRuns: 5000 },
    );
  });

  it("every letter with every common accent is stable after the first reading", () => {
    for (let code = 0x21; code < 0x3000; code++)
      for (const accent of ["", "\u0301", "\u0307", "\u0308", "\u030c", "\u0345"]) {
        const { email } = readEmail(`${String.fromCodePoint(code)}${accent}@acme.com`);
        if (email !== undefined) assert.equal(readEmail(email).email, email, code.toString(16));
      }
  });

  it("case and outer spaces make no difference", () => {
    const space = fc.stringMatching(/^[ \t\u00a0\ufeff]{0,3}$/);
    fc.assert(
      fc.property(fc.emailAddress(), space, space, (address, before, after) => {
        const { email } = readEmail(address);
        assert.equal(readEmail(before + address.toUpperCase() + after).email, email);
        assert.equal(readEmail(before + address.toLowerCase() + after).email, email);
      }),
    );
  });
});
