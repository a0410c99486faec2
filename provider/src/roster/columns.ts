import { readEmail } from "../invites/email";
import { INPUTS } from "../invites/inputs";
import type { InviteInputs } from "../invites/invite";
import { EMAIL_HEADERS } from "./email-headers";

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
 * Finds the columns by the names that spreadsheets and identity providers give them, in any case and spacing.
 *
 * @example
 * columnsOf(["Name", "E-mail Address", "Team ID"]).of; // Map { "email" => [1], "teamId" => [2] }
 */
export function columnsOf(header: readonly string[]): Columns {
  const names = header.map(plainHeader);
  const emails = EMAIL_HEADERS.flatMap((alias) => positions(names, alias));
  const of: Columns["of"] = new Map(emails.length ? [["email", emails]] : []);
  for (const [alias, property] of OTHERS) {
    const found = positions(names, alias);
    if (found.length) of.set(property, [...(of.get(property) ?? []), ...found]);
  }
  const used = new Set([...of.values()].flat());
  const ignored = header.filter((name, index) => !used.has(index) && name.trim() !== "");
  const notes = [emailNote(header, emails), ignored.length && `columns ignored: ${ignored.join(", ")}`];
  return { of, notes: notes.filter((note) => typeof note === "string") };
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
export function headerProblems(header: readonly string[], columns: Columns): string[] {
  const found = header.map((name) => JSON.stringify(name.trim())).join(", ");
  if (!columns.of.has("email"))
    return [
      header.some((cell) => readEmail(cell).email !== undefined)
        ? `there is no header row: the first line has to name the columns, one of them "email"; it has ${found}`
        : `there is no e-mail column: name one of them "email". The columns found: ${found}`,
    ];
  return [...columns.of]
    .filter(([property, positions]) => property !== "email" && positions.length > 1)
    .map(([property, positions]) => {
      const names = positions.map((position) => JSON.stringify(header[position]?.trim())).join(" and ");
      return `the columns ${names} both mean ${property}: remove one of the two`;
    });
}
