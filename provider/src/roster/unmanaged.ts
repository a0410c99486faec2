import { personOf } from "../invite/email";
import { isOver } from "../invite/guard";
import { unreadableRows } from "../invite/listed-people";

/** How many people a message names. */
const NAMED = 10;

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

/**
 * What to say of people whom nobody declares, and of rows that cannot be read: somebody may stand in them. Undefined
 * if there is nothing to say.
 *
 * @param unreadable how many rows of the list cannot be read.
 * @param besides what else to say of people whom nobody declares.
 */
export function unmanagedMessage(
  people: readonly string[],
  unreadable: number,
  besides = "",
): string | undefined {
  const lines = [undeclaredMessage(people, besides), unreadableMessage(unreadable)];
  return lines.filter(Boolean).join("\n") || undefined;
}

function undeclaredMessage(people: readonly string[], besides: string): string | undefined {
  if (people.length === 0) return undefined;
  const more = people.length > NAMED ? `, and ${people.length - NAMED} more` : "";
  return (
    `${people.length === 1 ? "1 person is" : `${people.length} people are`} invited to the organization, but not ` +
    `declared here: ${people.slice(0, NAMED).join(", ")}${more}. To manage them: add them to the roster (an unused ` +
    'invite is adopted without an e-mail). To leave them alone: unmanaged: "ignore".' +
    besides
  );
}

function unreadableMessage(unreadable: number): string | undefined {
  const rows = unreadableRows(unreadable);
  return (
    rows &&
    `${rows}, so whether everybody in the organization is declared here is not known. Look at HeadshotPro's own page ` +
      'of the team, or for a later version of pulumi-headshotpro. To go on without knowing: unmanaged: "ignore".'
  );
}
