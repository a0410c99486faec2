import type { Line, Styles } from "./script";

/** A script as text that can be pasted into regressions.spec.ts. */
export function scriptText(lines: readonly Line[], styles: Partial<Styles> = {}): string {
  const said = Object.entries(styles).filter(([, value]) => value !== undefined);
  const head = said.length > 0 ? `styles: ${text(Object.fromEntries(said))}\n` : "";
  return head + lines.map((line) => `  ${lineText(line)},`).join("\n");
}

function lineText(line: Line): string {
  switch (line.do) {
    case "declare":
      return `declare("${line.slot}", ${text(line.as)})`;
    case "move":
      return `move("${line.slot}", "${line.at}")`;
    case "raise":
      return `raise("${line.slot}", ${line.resend})`;
    case "give":
      return `give("${line.from}", "${line.to}", "${line.at}")`;
    case "remove":
    case "taint":
      return `${line.do}("${line.slot}")`;
    case "swap":
      return `swap("${line.slots.join('", "')}")`;
    case "rename":
    case "rotate":
      return `${line.do}("${line.provider}")`;
    case "rename team":
      return `renameTeam("${line.team}"${line.org ? `, ${line.org}` : ""})`;
    case "allow":
      return `allow(${line.domain ? `"${line.domain}"` : ""})`;
    case "limit":
      return `limit(${line.removals ?? ""})`;
    case "act":
      return `act("${line.who}", "${line.action}"${line.org ? `, ${line.org}` : ""})`;
    case "wait":
      return `wait(${line.days})`;
    case "credits":
      return `credits(${line.left})`;
    case "settle":
      return "settle()";
    default:
      return `${line.do}(${Object.keys(line.disturbed).length > 0 ? text(line.disturbed) : ""})`;
  }
}

function text(value: unknown): string {
  return JSON.stringify(value)
    .replace(/"(\w+)":/g, " $1: ")
    .replace(/}/g, " }");
}
