/** The header names that mean an e-mail address, best first: spelt as {@link plain} makes them. */
const EMAIL = [
  "email",
  "mail",
  "emailaddress",
  "mailaddress",
  "primaryemail",
  "primaryemailaddress",
  "workemail",
  "workemailaddress",
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
];

const OTHERS: Record<string, string> = {
  teamid: "teamId",
  headshotproteamid: "teamId",
  adopt: "adopt",
  forcedestroy: "forceDestroy",
  maxrenewals: "maxRenewals",
};

/** Which columns of a table say what. Columns are counted from 0. */
export interface Columns {
  /** The columns that hold each property; of several e-mail columns, the one to prefer comes first. */
  of: Map<string, number[]>;
  notes: string[];
}

/**
 * Finds the columns by the names that spreadsheets and identity providers give them, in any case and spacing.
 *
 * @example
 * columnsOf(["Name", "E-mail Address", "Team ID"]).of; // Map { "email" => [1], "teamId" => [2] }
 */
export function columnsOf(header: readonly string[]): Columns {
  const names = header.map(plain);
  const emails = EMAIL.flatMap((alias) => positions(names, alias));
  const of = new Map<string, number[]>(emails.length ? [["email", emails]] : []);
  for (const [alias, property] of Object.entries(OTHERS)) {
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
  if (first === undefined || (others.length === 0 && plain(first) === "email")) return undefined;
  const fallback = others.length ? `, and where that is empty from ${others.join(", then ")}` : "";
  return `the e-mail is read from the column ${first}${fallback}`;
}

function positions(names: readonly string[], alias: string): number[] {
  return names.flatMap((name, index) => (name === alias ? [index] : []));
}

/** "E-mail Address [Required]" as "emailaddress". */
function plain(header: string): string {
  return header
    .replace(/\[.*?\]/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
