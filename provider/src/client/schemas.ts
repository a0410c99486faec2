import { z } from "zod";
import { readEmail } from "../invite/email";
import { printable } from "./error-body";

/**
 * The bodies of the end points, no stricter than the vendor's pages allow: unknown properties are passed
 * over, `null` is the same as missing, and a status that is not on the vendor's list is carried as it is.
 */
const absent = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined);

/** Text that people will read in messages: it must not steer a terminal, and half a character cannot be sent. */
const text = z.string().transform((value) => printable(value));

/** As it is spelled, which a revoke needs; but what nobody can have for an address is only ever printed. */
const address = z
  .string()
  .transform((spelled) => (readEmail(spelled).email === undefined ? printable(spelled) : spelled))
  .pipe(z.string());

/** Too long to be cut, and of no use with a character in it that no URL has. */
const link = absent(z.string().regex(/^[^\p{C}\s]+$/u)).catch(undefined);

const invite = z.object({
  email: address,
  status: text.pipe(z.string()),
  modelId: absent(text),
  teamId: absent(text),
});

/**
 * A row is carried as far as it can be: a status that cannot be read is an unknown one, which is guarded. Not so a
 * team: taken for none, it would differ from the declared one, and the person would be invited again.
 */
const listedInvite = invite.extend({
  status: text.pipe(z.string()).catch("unknown"),
  modelId: absent(text).catch(undefined),
  teamName: absent(text).catch(undefined),
  createdAt: absent(text).catch(undefined),
});

/** What was asked, as the API repeats it. */
const input = z.object({ email: z.string() }).optional().catch(undefined);

export const getReply = z.object({ invite });

export const createReply = z.object({
  id: text.pipe(z.string()),
  link,
  teamId: absent(text),
  input,
});

export const creditsReply = z.object({ credits: z.number() });

const team = z.object({ id: text.pipe(z.string()), name: text.pipe(z.string()) });

export const organizationReply = z.object({
  organization: z.object({
    uid: text.pipe(z.string()),
    name: absent(text).catch(undefined),
    teams: absent(z.array(team)).catch(undefined),
  }),
});

/**
 * A revoke or a move that was carried out. Anything less is no proof of it. A wrapped reply may say `success` outside
 * of its `data`.
 */
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

/** What a list says of its pages, if it has any. */
export interface Page {
  pagination?: z.output<typeof page>;
}

/** A row of the list that cannot be read: it tells of somebody, but not of whom. */
interface UnreadableRow {
  /** Tells it from other rows. */
  unreadable: string;
}

export const listReply = z.object({
  invites: z.array(z.unknown()).transform((rows) =>
    rows.map((row): z.output<typeof listedInvite> | UnreadableRow => {
      return listedInvite.safeParse(row).data ?? { unreadable: fingerprint(row) };
    }),
  ),
  pagination: absent(page),
});

/** A row that cannot be read spoils the answer: whether a name is unknown, or another one's too, could not be said. */
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
  if (typeof json !== "object" || json === null || expectedKey in json) return json;
  const data = (json as { data?: unknown }).data;
  return typeof data === "object" && data !== null && !Array.isArray(data) ? data : json;
}
