import { readEmail } from "../invite/email";
import { INPUTS } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import { plainName } from "../invite/team";
import { cut, firstOf, nearest, quote } from "../text";
import { columnsRead, type EmailColumn, emailColumns, plainHeader } from "./email-column";
import type { AskedColumns } from "./validate";

/** Which property a column is by its name: an input's own, or another of the few that are in use. */
const OTHERS: [name: string, property: keyof InviteInputs][] = [
  ...INPUTS.filter((name) => name !== "email").map((name): [string, keyof InviteInputs] => [
    name.toLowerCase(),
    name,
  ]),
  ["headshotproteamid", "teamId"],
  ["teamname", "team"],
];

/** How many columns a message names. */
const NAMED = 12;

/** Which columns of a table say what. Columns are counted from 0. */
export interface Columns {
  /** The columns that may hold the address, best first. */
  emails: EmailColumn[];
  /** The columns that hold each other property. */
  others: Map<keyof InviteInputs, number[]>;
  notes: string[];
}

/**
 * Finds the columns by the names that spreadsheets and identity providers give them, in any case and spacing. A column
 * that the program asks for is that input's only one, and no other input's.
 *
 * @param rows the cells below the header.
 * @example
 * findColumns(["Name", "E-mail Address", "Team ID"], []).others; // Map { "teamId" => [2] }
 * findColumns(["Mail", "Department"], [], { team: "department" }).others; // Map { "team" => [1] }
 */
export function findColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  asked: AskedColumns = {},
): Columns {
  const taken = new Map(askedEntries(asked).map(([property, name]) => [property, called(header, name)]));
  const free = without(header, [...taken.values()].flat());
  const emails =
    taken.get("email")?.map((position): EmailColumn => ({ position, rank: "plain" })) ??
    emailColumns(free, rows);
  const others = new Map([...columnsByName(free)].filter(([property]) => !taken.has(property)));
  for (const [property, found] of taken)
    if (found.length && property !== "email") others.set(property, found);
  const read = columnsRead(emails).map(({ position }) => position);
  const ignored = without(header, [...read, ...[...others.values()].flat()]).filter(
    (name) => name.trim() !== "",
  );
  const notes = [
    taken.has("email") ? undefined : emailNote(header, read),
    ignored.length ? `columns ignored: ${firstOf(ignored.map(cut), NAMED)}` : undefined,
  ];
  return { emails, others, notes: notes.filter((note) => note !== undefined) };
}

function columnsByName(header: readonly string[]): Columns["others"] {
  const names = header.map(plainHeader);
  const found: Columns["others"] = new Map();
  for (const [alias, property] of OTHERS) {
    const columns = positions(names, alias);
    if (columns.length) found.set(property, [...(found.get(property) ?? []), ...columns]);
  }
  return found;
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
  const [first, ...others] = emails.map((index) => quote(header[index]?.trim()));
  if (first === undefined || (others.length === 0 && plainHeader(first) === "email")) return undefined;
  const fallback = others.length ? `, and if that is empty from ${others.join(", then ")}` : "";
  return `the e-mail is read from the column ${first}${fallback}`;
}

function positions(names: readonly string[], alias: string): number[] {
  return names.flatMap((name, index) => (name === alias ? [index] : []));
}

/** What is wrong with a header as a whole. */
export function headerProblems(
  header: readonly string[],
  columns: Columns,
  asked: AskedColumns = {},
): string[] {
  const found = firstOf(
    header.map((name) => quote(name.trim())),
    NAMED,
  );
  const hasEmail = columns.emails.length > 0;
  if (!hasEmail && header.some((cell) => readEmail(cell).email !== undefined))
    return [
      `there is no header row: the first line has to name the columns, one of them "email"; it has ${found}`,
    ];
  const missing = askedEntries(asked)
    .filter(([property]) => !(property === "email" ? hasEmail : columns.others.has(property)))
    .map(([property, name]) => {
      const near = nearest(plainName(name), header);
      const meant = near === undefined ? "" : `; did you mean ${quote(near.trim())}?`;
      return `columns.${property}: there is no column ${quote(name)}${meant || "."} The columns found: ${found}`;
    });
  if (missing.length) return missing;
  if (!hasEmail) return [`there is no e-mail column: name one of them "email". The columns found: ${found}`];
  return [...columns.others]
    .filter(([, positions]) => positions.length > 1)
    .map(([property, positions]) => {
      const names = positions.map((position) => quote(header[position]?.trim())).join(" and ");
      return `the columns ${names} both mean ${property}: remove one of the two`;
    });
}
