import { stripVTControlCharacters } from "node:util";
import { nameOf, typeOf } from "../invite/urn";
import type { Preview } from "./preview";

/** Something that the preview says: an error, or a warning. */
export interface Remark {
  /** The resource's name, if it is about one. */
  resource?: string;
  message: string;
}

/** What the engine, the program and the provider had to say in a preview. */
export function remarks({ diagnostics }: Preview, severity: string): Remark[] {
  const said = diagnostics.filter((one) => one.severity === severity);
  const told = said.map(({ urn, message }) => ({
    resource: urn && nameOf(urn),
    message: essence(message, urn),
  }));
  const telling = told.filter(({ message }) => message !== "" && message !== "preview failed");
  // "preview failed" says nothing beside a reason; alone it is all that there is.
  return telling.length > 0 ? telling : told;
}

/** Without colours, stack frames and the engine's own prefixes: the resource is named beside it. */
function essence(message: string, urn = ""): string {
  return stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => !/^\s+at /.test(line))
    .join("\n")
    .replace(/^(error|warning): /, "")
    .replace(`${typeOf(urn)} resource '${nameOf(urn)}': `, "")
    .trim();
}
