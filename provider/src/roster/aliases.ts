import { readEmail } from "../invite/email";
import { UNKNOWN } from "../invite/inputs";
import { quote, unknownProperty } from "../text";
import { isProperties, LATER } from "./types";

/** The properties of a Pulumi alias. */
const NAMES = ["name", "type", "parent", "stack", "project"];

/**
 * What is wrong with the former names of a roster's people: an address that is nobody's would be passed over, and
 * whoever was meant would be taken for new.
 *
 * @example
 * aliasProblems({ "ada@acme.com": "" }); // ['aliases["ada@acme.com"]: it is empty']
 */
export function aliasProblems(aliases: Record<string, unknown>): string[] {
  const spellings = new Map<string, string>();
  return Object.entries(aliases).flatMap(([address, former]) => {
    const problems = [...addressProblems(address, spellings), ...formerProblems(former)];
    return problems.map((problem) => `aliases[${quote(address)}]: ${problem}`);
  });
}

function addressProblems(address: string, spellings: Map<string, string>): string[] {
  const { email, problem } = readEmail(address);
  if (email === undefined) return [`${quote(address)} is not an e-mail address: ${problem}`];
  const other = spellings.get(email);
  spellings.set(email, other ?? address);
  return other === undefined ? [] : [`it is the same person as ${quote(other)}`];
}

function formerProblems(former: unknown): string[] {
  if (former === UNKNOWN) return [LATER];
  if (former === "") return ["it is empty"];
  if (typeof former === "string") return [];
  if (!isProperties(former)) return [`expected a name or a Pulumi alias, not ${quote(former)}`];
  return Object.entries(former).flatMap(([name, value]) => {
    if (!NAMES.includes(name)) return [unknownProperty(name, NAMES)];
    if (value === undefined || typeof value === "string") return [];
    if (name !== "parent") return [`${name}: expected text, not ${quote(value)}`];
    return isProperties(value) ? [] : [`parent: expected a resource or its URN, not ${quote(value)}`];
  });
}
