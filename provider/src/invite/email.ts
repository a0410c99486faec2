import { domainToASCII } from "node:url";

declare const canonical: unique symbol;

/** An address in the form that identifies a person; only {@link readEmail} and `personOf` make one. */
export type CanonicalEmail = string & { readonly [canonical]: true };

/** A canonical address, or what is wrong with the text. */
export type EmailReading =
  | { email: CanonicalEmail; problem?: undefined }
  | { email?: undefined; problem: string };

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
  const at = trimmed.lastIndexOf("@");
  const local = trimmed.slice(0, at);
  const domain = asciiOf(trimmed.slice(at + 1));
  const problem = problemOf(trimmed, local, domain);
  return problem ? { problem } : { email: `${local}@${domain}` as CanonicalEmail };
}

/** Who an address means: its canonical form, or in lower case if the API has one that we would not take. */
export function personOf(email: string): CanonicalEmail {
  return readEmail(email).email ?? (email.trim().toLowerCase() as CanonicalEmail);
}

function folded(text: string): string {
  // Composed last: the lower case of a composed letter may be a letter and an accent.
  return text.trim().toLowerCase().normalize("NFC");
}

/** Rules that every mail server shares (RFC 5321, sizes and dots); the rest is for the API to say. */
function problemOf(trimmed: string, local: string, domain: string): string | undefined {
  if (trimmed === "") return "it is empty";
  // Pasted from a spreadsheet or a web page, they cannot be seen, so the code point is named.
  const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.exec(trimmed)?.[0];
  if (hidden) return `it has an invisible character in it (U+${hex(hidden)})`;
  if (/<.*>/.test(trimmed)) return "it has more in it than the address: leave out the rest";
  if (/@.*@/.test(trimmed)) return "it has more than one @";
  if (/\s/u.test(trimmed)) return "it has a space in it";
  const alike = lookAlikeProblem(trimmed);
  if (alike !== undefined) return alike;
  if (trimmed.startsWith("'")) return "it begins with an apostrophe, as spreadsheets mark text: leave it out";
  if (!trimmed.includes("@")) return "it has no @";
  if (local === "") return "nothing stands before the @";
  if (local.endsWith("#ext#")) return guestProblem(local);
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

/**
 * What is wrong with a character that only looks like one of ASCII: it makes another person of the same name. Letters
 * of other scripts are none, nor what a domain takes for the same.
 */
function lookAlikeProblem(address: string): string | undefined {
  const at = address.lastIndexOf("@");
  const checked = address.slice(0, at + 1) + address.slice(at + 1).replace(SAME_IN_DOMAINS, ".");
  const isLocal = (index: number) => index < at || at === -1;
  for (const { 0: character, index } of checked.matchAll(/[^\0-\x7F]/gu)) {
    const plain = asciiLike(character);
    if (plain !== undefined && (isLocal(index) || !/[a-z0-9]/.test(plain)))
      return `it has "${character}" (U+${hex(character)}) in it, which only looks like "${plain}"`;
    if (/\p{P}/u.test(character))
      return `it has "${character}" (U+${hex(character)}) in it, which no address has`;
  }
  return undefined;
}

function asciiLike(character: string): string | undefined {
  const compatible = character.normalize("NFKC");
  if (/^[a-z0-9.@+_'-]+$/i.test(compatible)) return compatible;
  return ALIKE.find(([alike]) => alike.test(character))?.[1];
}

/** Entra makes a guest's sign-in name of their own address, with "_" for the "@". */
function guestProblem(local: string): string {
  const own = readEmail(local.slice(0, -"#ext#".length).replace(/_(?=[^_]*$)/, "@")).email;
  const meant = own === undefined ? "" : ` (${own}?)`;
  return `it is the sign-in name of a guest at Entra, which gets no mail: give the person's own address${meant}`;
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

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
