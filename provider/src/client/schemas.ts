import { z } from "zod";
import { printable } from "./error-body";

/**
 * The bodies of the four end points, no stricter than the vendor's pages allow: unknown properties are passed
 * over, `null` is the same as missing, and a status that is not on the vendor's list is carried as it is.
 */
const absent = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined);

/** Text that people will read in messages: it must not steer a terminal, and half a character cannot be sent. */
const text = z.string().transform((value) => printable(value));

const invite = z.object({
  email: z.string(),
  status: text.pipe(z.string()),
  modelId: absent(text),
  teamId: absent(text),
});

const listedInvite = invite.extend({
  teamName: absent(text),
  createdAt: absent(z.string()),
});

/** One person's invite as GET-by-email answers it. */
export type Invite = z.output<typeof invite>;

/** One person's invite as the list carries it. */
export type ListedInvite = z.output<typeof listedInvite>;

export const getReply = z.object({ invite });

export const createReply = z.object({
  id: z.string().min(1),
  link: absent(z.string()),
  teamId: absent(text),
});

/** Anything less is no proof that the invite is gone. */
export const revokeReply = z
  .object({ success: z.boolean().optional(), message: z.string().optional() })
  .refine((reply) => reply.success === true || reply.message !== undefined, "neither success nor message");

const page = z.object({
  hasMore: absent(z.boolean()),
  limit: absent(z.number().int().positive()),
});

/** A row that cannot be read is left out: whoever is missing from a list is always asked for by e-mail. */
export const listReply = z.object({
  invites: z
    .array(z.unknown())
    .transform((rows) => rows.flatMap((row) => listedInvite.safeParse(row).data ?? [])),
  pagination: absent(page),
});

/**
 * Some of the vendor's pages wrap successes in `data`: it is unwrapped only where it is an object and the
 * expected key is not at the top level.
 */
export function unwrap(json: unknown, expectedKey: string): unknown {
  if (typeof json !== "object" || json === null || expectedKey in json) return json;
  const data = (json as { data?: unknown }).data;
  return typeof data === "object" && data !== null && !Array.isArray(data) ? data : json;
}
