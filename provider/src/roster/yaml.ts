import {
  CST,
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLParseError,
} from "yaml";
import { readEmail } from "../invite/email";
import { brokenCell } from "../invite/inputs";
import { cut, firstOf, quote } from "../text";
import { isProperties, noRows, type RosterRow, type RosterRows, unreadable } from "./validate";

const NO_LIST = 'expected a list of people, or one under "members"';

/** How many keys a message names. */
const NAMED = 12;

interface Source {
  text: string;
  document: Document;
  /** `people.yaml:3` */
  placeOf(offset: number): string;
}

/** Reads a list of addresses or of maps, or one under the key `members`. JSON is YAML, too. */
export function readYaml(text: string, name: string): RosterRows {
  const deep = tooDeepAt(text);
  if (deep !== undefined)
    return unreadable(
      `${name}:${deep}`,
      `it is nested more than ${DEEPEST} levels deep, which no roster is: ${NO_LIST}`,
    );
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, merge: true });
  const placeOf = (offset: number) => `${name}:${lineCounter.linePos(offset).line}`;
  const problems = document.errors.map((error) => ({
    where: placeOf(error.pos[0]),
    ...toProblem(error, text),
  }));
  if (problems.length) return noRows(problems);
  const { contents } = document;
  const list = isMap(contents) ? contents.get("members", true) : contents;
  if (list === null || (isScalar(list) && list.value === null)) return noRows();
  // In a list of pairs (!!omap), the items are no nodes.
  if (!isSeq(list) || !list.items.every(isNode)) {
    const keys = isMap(contents) ? `; the keys found: ${firstOf(keyNames(contents), NAMED)}` : "";
    return unreadable(placeOf(contents?.range?.[0] ?? 0), `${NO_LIST}${keys}`);
  }
  const ignored = isMap(contents) ? keyNames(contents).filter((key) => key !== "members") : [];
  return {
    rows: list.items.map((item) => toRow(item as Node, { text, document, placeOf })),
    problems: [],
    notes: ignored.length ? [`keys ignored: ${firstOf(ignored, NAMED)}`] : [],
  };
}

/** What is wrong with the text, in our words where the library's speak of its parser. */
function toProblem(
  { code, message, pos: [start] }: YAMLParseError,
  text: string,
): { column?: string; reason: string } {
  if (code === "MULTIPLE_DOCS")
    return {
      reason: "another document begins here (---), and a roster is one: make one list of them, or two files",
    };
  const [, key] = /([^\s{,]+)[^\S\n]*:[^\S\n]*$/.exec(text.slice(0, start)) ?? [];
  if (key === undefined || !message.includes("block-seq-ind on same line with key"))
    return { reason: message };
  return {
    column: cut(key),
    reason:
      '"-" begins a list here, and is no value: leave the property out if there is none, or put the value in quotation marks',
  };
}

function toRow(item: Node, source: Source): RosterRow {
  const where = source.placeOf(item.range?.[0] ?? 0);
  const { value, nothing } = plainValue(item, source);
  if (nothing !== undefined)
    return { where, declared: {}, cells: {}, problems: [{ where, column: "email", reason: nothing }] };
  const declared = isProperties(value) ? { ...value } : { email: value ?? undefined };
  const row: RosterRow = { where, declared, cells: {}, problems: [] };
  for (const key of Object.keys(declared)) {
    const written = isMap(item) ? item.get(key, true) : undefined;
    const [start, end] = (isScalar(written) && written.range) || [];
    const place = start === undefined ? where : source.placeOf(start);
    row.cells[key] = { where: place };
    // To YAML a spreadsheet's error (`#N/A`) is a comment, and the value nothing at all.
    const comment = isScalar(written) && written.value === null ? written.comment : undefined;
    const hidden = comment ? brokenCell("email", `#${comment}`) : undefined;
    if (hidden !== undefined) row.problems.push({ where: place, column: key, reason: hidden });
    if (start === undefined || end === undefined) continue;
    const reason = swallowedPerson(source.text.slice(start, end), (offset) => source.placeOf(start + offset));
    if (reason !== undefined) row.problems.push({ where: place, column: key, reason });
  }
  return row;
}

/** The value of an item, or of what an alias (`*ada`) stands for. */
function plainValue(item: Node, { text, document }: Source): { value?: unknown; nothing?: string } {
  try {
    return { value: item.toJS(document) };
  } catch {
    // Whatever the library finds: no anchor, one that holds itself, one of no map under "<<", thousands in a chain.
    const written = quote(text.slice(item.range?.[0], item.range?.[1]));
    return {
      nothing: `${written} stands for nothing that can be read: its anchor (&) is missing, or leads back to itself`,
    };
  }
}

/** The keys as messages name them; "?" for one that is no text. */
function keyNames({ items }: { items: { key: unknown }[] }): string[] {
  return items.map(({ key }) => (isScalar(key) ? cut(String(key.value)) : "?"));
}

/**
 * What is wrong with a value that takes in the line of another person, as a list item with one space too many does.
 *
 * @param source the value as it is written.
 */
function swallowedPerson(source: string, placeOf: (offset: number) => string): string | undefined {
  const [first = "", ...others] = source.split("\n");
  let offset = first.length + 1;
  for (const line of others) {
    if (line.split(/[\s,"']+/).some((word) => readEmail(word).email !== undefined))
      return (
        `it goes on in ${placeOf(offset)}, which looks like another person (${quote(line)}): check the ` +
        "indentation and the quotation marks"
      );
    offset += line.length + 1;
  }
  return undefined;
}

/** A roster has three levels; the library calls itself for each, and thousands of them end the process. */
const DEEPEST = 100;

const SILENT = ["space", "newline", "comment", "comma", "doc-mode", "flow-error-end"];
/** Tokens that take no room in the text. */
const MARKS = ["doc-mode", "flow-error-end", "scalar"];

/**
 * The line on which a document is nested deeper than {@link DEEPEST}. The tree cannot be built to be measured, so this is
 * an estimate from the tokens, a few levels too high.
 */
function tooDeepAt(text: string): number | undefined {
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
