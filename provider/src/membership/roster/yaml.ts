import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { isProperties, type RosterRow, type RosterRows, unreadable } from "./roster";

/** Reads a list of addresses or of maps, or one under the key `members`. JSON is YAML, too. */
export function readYaml(text: string, name: string): RosterRows {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, merge: true });
  const lineOf = (offset: number) => `${name}:${lineCounter.linePos(offset).line}`;
  if (document.errors.length)
    return {
      rows: [],
      problems: document.errors.map(({ pos, message }) => ({ where: lineOf(pos[0]), reason: message })),
      notes: [],
    };
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null))
    return { rows: [], problems: [], notes: [] };
  const list = isMap(contents) ? contents.get("members", true) : contents;
  if (isScalar(list) && list.value === null) return { rows: [], problems: [], notes: [] };
  if (!isSeq(list)) {
    const keys = isMap(contents) ? `; the keys found: ${keysOf(contents).join(", ")}` : "";
    return unreadable(
      lineOf(contents.range?.[0] ?? 0),
      `expected a list of people, or one under "members"${keys}`,
    );
  }
  const ignored = isMap(contents) ? keysOf(contents).filter((key) => key !== "members") : [];
  return {
    rows: list.items.map((item) => rowOf(item as Node, document, lineOf)),
    problems: [],
    notes: ignored.length ? [`keys ignored: ${ignored.join(", ")}`] : [],
  };
}

function rowOf(item: Node, document: Document, lineOf: (offset: number) => string): RosterRow {
  const where = lineOf(item.range?.[0] ?? 0);
  const value = plainValue(item, document);
  const declared = isProperties(value) ? { ...value } : { email: value ?? undefined };
  const cells: RosterRow["cells"] = {};
  for (const key of Object.keys(declared)) {
    const written = isMap(item) ? item.get(key, true) : undefined;
    cells[key] = { where: isScalar(written) && written.range ? lineOf(written.range[0]) : where };
  }
  return { where, declared, cells };
}

/** An alias (`*ada`) is what it stands for; where that is nothing, it stands for itself and is no address. */
function plainValue(item: Node, document: Document): unknown {
  try {
    return item.toJS(document);
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return String(item);
  }
}

function keysOf(map: { items: { key: unknown }[] }): string[] {
  return map.items.map(({ key }) => String(key));
}
