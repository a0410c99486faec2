import { code } from "./code";
import type { Preview } from "./preview";

/** GitHub refuses a longer comment; GitLab would take more. */
const LONGEST = 65_536;

const CUT =
  "… The comment ends here, because a longer one is refused. The job's output has all of the review.";

/**
 * A review as the comment of one stack: with a mark that readers do not see, by which it is found again.
 *
 * @param stack as the comment names it; undefined if it is not known
 * @param longest in characters
 */
export function commentOf(
  markdown: string,
  stack: string | undefined,
  longest = LONGEST,
): { mark: string; body: string } {
  const mark = `<!-- pulumi-headshotpro review${stack === undefined ? "" : ` ${encodeURIComponent(stack)}`} -->`;
  const ends = stack === undefined ? "" : `\nStack: ${code(stack)}\n`;
  const whole = `${mark}\n${markdown}${ends}`;
  if (whole.length <= longest) return { mark, body: whole };
  const room = longest - mark.length - CUT.length - ends.length - "\n\n\n\n".length;
  // At the end of a line, so that no table or code is cut in two.
  const kept = markdown.slice(0, markdown.lastIndexOf("\n", room));
  return { mark, body: `${mark}\n${kept}\n\n${CUT}\n${ends}` };
}

/**
 * The stack that a preview is about, as `project/stack`; undefined if it names no resource.
 *
 * @example
 * stackOf(preview); // "people/prod"
 */
export function stackOf({ steps, diagnostics }: Preview): string | undefined {
  const urn = [...steps, ...diagnostics].find(({ urn }) => urn)?.urn ?? "";
  const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(urn) ?? [];
  return stack && project && `${project}/${stack}`;
}
