import { personOf } from "../invites/people";
import { quote } from "../invites/suggestion";
import { plainHeader } from "./columns";

/**
 * What is wrong if two columns have the same name and differ: which of the two people is meant cannot be known.
 *
 * @param position the column that is read.
 */
export function differingTwins(
  record: readonly string[],
  header: readonly string[],
  position: number,
): string | undefined {
  const name = plainHeader(header[position] ?? "");
  const mine = record[position] ?? "";
  const other = header.findIndex(
    (one, index) =>
      index !== position &&
      plainHeader(one) === name &&
      record[index]?.trim() &&
      personOf(record[index]) !== personOf(mine),
  );
  if (other === -1) return undefined;
  const column = (index: number) => `${JSON.stringify(header[index]?.trim())} (${index + 1})`;
  return (
    `the columns ${column(position)} and ${column(other)} mean the same and differ: ${quote(mine.trim())} and ` +
    `${quote(record[other]?.trim())}. Remove one of the two columns, or make them equal`
  );
}
