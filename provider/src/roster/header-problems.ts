import { readEmail } from "../invite/email";
import { plainName } from "../invite/team";
import { nearest, quote } from "../text";
import { askedEntries, type Columns } from "./columns";
import type { AskedColumns } from "./types";

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
