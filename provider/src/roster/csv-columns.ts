import { readEmail } from "../invite/email";
import { INPUTS } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import { plainName } from "../invite/team";
import { nearest, quote } from "../text";
import type { AskedColumns } from "./problems";

/** Which property a column is by its name: an input's own, or another of the few that are in use. */
const OTHERS: [name: string, property: keyof InviteInputs][] = [
  ...INPUTS.filter((name) => name !== "email").map((name): [string, keyof InviteInputs] => [
    name.toLowerCase(),
    name,
  ]),
  ["headshotproteamid", "teamId"],
  ["teamname", "team"],
];

/** Which columns of a table say what. Columns are counted from 0. */
export interface Columns {
  /** The columns that hold each property; of several e-mail columns, the one to prefer comes first. */
  of: Map<keyof InviteInputs, number[]>;
  notes: string[];
}

/**
 * Finds the columns by the names that spreadsheets and identity providers give them, in any case and spacing. A column
 * that the program asks for is that input's only one, and no other input's.
 *
 * @example
 * findColumns(["Name", "E-mail Address", "Team ID"]).of; // Map { "email" => [1], "teamId" => [2] }
 * findColumns(["Mail", "Department"], { team: "department" }).of; // Map { "email" => [0], "team" => [1] }
 */
export function findColumns(header: readonly string[], asked: AskedColumns = {}): Columns {
  const taken = new Map(askedEntries(asked).map(([property, name]) => [property, called(header, name)]));
  const others = without(header, [...taken.values()].flat());
  const of = new Map([...columnsByName(others)].filter(([property]) => !taken.has(property)));
  for (const [property, found] of taken) if (found.length) of.set(property, found);
  const used = new Set([...of.values()].flat());
  const ignored = without(header, used).filter((name) => name.trim() !== "");
  const notes = [
    taken.has("email") ? undefined : emailNote(header, of.get("email") ?? []),
    ignored.length ? `columns ignored: ${ignored.join(", ")}` : undefined,
  ];
  return { of, notes: notes.filter((note) => note !== undefined) };
}

function columnsByName(header: readonly string[]): Columns["of"] {
  const names = header.map(plainHeader);
  const emails = EMAIL_HEADERS.flatMap((alias) => positions(names, alias));
  const of: Columns["of"] = new Map(emails.length ? [["email", emails]] : []);
  for (const [alias, property] of OTHERS) {
    const found = positions(names, alias);
    if (found.length) of.set(property, [...(of.get(property) ?? []), ...found]);
  }
  return of;
}

/** The inputs that a program gives a header for. */
function askedEntries(asked: AskedColumns): [property: keyof InviteInputs, name: string][] {
  return INPUTS.flatMap((property) => {
    const name = asked[property] ?? undefined;
    return name === undefined ? [] : [[property, name]];
  });
}

/** The columns of a header that a program gives: letter case and outer spaces make no difference. */
function called(header: readonly string[], name: string): number[] {
  return positions(header.map(plainName), plainName(name));
}

/** The same header, with empty names where the columns are spoken for. */
function without(header: readonly string[], used: Iterable<number>): string[] {
  const indices = new Set(used);
  return header.map((name, index) => (indices.has(index) ? "" : name));
}

function emailNote(header: readonly string[], emails: number[]): string | undefined {
  const [first, ...others] = emails.map((index) => JSON.stringify(header[index]?.trim()));
  if (first === undefined || (others.length === 0 && plainHeader(first) === "email")) return undefined;
  const fallback = others.length ? `, and if that is empty from ${others.join(", then ")}` : "";
  return `the e-mail is read from the column ${first}${fallback}`;
}

function positions(names: readonly string[], alias: string): number[] {
  return names.flatMap((name, index) => (name === alias ? [index] : []));
}

/**
 * A header as the names here are spelt: without accents, which some leave out and some write as letters of their own.
 *
 * @example
 * plainHeader("E-mail Address [Required]"); // "emailaddress"
 */
export function plainHeader(header: string): string {
  return header
    .replace(/\[.*?\]/g, "")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** What is wrong with a header as a whole. */
export function headerProblems(
  header: readonly string[],
  columns: Columns,
  asked: AskedColumns = {},
): string[] {
  const found = header.map((name) => JSON.stringify(name.trim())).join(", ");
  const hasEmail = columns.of.has("email");
  if (!hasEmail && header.some((cell) => readEmail(cell).email !== undefined))
    return [
      `there is no header row: the first line has to name the columns, one of them "email"; it has ${found}`,
    ];
  const missing = askedEntries(asked)
    .filter(([property]) => !columns.of.has(property))
    .map(([property, name]) => {
      const near = nearest(plainName(name), header);
      const meant = near === undefined ? "" : `; did you mean ${quote(near.trim())}?`;
      return `columns.${property}: there is no column ${quote(name)}${meant || "."} The columns found: ${found}`;
    });
  if (missing.length) return missing;
  if (!hasEmail) return [`there is no e-mail column: name one of them "email". The columns found: ${found}`];
  return [...columns.of]
    .filter(([property, positions]) => property !== "email" && positions.length > 1)
    .map(([property, positions]) => {
      const names = positions.map((position) => JSON.stringify(header[position]?.trim())).join(" and ");
      return `the columns ${names} both mean ${property}: remove one of the two`;
    });
}

/**
 * The header names that mean an e-mail address, best first, spelt as `plainHeader` makes them: lower case, no
 * accents, nothing but letters and digits.
 */
const EMAIL_HEADERS = [
  "email",
  "mail",
  "emailaddress",
  "mailaddress",
  "primaryemail",
  "primaryemailaddress",
  "workemail",
  "workemailaddress",
  // German.
  ...["emailadresse", "mailadresse", "geschaftlicheemail", "emailgeschaftlich", "geschaftlicheemailadresse"],
  // French.
  ...["adresseemail", "adressemail", "adressedemessagerie", "adresseelectronique", "adressedecourriel"],
  ...["adressecourriel", "courriel", "courrierelectronique", "mel"],
  // Spanish.
  ...["correoelectronico", "direcciondecorreoelectronico", "direcciondecorreo", "direcciondeemail", "correo"],
  // Italian.
  ...["indirizzoemail", "indirizzomail", "indirizzodipostaelettronica", "postaelettronica"],
  // Portuguese.
  ...["enderecodeemail", "enderecoeletronico", "correioeletronico", "correioelectronico"],
  // Dutch.
  ...["emailadres", "mailadres"],
  // Swedish, Norwegian, Danish.
  ...["epost", "epostadress", "mejl", "mejladress", "mailadress", "epostadresse"],
  // Finnish, Icelandic, Polish.
  ...[
    "sahkoposti",
    "sahkopostiosoite",
    "netfang",
    "tolvupostfang",
    "adresemail",
    "adrespocztyelektronicznej",
  ],
  // Okta's reports and API.
  "useremail",
  // Google's export of a group's members.
  "memberemail",
  // Names to sign in with, which mostly are addresses: Entra's, and Okta's.
  "userprincipalname",
  "upn",
  "login",
  "userlogin",
  "oktausername",
  "username",
] as const;
