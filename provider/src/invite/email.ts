import { domainToASCII } from "node:url";
import { codePoint } from "../text";

declare const canonical: unique symbol;

/** An address in the form that identifies a person; only {@link readEmail} and `personOf` make one. */
export type CanonicalEmail = string & { readonly [canonical]: true };

/**
 * A canonical address, or what is wrong with the text. With `person` it is an address by the standards all the same, and
 * stays one for whoever was invited by it.
 */
export type EmailReading =
  | { email: CanonicalEmail; problem?: undefined; person?: undefined }
  | { email?: undefined; problem: string; person?: CanonicalEmail };

/**
 * The canonical form of an e-mail address: trimmed, lower case, the domain in ASCII form. It is the identity of
 * a person here: two spellings with the same canonical form are the same person, and never a difference.
 *
 * Dots and `+tags` are kept: only the person's own mail server knows whether they mean anything.
 *
 * @example
 * readEmail("  Ada@Acme.COM "); // { email: "ada@acme.com" }
 * readEmail("zoe@bücher.example"); // { email: "zoe@xn--bcher-kva.example" }
 * readEmail("ada(at)acme.com"); // { problem: "it has no @" }
 */
export function readEmail(text: string): EmailReading {
  const trimmed = folded(text);
  const unclear = unclearProblem(trimmed);
  if (unclear !== undefined) return { problem: unclear };
  const at = trimmed.lastIndexOf("@");
  const local = trimmed.slice(0, at);
  const domain = asciiOf(trimmed.slice(at + 1));
  const syntax = syntaxProblem(trimmed, local, domain);
  const invalid = syntax && (wrappedProblem(trimmed) ?? syntax);
  const problem = lookAlikeProblem(trimmed) ?? invalid ?? exportProblem(local, domain);
  const email = `${local}@${domain}` as CanonicalEmail;
  if (problem === undefined) return { email };
  return invalid === undefined ? { problem, person: email } : { problem };
}

/** Who an address means: its canonical form, or in lower case if the API has one that is none. */
export function personOf(email: string): CanonicalEmail {
  const reading = readEmail(email);
  return reading.email ?? reading.person ?? (email.trim().toLowerCase() as CanonicalEmail);
}

function folded(text: string): string {
  // Composed last: the lower case of a composed letter may be a letter and an accent.
  return text.trim().toLowerCase().normalize("NFC");
}

/** What is wrong with a text that does not say where an address begins and ends. */
function unclearProblem(trimmed: string): string | undefined {
  if (trimmed === "") return "it is empty";
  // Pasted from a spreadsheet or a web page, they cannot be seen, so the code point is named.
  const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.exec(trimmed)?.[0];
  if (hidden) return `it has an invisible character in it (${codePoint(hidden)})`;
  if (/<.*>/.test(trimmed)) return "it has more in it than the address: leave out the rest";
  if (/@.*@/.test(trimmed)) return "it has more than one @";
  return /\s/u.test(trimmed) ? "it has a space in it" : undefined;
}

/** Rules that every mail server shares (RFC 5321, sizes and dots); the rest is for the API to say. */
function syntaxProblem(trimmed: string, local: string, domain: string): string | undefined {
  if (!trimmed.includes("@")) return "it has no @";
  if (local === "") return "nothing stands before the @";
  if (trimmed.endsWith("@")) return "nothing stands after the @";
  if (/["(),:;<>[\]\\]/.test(local)) return "it is not one plain address";
  if (local.startsWith(".") || local.endsWith(".") || local.includes("..")) return "a dot is misplaced";
  if (Buffer.byteLength(local) > 64) return "the part before the @ is longer than 64 bytes";
  if (domain.length > 253) return "the domain is longer than 253 characters";
  if (!isHostName(domain)) return "the domain is not one";
  if (Buffer.byteLength(local) + 1 + domain.length > 254) return "it is longer than 254 bytes";
  return undefined;
}

/** What an international domain may have for "." and "-", which are the same there. */
const SAME_IN_DOMAINS = /[\u3002\uFF0E\uFF61\uFF0D]/gu;

/** Dashes, apostrophes and dots that are none of ASCII's, beside those of a compatible form (NFKC). */
const ALIKE: [RegExp, string][] = [
  [/[\p{Pd}\u2212\u02D7\u2043]/u, "-"],
  [/[\u2018-\u201B\u2032\u2035\u00B4\u02B9-\u02BD\u02C8\u02CA\u02CB\uA78C]/u, "'"],
  [/[\u00B7\u2022\u2027\u2219\u22C5\u30FB\uFF65\u3002\u02D9]/u, "."],
];

/** Neither letter nor digit nor accent, though it may look like a part of one; but "ー", as Japanese words have it. */
const NO_LETTER =
  /[\p{P}\p{S}\p{Me}]|[\u0334-\u0338]|(?=\p{Script=Latin})\p{Lo}|(?!\p{scx=Kana})(?=\p{Script=Common})\p{Lm}/u;

/** Letters that Chinese, Japanese and Korean are written with. */
const EAST_ASIAN = String.raw`[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}]`;
const LATIN = String.raw`[\p{Script=Latin}0-9]`;

/** What each is in a word of its own script, and what it looks like between Latin letters. */
const ALIKE_IN_LATIN = [
  ["ー\uFF70一\u2F00ㅡ\u1173\uFFDA", "-"],
  ["〇ㅇ\u110B\uFFB7", "o"],
  ["ㅣ\u1175\uFFDC丨\u2F01", "l"],
].map(([letters, plain]): [RegExp, string | undefined] => {
  const [after, before] = [
    `(?<=${LATIN})[${letters}]+(?!${EAST_ASIAN})`,
    `(?<!${EAST_ASIAN})[${letters}]+(?=${LATIN})`,
  ];
  return [new RegExp(`${after}|${before}`, "u"), plain];
});

/** Letters that are not mixed with Latin ones in a word; those of Chinese, Japanese and Korean may be. */
const UNMIXED = new RegExp(String.raw`(?!${EAST_ASIAN}|[\p{Script=Latin}\p{Script=Common}])\p{L}`, "gu");

/**
 * What is wrong with a character that only looks like another: it makes another person of the same name. Words of
 * another script are none, nor what a domain takes for the same.
 */
function lookAlikeProblem(address: string): string | undefined {
  if (!/[^\0-\x7F]/.test(address)) return undefined;
  const [, local = address, written = ""] = /^(.*)@(.*)$/s.exec(address) ?? [];
  const domain = written.replace(SAME_IN_DOMAINS, ".");
  const has = (character: string) => `it has "${character}" (${codePoint(character)}) in it, which`;
  for (const part of [local, ...domain.split(".")]) {
    for (const character of part.match(/[^\0-\x7F]/gu) ?? []) {
      const plain = asciiLike(character);
      if (plain !== undefined && (part === local || !/[a-z0-9]/.test(plain)))
        return `${has(character)} only looks like "${plain}"`;
      if (NO_LETTER.test(character)) return `${has(character)} no address has`;
    }
    for (const [alike, plain] of ALIKE_IN_LATIN) {
      const found = alike.exec(part)?.[0];
      if (found !== undefined) return `${has([...found][0] ?? "")} only looks like "${plain}"`;
    }
    const [latin, other] = [part.match(/\p{Script=Latin}/gu) ?? [], part.match(UNMIXED) ?? []];
    const odd = latin.length < other.length ? latin[0] : other[0];
    if (latin.length > 0 && odd !== undefined)
      return `${has(odd)} is of another script than the letters around it`;
  }
  return undefined;
}

function asciiLike(character: string): string | undefined {
  const compatible = character.normalize("NFKC");
  if (/^[a-z0-9.@+_'-]+$/i.test(compatible)) return compatible;
  return ALIKE.find(([alike]) => alike.test(character))?.[1];
}

/** Marks that the standards allow in an address, and that are in nobody's: they begin a formula or a list, or separate cells. */
const MARK = /^[^\p{L}\p{N}_]|[|^~=`#]/u;

/** Longer than any address with what may stand around it. */
export const LONGEST = 400;

/** A prefix or marks before a text, and marks behind it. */
const WRAPPED = /^((?:mailto|smtp):|["'`(,;]+)?(.*?)(["'`),;>]+)?$/;

/** What stands around an address, if without it the text is one. */
function wrappedProblem(trimmed: string): string | undefined {
  const [, before, alone = "", behind] = (trimmed.length <= LONGEST && WRAPPED.exec(trimmed)) || [];
  const own = alone === trimmed ? undefined : readEmail(alone).email;
  if (own === undefined) return undefined;
  const where = [before && `begins with ${quoted(before)}`, behind && `ends with ${quoted(behind)}`];
  return addedProblem(where.filter(Boolean).join(" and "), own);
}

/** What is wrong with an address to which a spreadsheet or an export has added something. */
function exportProblem(local: string, domain: string): string | undefined {
  if (local.endsWith("#ext#")) return guestProblem(local);
  const mark = MARK.exec(local);
  if (mark === null) return undefined;
  const own = readEmail(`${local.replace(/^(.*[|^~=`#]|[^\p{L}\p{N}_]+)/u, "")}@${domain}`).email;
  return addedProblem(
    mark.index === 0 ? `begins with ${quoted(mark[0])}` : `has ${quoted(mark[0])} in it`,
    own,
  );
}

function addedProblem(where: string, own: string | undefined): string {
  return `it ${where}, which comes from a spreadsheet or an export: give the address alone${isMeant(own)}`;
}

/** A mark in quotes that are not the mark itself. */
function quoted(mark: string): string {
  return mark.includes('"') ? `'${mark}'` : `"${mark}"`;
}

/** Entra makes a guest's sign-in name of their own address, with "_" for the "@". */
function guestProblem(local: string): string {
  const own = readEmail(local.slice(0, -"#ext#".length).replace(/_(?=[^_]*$)/, "@")).email;
  return `it is the sign-in name of a guest at Entra, which gets no mail: give the person's own address${isMeant(own)}`;
}

function isMeant(own: string | undefined): string {
  return own === undefined ? "" : ` (${own}?)`;
}

/**
 * A domain as a canonical address has it: lower case, in ASCII form. Undefined if the text is not one.
 *
 * @example
 * readDomain(" Bücher.example "); // "xn--bcher-kva.example"
 */
export function readDomain(text: string): string | undefined {
  const domain = asciiOf(folded(text));
  return domain.length <= 253 && isHostName(domain) ? domain : undefined;
}

/** Empty if it has none. Node reads its argument as part of a URL, and would drop the "/x" of "acme.com/x". */
function asciiOf(domain: string): string {
  return /[^a-z0-9.\-\u0080-\u{10ffff}]/u.test(domain) ? "" : domainToASCII(domain);
}

function isHostName(domain: string): boolean {
  const labels = domain.split(".");
  const wellFormed = labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  // A last label of digits would be an IP address.
  return wellFormed && labels.length > 1 && !/^\d+$/.test(labels.at(-1) ?? "");
}
