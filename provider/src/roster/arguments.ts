import { readEmail } from "../invite/email";
import { UNKNOWN } from "../invite/inputs";
import { plainName } from "../invite/team";
import { quote, unknownProperty } from "../text";
import { isTimeZone, ROW_PROPERTIES } from "./starts-on";
import { isProperties } from "./validate";

const LATER =
  "it is known only later (an output or a promise), and the roster is read at once: give it as it is";

/** What is wrong with a value; undefined if nothing is. */
type Rule = (value: unknown) => string | undefined;

const expected =
  (what: string, isValid: (value: unknown) => boolean): Rule =>
  (value) =>
    isValid(value) ? undefined : `expected ${what}, not ${quote(value)}`;
const text =
  (what: string): Rule =>
  (value) =>
    typeof value === "string" && value.trim() === ""
      ? "it is empty"
      : expected(what, () => typeof value === "string")(value);

const UNMANAGED = ["ignore", "warn", "fail"];

const ARGUMENTS: Record<string, Rule> = {
  file: text("the path of a file"),
  files: text('the paths of files, such as "people/*.csv"'),
  members: expected("a list of people", Array.isArray),
  format: expected('"csv" or "yaml"', (value) => value === "csv" || value === "yaml"),
  columns: expected("an object", isProperties),
  defaults: expected("an object", isProperties),
  allowEmpty: expected("true or false", (value) => typeof value === "boolean"),
  maxRemovals: expected("a whole number", (value) => Number.isInteger(value) && Number(value) >= 0),
  timeZone: expected('a time zone, such as "Europe/Berlin"', isTimeZone),
  unmanaged: expected('"ignore", "warn" or "fail"', (value) => UNMANAGED.includes(value as string)),
  aliases: expected("an object", isProperties),
};

/**
 * What is wrong with a roster's arguments, which a program without types may have misspelt. The rows and the defaults
 * have rules of their own. Null is the same as leaving an argument out.
 *
 * @param args with `UNKNOWN` for each value that is known only later.
 * @example
 * argumentProblems({ file: "people.csv", unmanged: "fail" });
 * // ['there is no property "unmanged"; did you mean "unmanaged"?']
 */
export function argumentProblems(args: unknown): string[] {
  if (args === UNKNOWN) return [LATER];
  if (!isProperties(args)) return [`expected an object with file or members, not ${quote(args)}`];
  const problems = Object.entries(args).flatMap(([name, value]) => {
    const rule = Object.hasOwn(ARGUMENTS, name) ? ARGUMENTS[name] : undefined;
    if (!rule) return [unknownProperty(name, Object.keys(ARGUMENTS))];
    const problem = value === undefined || value === null ? undefined : valueProblem(value, rule);
    return problem === undefined ? [] : [`${name}: ${problem}`];
  });
  if (isProperties(args.columns)) {
    problems.push(...columnsProblems(args.columns));
    if (args.members)
      problems.push("columns: it is for a file, and this roster has its rows in code: leave it out");
  }
  if (isProperties(args.aliases)) problems.push(...aliasProblems(args.aliases));
  return problems;
}

/** What is wrong with the columns that a program asks for, before any file is read. */
export function columnsProblems(columns: Record<string, unknown>): string[] {
  const inputs: readonly string[] = ROW_PROPERTIES;
  const headers = new Map<string, string>();
  return Object.entries(columns).flatMap(([input, header]) => {
    if (!inputs.includes(input)) return [`columns: ${unknownProperty(input, inputs)}`];
    if (header === undefined || header === null) return [];
    const problem = valueProblem(header, text("the header of a column"));
    if (problem !== undefined) return [`columns.${input}: ${problem}`];
    const other = headers.get(plainName(String(header)));
    headers.set(plainName(String(header)), input);
    return other === undefined ? [] : [`columns.${input}: the column ${quote(header)} is that of ${other}`];
  });
}

function valueProblem(value: unknown, rule: Rule): string | undefined {
  return value === UNKNOWN ? LATER : rule(value);
}

/** The properties of a Pulumi alias. */
const ALIAS_NAMES = ["name", "type", "parent", "stack", "project"];

/** What is wrong with the aliases of people. An address with a mistake would make its person a new one. */
function aliasProblems(aliases: Record<string, unknown>): string[] {
  const spellings = new Map<string, string>();
  return Object.entries(aliases).flatMap(([address, former]) => {
    const { email, problem, person = email } = readEmail(address);
    const problems = formerProblems(former);
    const other = person && spellings.get(person);
    if (other !== undefined) problems.unshift(`it is the same person as ${quote(other)}`);
    else if (person !== undefined) spellings.set(person, address);
    else problems.unshift(`${quote(address)} is not an e-mail address: ${problem}`);
    return problems.map((one) => `aliases[${quote(address)}]: ${one}`);
  });
}

function formerProblems(former: unknown): string[] {
  if (former === UNKNOWN) return [LATER];
  if (former === "") return ["it is empty"];
  if (typeof former === "string") return [];
  if (!isProperties(former)) return [`expected a name or a Pulumi alias, not ${quote(former)}`];
  return Object.entries(former).flatMap(([name, value]) => {
    if (!ALIAS_NAMES.includes(name)) return [unknownProperty(name, ALIAS_NAMES)];
    if (value === undefined || typeof value === "string") return [];
    if (name !== "parent") return [`${name}: expected text, not ${quote(value)}`];
    return isProperties(value) && "urn" in value
      ? []
      : [`parent: expected a resource or its URN, not ${quote(value)}`];
  });
}
