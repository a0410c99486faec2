import { type AllowedDomains, outsideDomain } from "../invite/allowed-domains";
import { count } from "../text";
import { firstProblemLines } from "./problem-lines";
import type { RosterProblem } from "./types";

/** Somebody in a roster, and where. */
interface Listed {
  email: string;
  where: string;
}

/**
 * Who of a roster must not be invited, because their domain is not allowed.
 *
 * @param recorded whom the stack has already, by canonical address: they are invited, and may stay.
 */
export function domainProblems(
  members: readonly Listed[],
  allowed: AllowedDomains | undefined,
  recorded: ReadonlySet<string> = new Set(),
): RosterProblem[] {
  return members.flatMap(({ email, where }) => {
    const outside = recorded.has(email) ? undefined : outsideDomain(email, allowed);
    return outside === undefined ? [] : [{ where, value: email, reason: `${email}: ${outside}` }];
  });
}

/** What to say of a roster with such people in it, a line each. */
export function domainRefusal(name: string, problems: RosterProblem[]): string {
  const lines = firstProblemLines(problems);
  return (
    `Nobody in the roster ${JSON.stringify(name)} is invited or revoked, because ` +
    `${count(problems.length, "address is", "addresses are")} outside of the allowed domains:\n  ${lines.join("\n  ")}\n` +
    "Correct the roster, or add the domain to allowedDomains."
  );
}
