import * as pulumi from "@pulumi/pulumi";

/** Whether a program gives a value that is known only when resources exist, or a promise is kept. */
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** The properties of a row, or of the defaults, that are known only later. */
export function onlyLater(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => isLater(value)));
}

/**
 * A value as the rules may see it, which know nothing of outputs: `unknown` stands for whatever is known only later.
 *
 * @param levels how far down to look: below, a resource may hold anything, itself too.
 * @example
 * knownNow({ file: pulumi.output("people.csv") }, "?", 1); // { file: "?" }
 */
export function knownNow(value: unknown, unknown: string, levels: number): unknown {
  if (isLater(value)) return unknown;
  if (levels === 0) return value;
  if (Array.isArray(value)) return Array.from(value, (one) => knownNow(one, unknown, levels - 1));
  if (Object.prototype.toString.call(value) !== "[object Object]") return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([key, one]) => [key, knownNow(one, unknown, levels - 1)]),
  );
}
