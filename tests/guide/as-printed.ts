/** A row of the engine that goes on so after the resource's name. */
function row(rest: string): RegExp {
  return new RegExp(`(^ [+~ -]{1,2} +\\w[\\w-]*:\\S+:\\S+ \\S+)${rest}`, "gm");
}

/** What differs from run to run and tells a reader nothing. */
const CHANGING: readonly [RegExp, string][] = [
  [/ \([\d.]+m?s\)/g, ""],
  [/^@ (previewing update|updating|refreshing|destroying)\.+$/gm, ""],
  [row(" (creating|deleting|updating|replacing|refreshing|running)( .*)?$"), ""],
  // It is in the diagnostics as well, and in a row as soon or as late as it happens to come.
  [/^ .*:HeadshotRoster \S+ .*\.csv: .*$/gm, ""],
  // What stays as it is has a row or none.
  [row(" *$"), ""],
  [row("  \\S.*$"), ""],
  [row("( \\w+(?: \\[diff: [^\\]]*\\])?)(?:; | \\d+ error| error: ).*$"), "$1$2"],
  [/^Duration: .*$/gm, ""],
  [/http:\/\/127\.0\.0\.1:\d+/g, "http://127.0.0.1:8787"],
  [/[ \t]+$/gm, ""],
  [/\n{2,}/g, "\n\n"],
];

/** The engine works on many people at once, so the order of its rows and of its diagnostics is chance. */
const ROWS = /(^ [+~ -]{1,2} +\w[\w-]*:\S+:\S+ .*\n+)+/gm;
const DIAGNOSTICS = /(^ {2}\S+:\S+:\S+ \(.*\):\n(^ {4}.*\n)+\n*)+/gm;

/** Every run is on this day. */
const DAY = Date.parse("2026-11-23");

/** The output of a command as a reader of the guide is to see it: without times, in a stable order. */
export function asPrinted(text: string): string {
  return CHANGING.reduce((printed, [changing, instead]) => printed.replace(changing, instead), text)
    .replace(/\d{4}-\d\d-\d\d/g, onThatDay)
    .replace(ROWS, (rows) => `${[...new Set(rows.split(/\n+/))].sort().join("\n")}\n\n`)
    .replace(DIAGNOSTICS, (blocks) =>
      blocks
        .split(/^(?= {2}\S)/m)
        .sort()
        .join(""),
    )
    .replace(/\n{2,}/g, "\n\n")
    .trim();
}

function onThatDay(date: string): string {
  const since = Date.parse(date) - Date.parse(new Date().toISOString().slice(0, 10));
  return new Date(DAY + since).toISOString().slice(0, 10);
}
