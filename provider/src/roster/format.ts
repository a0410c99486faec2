import { isUtf8 } from "node:buffer";

/** The formats of a roster's file. JSON is YAML, too. */
export const ROSTER_FORMATS = ["csv", "yaml"] as const;
export type RosterFormat = (typeof ROSTER_FORMATS)[number];

/** The format, by the end of a file's name: `.csv` and `.tsv`, or `.yaml`, `.yml` and `.json`. */
export function findFormat(fileName: string): RosterFormat | undefined {
  if (/\.(csv|tsv)$/i.test(fileName)) return "csv";
  return /\.(ya?ml|json)$/i.test(fileName) ? "yaml" : undefined;
}

type Decoded = { text: string; problem?: undefined } | { text?: undefined; problem: string };

const AS_CSV =
  'Export the table as CSV: in Excel by "Save as", "CSV UTF-8", in Google Sheets by "Download", "Comma-separated values"';

const AS_UTF8 = "save it as UTF-8, in Excel “CSV UTF-8”";

/** What files begin with that are saved under the name of a table, and what they are. */
const KINDS: [start: string | RegExp, what: string, remedy?: string][] = [
  ["PK\x03\x04", "a spreadsheet's own file (xlsx, ods, numbers) or another zip"],
  ["\xD0\xCF\x11\xE0", "an Excel file (xls), or one with a password"],
  ["%PDF-", "a PDF"],
  ["\x1F\x8B", "compressed by gzip", "Unpack it"],
  [/^\s*\{\\rtf/, "a text document (RTF)"],
  ["version https://git-lfs", "a pointer of Git LFS, not the file itself", "Run `git lfs pull`"],
  [
    /^\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|script|style|meta|div|span|p|form|iframe|h[1-6])\b/is,
    "a web page (HTML), a sign-in page perhaps",
  ],
  [/^\s*<svg\b/i, "a picture (SVG)"],
  [/^\s*<\?xml\b/, "XML"],
];

/** What begins with a bracket and a quotation mark, another bracket, or nothing. */
const JSON_START = /^\s*(\[\s*[[{"\]]|\{\s*["}])/;

const JSON_LINES_START = /^\s*\{\s*".*\}\s*\n\s*\{/;

const JSON_LINES =
  "it is JSON with an object in each line (JSON Lines), and no list: put [ and ] around all of them, and commas between";

/** What a list or a map in YAML never begins with: a word and no colon in the line. */
const TABLE_START = /^\s*"?[\p{L}\p{N}][^:\n]*(\n|$)/u;

const TABLE_AS_YAML =
  'it looks like a table, and is to be read as YAML: give it a name that ends in .csv, or format: "csv"';

const JSON_AS_CSV =
  'it is JSON, and is to be read as a table: give it a name that ends in .json, or format: "yaml", which reads JSON as well';

/**
 * Decodes a roster's file: UTF-8, with or without a byte order mark. Anything else is refused whole, because a guessed
 * letter would make another person's address.
 */
export function decode(bytes: Uint8Array, format: RosterFormat): Decoded {
  const start = Buffer.from(bytes.subarray(0, 1_000))
    .toString("latin1")
    .replace(/^\xEF\xBB\xBF/, "");
  const kind = KINDS.find(([begin]) =>
    typeof begin === "string" ? start.startsWith(begin) : begin.test(start),
  );
  if (kind) return { problem: `it is ${kind[1]}, and no table and no list. ${kind[2] ?? AS_CSV}` };
  if (JSON_LINES_START.test(start)) return { problem: JSON_LINES };
  if (format === "csv" && JSON_START.test(start)) return { problem: JSON_AS_CSV };
  if (bytes.includes(0))
    return { problem: `it is not text in UTF-8 (UTF-16, or no text at all): ${AS_UTF8}` };
  if (!isUtf8(bytes))
    return { problem: `it is not text in UTF-8 (some characters cannot be read): ${AS_UTF8}` };
  const text = new TextDecoder().decode(bytes).replace(/\r\n?/g, "\n");
  return format === "yaml" && TABLE_START.test(text) ? { problem: TABLE_AS_YAML } : { text };
}
