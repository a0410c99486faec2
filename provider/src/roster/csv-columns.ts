import { readEmail } from "../invite/email";
import { plainName } from "../invite/team";
import { cut, firstOf, nearest, quote } from "../text";
import { type Cells, type EmailColumn, type EmailColumns, emailColumns, plainHeader } from "./email-headers";
import { ROW_PROPERTIES, type RowProperty } from "./starts-on";
import { type AskedColumns, oneLine } from "./validate";

/** The inputs but the address, by the names of columns as {@link plainHeader} makes them. */
const OTHERS: Record<string, RowProperty> = {
  ...Object.fromEntries(
    ROW_PROPERTIES.filter((name) => name !== "email").map((name) => [name.toLowerCase(), name]),
  ),
  headshotproteamid: "teamId",
  teamname: "team",
};

/** How many columns a message names. */
const NAMED = 12;

/** Which columns of a table say what. Columns are counted from 0. */
export interface Columns {
  emails: EmailColumns;
  /** The columns that hold each other property. */
  others: Map<RowProperty, number[]>;
  /** The columns with a name that hold nothing else. */
  ignored: number[];
  notes: string[];
}

/**
 * Finds the columns by the names that spreadsheets and identity providers give them, in any case and spacing. A column
 * that the program asks for is that input's only one, and no other input's.
 *
 * @param rows the cells below the header.
 * @example
 * findColumns(["Name", "E-mail Address", "Team ID"], [], {}).others; // Map { "teamId" => [2] }
 * findColumns(["Mail", "Department"], [], { team: "department" }).others; // Map { "team" => [1] }
 */
export function findColumns(header: Cells, rows: readonly Cells[], asked: AskedColumns): Columns {
  const names = header.map(plainName);
  const taken = new Map(
    askedEntries(asked).map(([property, name]) => [property, positions(names, plainName(name))]),
  );
  const own = [...taken.values()].flat();
  const free = header.map((name, position) => (own.includes(position) ? undefined : name));
  const named = taken.get("email")?.map((position): EmailColumn => ({ position, rank: "plain" }));
  const emails = named ? { read: named, rivals: [], hosts: new Set<string>() } : emailColumns(free, rows);
  const others = columnsByName(free);
  for (const [property, found] of taken) {
    others.delete(property);
    if (found.length && property !== "email") others.set(property, found);
  }
  const read = emails.read.map(({ position }) => position);
  const used = [...read, ...[...others.values()].flat()];
  const ignored = [...header.keys()].filter(
    (position) => header[position]?.trim() && !used.includes(position),
  );
  const notes = taken.has("email") ? [] : emailNotes(header, read);
  if (ignored.length) {
    const unread = ignored.map((position) => cut(oneLine(header[position] ?? "")));
    notes.push(`columns ignored: ${firstOf(unread, NAMED)}`);
  }
  return { emails, others, ignored, notes };
}

function columnsByName(header: readonly (string | undefined)[]): Columns["others"] {
  const names = header.map((name = "") => plainHeader(name));
  const found: Columns["others"] = new Map();
  for (const [name, property] of Object.entries(OTHERS)) {
    const columns = positions(names, name);
    if (columns.length) found.set(property, [...(found.get(property) ?? []), ...columns]);
  }
  return found;
}

function askedEntries(asked: AskedColumns): [property: RowProperty, name: string][] {
  return ROW_PROPERTIES.flatMap((property) => {
    const name = asked[property] ?? undefined;
    return name === undefined ? [] : [[property, name]];
  });
}

function emailNotes(header: Cells, emails: number[]): string[] {
  const [first, ...others] = emails.map((index) => quote(header[index]?.trim()));
  if (first === undefined || (others.length === 0 && plainHeader(first) === "email")) return [];
  const inOrder = others.map((name, index) => (index > 0 ? `then ${name}` : name));
  const fallback = others.length ? `, and if that is empty from ${firstOf(inOrder, NAMED)}` : "";
  return [`the e-mail is read from the column ${first}${fallback}`];
}

function positions(names: Cells, wanted: string): number[] {
  return names.flatMap((name, index) => (name === wanted ? [index] : []));
}

export function headerProblems(header: Cells, columns: Columns, asked: AskedColumns): string[] {
  const names = header.map((name) => quote(name.trim()));
  const found = firstOf(names, NAMED);
  const hasEmail = columns.emails.read.length > 0;
  const noHeader = `there is no header row: the first line has to name the columns, one of them "email"; it has ${found}`;
  if (!hasEmail && header.some((cell) => readEmail(cell).email !== undefined)) return [noHeader];
  const missing = askedEntries(asked)
    .filter(([property]) => !(property === "email" ? hasEmail : columns.others.has(property)))
    .map(([property, name]) => {
      const near = nearest(plainName(name), header);
      const meant = near === undefined ? "" : `; did you mean ${quote(near.trim())}?`;
      return `columns.${property}: there is no column ${quote(name)}${meant || "."} The columns found: ${found}`;
    });
  if (missing.length) return missing;
  const whose = columns.emails.rivals[0]?.rank === "unknown" ? " that is surely the people's own" : "";
  if (!hasEmail)
    return [`there is no e-mail column${whose}: name one of them "email". The columns found: ${found}`];
  return [...columns.others]
    .filter(([, positions]) => positions.length > 1)
    .map(([property, positions]) => {
      const both = positions.map((position) => names[position]).join(" and ");
      return `the columns ${both} both mean ${property}: remove one of the two`;
    });
}
