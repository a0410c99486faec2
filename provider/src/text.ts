import { closest, distance } from "fastest-levenshtein";

/** A value as messages show it: JSON, of 80 characters at most. */
export function quote(value: unknown): string {
  try {
    return cut(JSON.stringify(value) ?? typeof value);
  } catch {
    // What JSON cannot write: a circular object, a bigint.
    return typeof value;
  }
}

/** The start of a text that may be long. */
export function cut(text: string, most = 80): string {
  // By code points: half a surrogate pair would make the whole message unsendable.
  return text.length > most ? `${[...text.slice(0, 2 * most)].slice(0, most - 1).join("")}…` : text;
}

/** A number of things, with their name. @example count(2, "person", "people"); // "2 people" */
export function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

/**
 * The first of many names, and how many more there are.
 *
 * @example
 * firstOf(["ada", "grace", "zoe"], 2); // "ada, grace, and 1 more"
 */
export function firstOf(names: readonly string[], most: number): string {
  const more = names.length > most ? `, and ${names.length - most} more` : "";
  return `${names.slice(0, most).join(", ")}${more}`;
}

/**
 * What to say of a name that nobody knows.
 *
 * @example
 * unknownProperty("team", ["email", "teamId"]); // 'there is no property "team"; did you mean "teamId"?'
 */
export function unknownProperty(property: string, names: readonly string[]): string {
  const asked = property.toLowerCase();
  const begun = asked && names.find((name) => name.toLowerCase().startsWith(asked));
  const near = begun || nearest(asked, names);
  return `there is no property ${quote(property)}; ${near ? `did you mean "${near}"?` : `the properties are ${names.join(", ")}`}`;
}

/** The name that a mistyped one may mean: at most three letters away, and half of what is written; or undefined. */
export function nearest(asked: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const found = closest(asked, names);
  return distance(asked, found.toLowerCase()) <= Math.min(3, asked.length / 2) ? found : undefined;
}

/** A character as Unicode names it. @example codePoint("·"); // "U+00B7" */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The value of a JSON text; undefined if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A text as it compares with another one, however it is written: decoded from percent-encoding, in the compatible form
 * (NFKD) and lower case, without accents, quotation marks and what cannot be seen.
 *
 * @example
 * comparable("“Zoë”%40Acme.com"); // "zoe@acme.com"
 */
export function comparable(text: string): string {
  return text
    .replace(/%(25)+(?=[0-9a-f]{2})/gi, "%")
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString())
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\p{Pi}\p{Pf}\p{Default_Ignorable_Code_Point}"'`\\]/gu, "");
}
