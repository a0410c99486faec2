import type { z } from "zod";
import { personOf } from "../invite/email";
import { HeadshotProError } from "./headshotpro-error";
import { unwrap } from "./schemas";
import type { Success } from "./transport";

/** A request whose reply is read: what an error names. */
export interface Asked {
  method: "GET" | "POST";
  path: string;
}

/** @throws HeadshotProError if the reply is not of that shape. */
export function usable<T extends z.ZodType>(
  asked: Asked,
  success: Success,
  schema: T,
  expectedKey: string,
): z.output<T> {
  const parsed = schema.safeParse(unwrap(success.json, expectedKey));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const missing = issue?.message.endsWith("received undefined");
  const problem = missing ? "it is missing" : issue?.message;
  const where = issue?.path.length ? ` (${issue.path.join(".")}: ${problem})` : "";
  throw unusable(asked, success, `the reply is not what the API documents${where}`);
}

/**
 * An answer about somebody else is no answer: nothing of it may be taken for the person who was asked about, nor be
 * told to whoever asked.
 *
 * @param answered whom the reply names; undefined: nobody, as not every API echoes what it was asked.
 * @throws HeadshotProError
 */
export function requireSamePerson(
  asked: Asked & { email: string },
  success: Success,
  answered: string | undefined,
): void {
  if (answered === undefined || personOf(answered) === personOf(asked.email)) return;
  throw unusable(asked, success, `the reply is about somebody other than ${personOf(asked.email)}`);
}

function unusable({ method, path }: Asked, { status }: Success, text: string): HeadshotProError {
  return new HeadshotProError({ reason: "unusable-reply", method, path, status, text });
}
