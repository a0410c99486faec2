/** Longer than what any message of ours needs; a stack's whole output would be. */
const LONGEST = 600;

/**
 * A text that others wrote (an address, a team, an error) as a code span for a cell of a Markdown table: as it
 * stands, with no link, no HTML, and nobody called by an `@`.
 *
 * @example
 * code("ada@acme.com"); // "`ada@acme.com`"
 * code("a|b"); // "`a\\|b`"
 */
export function code(text: string): string {
  // Control, invisible and right-to-left characters could make a line read as another one.
  const line = text.replace(/[\s\p{C}\p{Zl}\p{Zp}]+/gu, " ").trim();
  const points = [...line];
  const cut = points.length > LONGEST ? `${points.slice(0, LONGEST).join("")}…` : line;
  if (cut === "") return "";
  const longest = Math.max(0, ...(cut.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  // In a table a pipe ends the cell even in code, and whether a backslash escapes one before it, renderers disagree.
  const safe = cut.replace(/\\+(?=\|)/g, (run) => "⧵".repeat(run.length)).replaceAll("|", "\\|");
  return `${fence}${pad}${safe}${pad}${fence}`;
}
