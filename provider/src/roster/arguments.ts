import { z } from "zod";
import { UNKNOWN } from "../invites/inputs";
import { quote, unknownProperty } from "../invites/suggestion";
import { aliasProblems } from "./aliases";
import { isProperties, LATER } from "./types";

const expected = (what: string) => ({
  error: ({ input }: { input?: unknown }) => `expected ${what}, not ${quote(input)}`,
});

const properties: Record<string, z.ZodType> = {
  file: z.string(expected("the path of a file")).min(1, "it is empty"),
  members: z.array(z.unknown(), expected("a list of people")),
  format: z.enum(["csv", "yaml"], expected('"csv" or "yaml"')),
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
  return isProperties(args.aliases) ? [...problems, ...aliasProblems(args.aliases)] : problems;
}

function problemOf(value: unknown, schema: z.ZodType): string | undefined {
  if (value === UNKNOWN) return LATER;
  return schema.safeParse(value).error?.issues[0]?.message;
}
