import { personOf } from "../invites/people";
import { isOver } from "../invites/status";

/**
 * Who is invited at the API though nobody declares them, sorted.
 *
 * @param listed everyone of the organization.
 * @param declared canonical addresses.
 */
export function unmanagedPeople(
  listed: readonly { email: string; status: string }[],
  declared: ReadonlySet<string>,
): string[] {
  const live = listed.filter(({ status }) => !isOver(status)).map(({ email }) => personOf(email));
  return [...new Set(live)].filter((email) => !declared.has(email)).sort();
}
