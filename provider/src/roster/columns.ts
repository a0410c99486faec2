import { INPUTS } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import { plainName } from "../invite/team";
import { EMAIL_HEADERS } from "./email-headers";
import type { AskedColumns } from "./types";

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
 * columnsOf(["Name", "E-mail Address", "Team ID"]).of; // Map { "email" => [1], "teamId" => [2] }
 * columnsOf(["Mail", "Department"], { team: "department" }).of; // Map { "email" => [0], "team" => [1] }
 */
export function columnsOf(header: readonly string[], asked: AskedColumns = {}): Columns {
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
export function askedEntries(asked: AskedColumns): [property: keyof InviteInputs, name: string][] {
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
