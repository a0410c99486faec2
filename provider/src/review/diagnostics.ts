import { stripVTControlCharacters } from "node:util";
import { nameOf, typeOf } from "../invite/urn";
import type { Preview } from "./preview-json";

/** An error or a warning that the engine, the program or the provider reported in a preview. */
export interface Diagnostic {
  /** The resource's name, if it is about one. */
  resource?: string;
  message: string;
}

/** The diagnostics of one severity, each without colours, stack frames and the engine's own prefixes. */
export function diagnosticsIn({ diagnostics }: Preview, severity: "error" | "warning"): Diagnostic[] {
  const all = diagnostics
    .filter((one) => one.severity === severity)
    .map(({ urn, message }) => ({ resource: urn && nameOf(urn), message: trimMessage(message, urn) }));
  const reasons = all.filter(({ message }) => message !== "" && message !== "preview failed");
  // "preview failed" adds nothing to a reason. It stays if there is no other.
  return reasons.length > 0 ? reasons : all;
}

function trimMessage(message: string, urn = ""): string {
  return stripVTControlCharacters(message)
    .replace(/<\{%.*?%\}>/g, "")
    .split("\n")
    .filter((line) => !/^\s+at /.test(line))
    .join("\n")
    .replace(/^(error|warning): /, "")
    .replace(`${typeOf(urn)} resource '${nameOf(urn)}': `, "")
    .trim();
}
