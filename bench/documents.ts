import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pointsOf, type Results } from "./results";
import { fitParameters, type Parameters, simulate } from "./simulation";
import { tableOf } from "./table";

const DOCS = resolve(__dirname, "../docs");

/** Writes what was measured into docs/performance.md and docs/scale.md, between the marks that they have for it. */
export function writeDocuments(results: Results): void {
  fill("performance.md", "table", partsText(results));
  const growth = pointsOf(results, "growth");
  // Nothing to fit: the old figures stay.
  if (growth.some(({ writtenBytes }) => writtenBytes))
    fill("scale.md", "simulation", simulationText(fitParameters(growth)));
}

/**
 * Puts a text between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`.
 *
 * @throws Error if the document has no such marks.
 */
export function between(document: string, name: string, text: string): string {
  const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const [from, to] = [document.indexOf(open), document.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`There is no ${open} … ${close} to write to.`);
  return `${document.slice(0, from + open.length)}\n${text}\n${document.slice(to)}`;
}

function fill(file: string, name: string, text: string): void {
  const path = resolve(DOCS, file);
  writeFileSync(path, between(readFileSync(path, "utf8"), name, text));
}

function partsText({ parts }: Results): string {
  const sections = Object.entries(parts).map(([name, part]) => {
    const { rows, notes = [], seconds, error, startedAt, machine } = part;
    const { cpu, cores, node, pulumi } = machine;
    return [
      `### ${name}`,
      `Measured ${startedAt.slice(0, 10)} on ${cores} × ${cpu}, Node ${node}, Pulumi ${pulumi}, in ${Math.round(seconds)} s.`,
      ...(error ? [`This part failed: ${error.split("\n")[0]}`] : []),
      ...(rows.length > 0 ? [tableOf(rows)] : []),
      ...notes,
    ].join("\n\n");
  });
  return sections.join("\n\n");
}

function simulationText(parameters: Parameters): string {
  const rows = [1_000, 5_000, 10_000, 100_000].flatMap((people) =>
    [true, false].map((checkpoints) => {
      const free = simulate({ people, checkpoints }, parameters);
      const limited = simulate({ people, checkpoints, limit: 300 }, parameters);
      return [
        people.toLocaleString("en-US"),
        checkpoints ? "on" : "off",
        bytesText(free.stateBytes),
        bytesText(free.writtenBytes),
        timeText(free.seconds),
        timeText(limited.seconds),
        timeText(60 * Math.floor((people - 1) / 300)),
      ];
    }),
  );
  const { startSeconds, secondsEach, stateBytesEach, writesEach, secondsPerByte } = parameters;
  const head = [
    "people",
    "checkpoints",
    "state",
    "written",
    "`up`",
    "with 300 requests a minute",
    "the limit alone",
  ];
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [
    [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n"),
    `Fitted: ${startSeconds.toFixed(1)} s to start, ${(secondsEach * 1000).toFixed(1)} ms and ` +
      `${Math.round(stateBytesEach)} B of state for each person, ${writesEach.toFixed(1)} states written for each, ` +
      `${(secondsPerByte * 1e9).toFixed(1)} ns for each byte of them.`,
  ].join("\n\n");
}

function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  if (bytes === 0) return "0 B";
  const unit = Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** unit).toPrecision(3)} ${units[unit]}`;
}

function timeText(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(0)} days`;
}
