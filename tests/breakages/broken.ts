import type { Breakage } from "./breakages";

/** A file with the mistake in it. @throws where the code has moved on, and the breakage would break nothing. */
export function broken(text: string, { from, to, mistake, file }: Breakage): string {
  const [before, after, ...more] = text.split(from);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(
      `"${mistake}": its text stands ${more.length === 0 ? "not" : "more than once"} in ${file}`,
    );
  return before + to + after;
}
