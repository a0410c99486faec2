import { quote, unknownProperty } from "../wording";

/** The properties of a roster's arguments. */
const NAMES = ["file", "members", "format", "defaults", "allowEmpty", "unmanaged", "aliases"];

const UNMANAGED: readonly unknown[] = [undefined, "ignore", "warn", "fail"];

/**
 * What is wrong with a roster's arguments themselves, which only a JavaScript program gets past the compiler: a
 * misspelt one would be passed over, and `unmanaged: "fial"` would only warn.
 *
 * @example
 * argumentProblems({ file: "people.csv", unmanged: "fail" });
 * // ['there is no property "unmanged"; did you mean "unmanaged"?']
 */
export function argumentProblems(args: object): string[] {
  const { unmanaged } = args as { unmanaged?: unknown };
  return [
    ...Object.keys(args)
      .filter((name) => !NAMES.includes(name))
      .map((name) => unknownProperty(name, NAMES)),
    ...(UNMANAGED.includes(unmanaged)
      ? []
      : [`unmanaged: expected "ignore", "warn" or "fail", not ${quote(unmanaged)}`]),
  ];
}
