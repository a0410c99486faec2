import { count } from "../../invite/listed-people";
import type { Finding, Level } from "./finding";

const SIGNS: Record<Level, string> = { well: "✔", notable: "⚠", wrong: "✖" };

/** Each finding as a line, and what to do on a line of its own below it. */
export function findingsText(
  findings: readonly Finding[],
  colours: Record<Level, (text: string) => string>,
): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.flatMap(({ level, what, value, todo }) => [
    `${colours[level](SIGNS[level])} ${what.padEnd(width)}  ${value}`,
    ...(todo ? [`${" ".repeat(width + 4)}${todo}`] : []),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

/** @example "1 thing is wrong, 2 things are worth knowing" */
export function headlineOf(findings: readonly Finding[]): string {
  const number = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const [wrong, notable] = [number("wrong"), number("notable")];
  const parts = [
    ...(wrong > 0 ? [`${count(wrong, "thing is", "things are")} wrong`] : []),
    ...(notable > 0 ? [`${count(notable, "thing is", "things are")} worth knowing`] : []),
  ];
  return parts.join(", ") || "all is well";
}
