import { z } from "zod";
import { quote, unknownProperty } from "../text";
import { brokenCell } from "./broken-cell";
import { readEmail } from "./email";
import type { InviteInputs } from "./invite";

/** One thing wrong with a declaration: the property, and a reason that quotes the value. */
export interface InputFailure {
  property: string;
  reason: string;
}

/** What the engine sends in a preview for a value that is known only later (pulumi/pulumi, runtime/rpc.ts). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const countUpTo = (most: number) =>
  z
    .number({ error: ({ input }) => `expected a whole number, not ${quote(input)}` })
    .refine((count) => Number.isInteger(count) && count >= 0 && count <= most, {
      error: ({ input }) => `expected a whole number from 0 to ${most}, not ${quote(input)}`,
    });

const flag = z.boolean({ error: ({ input }) => `expected true or false, not ${quote(input)}` });

const team = z
  .string({ error: ({ input }) => `expected text, not ${quote(input)}` })
  .trim()
  .min(1, "it is empty; leave it out to invite without a team");

const properties = {
  email: z
    .string({
      error: ({ input }) => (input === undefined ? "it is missing" : `expected text, not ${quote(input)}`),
    })
    .transform((text, context) => {
      const reading = readEmail(text);
      if (reading.problem === undefined) return reading.email;
      context.addIssue(`${quote(text)} is not an e-mail address: ${reading.problem}`);
      return z.NEVER;
    }),
  teamId: team,
  team,
  adopt: flag,
  forceDestroy: flag,
  maxRenewals: countUpTo(100),
  resend: countUpTo(1_000_000),
  keepLink: flag,
} satisfies Record<keyof InviteInputs, z.ZodType>;

/** All that a program can declare of one person. */
export const INPUTS = Object.keys(properties) as (keyof InviteInputs)[];

/** The program's part of a state. */
export function inputsOf(state: InviteInputs): InviteInputs {
  return Object.fromEntries(INPUTS.map((name) => [name, state[name]])) as unknown as InviteInputs;
}

/** How text has to be read for a property: as true or false, as a number, or as it is. */
export function kindOf(property: keyof InviteInputs): "flag" | "count" | "text" {
  const schema: z.ZodType = properties[property];
  if (schema instanceof z.ZodBoolean) return "flag";
  return schema instanceof z.ZodNumber ? "count" : "text";
}

/**
 * Checks and canonicalises what a program declares. All that is wrong is reported at once; a value that is not
 * known yet (in a preview) passes as it is; null is the same as leaving a property out.
 *
 * @example
 * readInputs({ email: "Ada@Acme.com", teem: "t1" });
 * // { inputs: { email: "ada@acme.com" },
 * //   failures: [{ property: "teem", reason: 'there is no property "teem"; did you mean "team"?' }] }
 */
export function readInputs(declared: Record<string, unknown>): {
  inputs: Record<string, unknown>;
  failures: InputFailure[];
} {
  const inputs: Record<string, unknown> = {};
  const failures: InputFailure[] = [];
  for (const [property, schema] of Object.entries(properties)) {
    const value = declared[property] ?? undefined;
    if (value === UNKNOWN) inputs[property] = value;
    else if (value !== undefined || property === "email") {
      const broken = typeof value === "string" ? brokenCell(property, value) : undefined;
      const parsed = schema.safeParse(value);
      const reason = broken ?? parsed.error?.issues[0]?.message;
      if (reason === undefined) inputs[property] = parsed.data;
      else failures.push({ property, reason });
    }
  }
  const names: string[] = INPUTS;
  for (const property of Object.keys(declared)) {
    if (!names.includes(property)) failures.push({ property, reason: unknownProperty(property, names) });
  }
  return { inputs, failures };
}
