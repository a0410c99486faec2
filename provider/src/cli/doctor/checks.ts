import { count } from "../../text";

/** Whether something is as it should be, is worth knowing, or has to be put right. */
export type Level = "well" | "notable" | "wrong";

/** One line of what the doctor reports. */
export interface Check {
  level: Level;
  /** What was looked at: `clock`. */
  what: string;
  /** How it is: `5 min behind HeadshotPro's`. */
  value: string;
  /** What to do about it, in whole sentences; missing if it is well. */
  todo?: string;
}

export function well(what: string, value: string): Check {
  return { level: "well", what, value };
}

export function notable(what: string, value: string, todo: string): Check {
  return { level: "notable", what, value, todo };
}

export function wrong(what: string, value: string, todo: string): Check {
  return { level: "wrong", what, value, todo };
}

const SIGNS: Record<Level, string> = { well: "✔", notable: "⚠", wrong: "✖" };

/** Each check as a line, and what to do on a line of its own below it. */
export function toText(checks: readonly Check[], colours: Record<Level, (text: string) => string>): string {
  const width = Math.max(...checks.map(({ what }) => what.length));
  const lines = checks.flatMap(({ level, what, value, todo }) => [
    `${colours[level](SIGNS[level])} ${what.padEnd(width)}  ${value}`,
    ...(todo ? [`${" ".repeat(width + 4)}${todo}`] : []),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

/** @example "1 thing is wrong, 2 things are worth knowing" */
export function toHeadline(checks: readonly Check[]): string {
  const amount = (wanted: Level) => checks.filter(({ level }) => level === wanted).length;
  const [wrongs, notables] = [amount("wrong"), amount("notable")];
  const parts: string[] = [];
  if (wrongs > 0) parts.push(`${count(wrongs, "thing is", "things are")} wrong`);
  if (notables > 0) parts.push(`${count(notables, "thing is", "things are")} worth knowing`);
  return parts.join(", ") || "all is well";
}

/** What identifies the user. */
export interface Personal {
  home: string;
  /** The API key, if there is one. */
  apiKey?: string;
  /** Hosts of a company's own API or proxy. */
  hosts: readonly string[];
}

/** Not `package@1.0.0`. */
const EMAIL = /[^\s"'<>()@,;:/\\]+@(?!\d+\.\d)[^\s"'<>()@,;:/\\]+\.\p{L}{2,}/gu;

/** A home folder on Linux, macOS or Windows, also of another user. */
const HOME_FOLDER = /(?:\/home\/|\/Users\/|[A-Z]:\\Users\\)[^\s/\\"']+/g;

/** A check without what identifies the user, so that it can be pasted into an issue. */
export function redact(check: Check, personal: Personal): Check {
  const { todo, value } = check;
  return {
    ...check,
    value: redactText(value, personal),
    ...(todo !== undefined && { todo: redactText(todo, personal) }),
  };
}

function redactText(text: string, { home, apiKey, hosts }: Personal): string {
  let redacted = apiKey ? text.replaceAll(apiKey, "[API key]") : text;
  if (home.length > 1) redacted = redacted.replaceAll(home, "~");
  for (const host of hosts) redacted = redacted.replaceAll(host, "[host]");
  return redacted.replace(HOME_FOLDER, "~").replace(EMAIL, "[e-mail]");
}
