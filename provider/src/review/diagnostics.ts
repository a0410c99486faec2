import { stripVTControlCharacters } from "node:util";
import { quote } from "../text";
import { isInviteType, nameOf, typeOf } from "../urn";
import { type Preview, SECRET, visible } from "./preview-json";

/** An error or a warning that the engine, the program or the provider reported in a preview. */
export interface Diagnostic {
  /** The resource's name, if it is about one. */
  resource?: string;
  /** Without secret addresses. */
  message: string;
}

type Reported = Preview["diagnostics"][number];

/** The diagnostics of one severity, each without secrets, colours, stack frames and the engine's own prefixes. */
export function diagnosticsIn(preview: Preview, severity: "error" | "warning"): Diagnostic[] {
  const mask = maskFor(preview);
  const all = preview.diagnostics
    .filter((one) => one.severity === severity)
    .map((one) => ({ resource: one.urn && nameOf(one.urn), message: trimMessage(mask(one), one.urn) }));
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

/** How the engine prints a value that `check` refuses: `{ada@acme.com}`, and a secret one `{&{{ada@acme.com}}}`. */
const REFUSED_SECRET = /(?<= value )\{&\{\{(.*)\}\}\}(?= has a problem: )/s;
const REFUSED_ADDRESS = /property email value \{(?!&\{\{)/;

const ADDRESS = /[^\s"'`<>(){},;:/]+@[^\s"'`<>(){},;:/]*[\p{L}\p{N}]/gu;

/**
 * Takes secret addresses out of messages. The provider gets secrets as plain values, and quotes them. Which ones are
 * secret, the steps of the preview show, and the engine's words about a refused value. A resource whose change is refused
 * has no step: an address that is shown nowhere else in the preview may be secret then, and the resource's name stands
 * beside the message.
 */
function maskFor({ steps, diagnostics }: Preview): (diagnostic: Reported) => string {
  const emails = steps.flatMap(({ oldState, newState }) => [
    oldState?.outputs?.email,
    newState?.inputs?.email,
  ]);
  const shown = new Set(emails.map(visible));
  const secrets = [
    ...steps.map(({ oldState }) => (oldState?.outputs?.email === SECRET ? oldState.id : undefined)),
    ...diagnostics.map(({ message }) => REFUSED_SECRET.exec(message)?.[1]),
  ].filter((secret) => secret?.includes("@")) as string[];
  return ({ urn = "", message }) => {
    const mayBeSecret = isInviteType(typeOf(urn)) && !REFUSED_ADDRESS.test(message);
    const refused = REFUSED_SECRET.exec(message)?.[1];
    let masked = message.replace(REFUSED_SECRET, SECRET);
    if (refused !== undefined) masked = masked.replaceAll(quote(refused), quote(SECRET));
    masked = masked.replaceAll(ADDRESS, (address) => {
      if (secrets.includes(address)) return SECRET;
      const isOpen = !mayBeSecret || shown.has(address) || nameOf(urn).includes(address);
      return isOpen ? address : "[address]";
    });
    return secrets.reduce((text, secret) => text.replaceAll(secret, SECRET), masked);
  };
}
