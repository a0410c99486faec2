import { personOf } from "../invite/email";
import { quote } from "../text";
import { plainHeader } from "./columns";
import type { Table } from "./swallowed";

/**
 * What is wrong if two columns have the same name and differ: which of the two people is meant cannot be known.
 *
 * @param emails the columns that an address may be read from. @param position the one that is read.
 */
export function differingTwins(
  record: readonly string[],
  { header, emails }: Pick<Table, "header" | "emails">,
  position: number,
): string | undefined {
  const name = plainHeader(header[position] ?? "");
  const mine = record[position] ?? "";
  const other = emails.find(
    (index) =>
      index !== position &&
      plainHeader(header[index] ?? "") === name &&
      record[index]?.trim() &&
      personOf(record[index]) !== personOf(mine),
  );
  if (other === undefined) return undefined;
  const column = (index: number) => `${JSON.stringify(header[index]?.trim())} (${index + 1})`;
  return (
    `the columns ${column(position)} and ${column(other)} mean the same and differ: ${quote(mine.trim())} and ` +
    `${quote(record[other]?.trim())}. Remove one of the two columns, or make them equal`
  );
}
