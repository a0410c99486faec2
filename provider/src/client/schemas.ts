import { z } from "zod";
import { personOf, readEmail } from "../invite/email";
import { isRecord } from "./classify";
import { ApiError, printable } from "./errors";
import type { Success } from "./transport";

/**
 * The bodies of the end points, no stricter than the vendor's pages allow: unknown properties are passed
 * over, `null` is the same as missing, and a status that is not on the vendor's list is carried as it is.
 */
const absent = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined);

/** Text that people read in messages. */
const text = z.string().transform((value) => printable(value));
const requiredText = text.pipe(z.string());

/** In the API's spelling, which a revoke needs; a text that is no address is only ever printed. */
const address = z
  .string()
  .transform((spelled) => (readEmail(spelled).email === undefined ? printable(spelled) : spelled))
  .pipe(z.string());

/** Not cut, as other text is; left out if it has a character that no URL has. */
const link = absent(z.string().regex(/^[^\p{C}\s]+$/u)).catch(undefined);

const invite = z.object({
  email: address,
  status: requiredText,
  modelId: absent(text),
  teamId: absent(text),
});

/**
 * A status or a model that cannot be read is an unknown one, which is guarded. A team that cannot be read spoils the
 * row: taken for none, it would differ from the declared one, and the person would be invited again.
 */
const listedInvite = invite.extend({
  status: requiredText.catch("unknown"),
  modelId: absent(text).catch("unknown"),
  teamName: absent(text).catch(undefined),
  createdAt: absent(text).catch(undefined),
});

/** What was asked, as the API repeats it. */
const input = z.object({ email: z.string() }).optional().catch(undefined);

export const getReply = z.object({ invite });

export const createReply = z.object({ id: requiredText, link, teamId: absent(text), input });

export const creditsReply = z.object({ credits: z.number() });

const team = z.object({ id: requiredText, name: requiredText });

export const organizationReply = z.object({
  organization: z.object({
    uid: requiredText,
    name: absent(text).catch(undefined),
    teams: absent(z.array(team)).catch(undefined),
  }),
});

/** A revoke, a move or a change of a team that was carried out. A wrapped reply may say `success` outside of its `data`. */
export const doneReply = z
  .object({
    success: z.boolean().optional(),
    message: z.string().optional(),
    input,
    data: z.object({ input }).optional().catch(undefined),
  })
  .refine((reply) => reply.success === true || reply.message !== undefined, "neither success nor message")
  .transform(({ input, data }) => ({ input: input ?? data?.input }));

const page = z.object({
  hasMore: absent(z.boolean()),
  limit: absent(z.number().int().positive()),
});

export interface Page {
  pagination?: z.output<typeof page>;
}

/** It is about a person, but nobody knows which. What is left tells it from other rows. */
const unreadableRow = z.unknown().transform((row) => ({ unreadable: fingerprint(row) }));

export const listReply = z.object({
  invites: z.array(z.union([listedInvite, unreadableRow])),
  pagination: absent(page),
});

/** A row that cannot be read spoils the list: it may have the name that is looked for. */
export const teamsReply = z.object({
  teams: z.array(team),
  pagination: absent(page),
});

/** No deeper than the row's own values: a hostile one nests until the stack overflows. */
function fingerprint(row: unknown): string {
  return JSON.stringify(row, (name, value) => (name !== "" && typeof value === "object" ? null : value));
}

/**
 * Some of the vendor's pages wrap successes in `data`: it is unwrapped only if it is an object and the
 * expected key is not at the top level.
 */
export function unwrap(json: unknown, expectedKey: string): unknown {
  if (!isRecord(json) || expectedKey in json) return json;
  return isRecord(json.data) ? json.data : json;
}

/** @throws ApiError if the reply is not of that shape. */
export function parseReply<T extends z.ZodType>(
  success: Success,
  schema: T,
  expectedKey: string,
): z.output<T> {
  const parsed = schema.safeParse(unwrap(success.json, expectedKey));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const problem = issue?.message.endsWith("received undefined") ? "it is missing" : issue?.message;
  const where = issue?.path.length ? ` (${issue.path.join(".")}: ${problem})` : "";
  throw unusable(success, `the reply is not what the API documents${where}`);
}

/**
 * Refuses an answer about another person: nothing of it may be recorded or printed.
 *
 * @param answered whom the reply names; undefined if it names nobody.
 * @throws ApiError
 */
export function requireSamePerson(success: Success, asked: string, answered: string | undefined): void {
  if (answered === undefined || personOf(answered) === personOf(asked)) return;
  throw unusable(success, `the reply is about somebody other than ${personOf(asked)}`);
}

function unusable({ request: { method, path }, status }: Success, text: string): ApiError {
  return new ApiError({ reason: "unusable-reply", method, path, status, text });
}
