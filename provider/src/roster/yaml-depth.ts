import { CST, Lexer } from "yaml";

/** A roster has three levels; the library calls itself for each, and thousands of them end the process. */
export const DEEPEST = 100;

const SILENT = ["space", "newline", "comment", "comma", "doc-mode", "flow-error-end"];
/** They tell of what follows, and take no room in the text. */
const MARKS = ["doc-mode", "flow-error-end", "scalar"];

/**
 * The line on which a document is nested deeper than {@link DEEPEST}. It is an estimate from the words alone, a few
 * levels too high, because the tree cannot be built to be measured.
 *
 * @example
 * tooDeepAt("- ada@acme.com\n"); // undefined
 */
export function tooDeepAt(text: string): number | undefined {
  let line = 1;
  let column = 0;
  let brackets = 0;
  /** The columns at which the open blocks begin. */
  const blocks: number[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme);
    if (type === "flow-seq-start" || type === "flow-map-start") brackets++;
    else if (type === "flow-seq-end" || type === "flow-map-end") brackets = Math.max(0, brackets - 1);
    else if (brackets === 0 && !SILENT.includes(type ?? "")) {
      while ((blocks.at(-1) ?? -1) >= column) blocks.pop();
      blocks.push(column);
    }
    if (blocks.length + brackets > DEEPEST) return line;
    if (type !== null && MARKS.includes(type)) continue;
    const lines = lexeme.split("\n");
    line += lines.length - 1;
    column = (lines.length > 1 ? 0 : column) + (lines.at(-1)?.length ?? 0);
  }
  return undefined;
}
