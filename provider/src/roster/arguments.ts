import { z } from "zod";
import { INPUTS, UNKNOWN } from "../invite/inputs";
import { plainName } from "../invite/team";
import { quote, unknownProperty } from "../text";
import { aliasProblems } from "./aliases";
import { isProperties, LATER } from "./types";

const expected = (what: string) => ({
  error: ({ input }: { input?: unknown }) => `expected ${what}, not ${quote(input)}`,
});

const properties: Record<string, z.ZodType> = {
  file: z.string(expected("the path of a file")).min(1, "it is empty"),
  members: z.array(z.unknown(), expected("a list of people")),
  format: z.enum(["csv", "yaml"], expected('"csv" or "yaml"')),
  columns: z.custom(isProperties, expected("an object")),
  defaults: z.custom(isProperties, expected("an object")),
  allowEmpty: z.boolean(expected("true or false")),
  maxRemovals: z
    .number(expected("a whole number"))
    .refine((count) => Number.isInteger(count) && count >= 0, expected("a whole number")),
  unmanaged: z.enum(["ignore", "warn", "fail"], expected('"ignore", "warn" or "fail"')),
  aliases: z.custom(isProperties, expected("an object")),
};

const NAMES = Object.keys(properties);

/**
 * What is wrong with a roster's arguments themselves, which only a program without types gets past the compiler: a
 * misspelt one would be passed over, `unmanaged: "fial"` would only warn, and `allowEmpty: "false"` would be true.
 * The rows and the defaults have rules of their own. Null is the same as leaving an argument out.
 *
 * @param args with `UNKNOWN` for whatever is known only later.
 * @example
 * argumentProblems({ file: "people.csv", unmanged: "fail" });
 * // ['there is no property "unmanged"; did you mean "unmanaged"?']
 */
export function argumentProblems(args: unknown): string[] {
  if (args === UNKNOWN) return [LATER];
  if (!isProperties(args)) return [`expected an object with file or members, not ${quote(args)}`];
  const problems = Object.entries(args).flatMap(([name, value]) => {
    const schema = NAMES.includes(name) ? properties[name] : undefined;
    if (!schema) return [unknownProperty(name, NAMES)];
    const problem = value === undefined || value === null ? undefined : problemOf(value, schema);
    return problem === undefined ? [] : [`${name}: ${problem}`];
  });
  if (isProperties(args.columns)) problems.push(...columnsProblems(args.columns));
  if (isProperties(args.columns) && args.members)
    problems.push("columns: it is for a file, and this roster has its rows in code: leave it out");
  if (isProperties(args.aliases)) problems.push(...aliasProblems(args.aliases));
  return problems;
}

const HEADER = z
  .string(expected("the header of a column"))
  .refine((text) => text.trim() !== "", "it is empty");

/**
 * What is wrong with the columns that a program asks for, before any file is read.
 *
 * @example
 * columnsProblems({ taem: "Department" }); // ['columns: there is no property "taem"; did you mean "team"?']
 */
export function columnsProblems(columns: Record<string, unknown>): string[] {
  const inputs: readonly string[] = INPUTS;
  const headers = new Map<string, string>();
  return Object.entries(columns).flatMap(([input, header]) => {
    if (!inputs.includes(input)) return [`columns: ${unknownProperty(input, inputs)}`];
    if (header === undefined || header === null) return [];
    const problem = problemOf(header, HEADER);
    if (problem !== undefined) return [`columns.${input}: ${problem}`];
    const other = headers.get(plainName(String(header)));
    headers.set(plainName(String(header)), input);
    return other === undefined ? [] : [`columns.${input}: the column ${quote(header)} is that of ${other}`];
  });
}

function problemOf(value: unknown, schema: z.ZodType): string | undefined {
  if (value === UNKNOWN) return LATER;
  return schema.safeParse(value).error?.issues[0]?.message;
}
