import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { UNKNOWN } from "../invite/inputs";
import { parseJson, quote } from "../text";
import { isInviteType, nameOf, typeOf } from "../urn";

/** The command whose output a review wants: with what does not change, and with each step of a replacement. */
export const PREVIEW_COMMAND = "pulumi preview --json --show-sames --show-replacement-steps";

const resourceState = z.object({
  id: z.string().optional(),
  type: z.string(),
  custom: z.boolean().optional(),
  parent: z.string().optional(),
  provider: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
  retainOnDelete: z.boolean().optional(),
  /** The URN of a resource; if that is deleted, the engine deletes this one without asking the provider. */
  deletedWith: z.string().optional(),
  /** Whether an earlier `up` deleted the resource in order to replace it, and did not create it again yet. */
  pendingReplacement: z.boolean().optional(),
});

const names = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

const preview = z.object({
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn: z.string(),
        /** `urn::id` of the provider. */
        provider: z.string().optional(),
        oldState: resourceState.optional(),
        newState: resourceState.optional(),
        diffReasons: names,
        replaceReasons: names,
      }),
    )
    .nullish()
    .transform((steps) => steps ?? []),
  diagnostics: z
    .array(z.object({ urn: z.string().optional(), message: z.string().default(""), severity: z.string() }))
    .nullish()
    .transform((diagnostics) => diagnostics ?? []),
  changeSummary: z.record(z.string(), z.number()).nullish(),
});

/** What `pulumi preview --json` writes, as far as it is read here (pulumi/pulumi, display/json.go). */
export type Preview = z.infer<typeof preview>;
export type PreviewStep = Preview["steps"][number];
export type ResourceState = z.infer<typeof resourceState>;

/**
 * Reads what `pulumi preview --json` wrote, or says in whole sentences why that is no preview, and what to do.
 *
 * A preview that failed has its errors in it. The text is empty if the command ended before it could preview (a wrong
 * passphrase, no such stack). Other programs (policy packs, installers) may write lines before the preview.
 */
export function parsePreview(text: string): { preview: Preview } | { problem: string } {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "")
    return {
      problem:
        "The preview is empty: `pulumi preview --json` ended before it could write one. Its own error says why.",
    };
  const whole = parseJson(trimmed) ?? parseBehindLines(stripVTControlCharacters(trimmed));
  if (typeof whole === "string") return { problem: whole };
  const reading = isPreview(whole) ? preview.safeParse(whole) : undefined;
  if (!reading?.success)
    return { problem: isEvent(whole) ? EVENTS : `This is JSON, but not a preview. ${WANTED}` };
  const missing = explainMissingSteps(reading.data);
  return missing === undefined ? { preview: reading.data } : { problem: missing };
}

const WANTED = "Give it what `pulumi preview --json` writes to stdout.";
const EVENTS = `These are the engine's events: those of \`pulumi up --json\`, or of a preview that streams. ${WANTED}`;

/** The JSON that ends a text, read past lines that are no preview; a string: why there is none. */
function parseBehindLines(text: string): unknown {
  for (const { index } of text.matchAll(/^\{/gm)) {
    const rest = text.slice(index);
    const json = parseJson(rest);
    if (json !== undefined) return json;
    const line = parseJson(rest.split(/[\r\n]/, 1)[0] ?? "");
    if (isEvent(line)) return EVENTS;
    // Another program's log in JSON; but a part of a preview must not pass for the whole of it.
    if (line === undefined || isPreview(line))
      return "The preview ends in the middle, or something else was written into it. Run `pulumi preview --json` again.";
  }
  const [first = ""] = text.split("\n", 1);
  return `The preview begins with ${JSON.stringify(first.slice(0, 200))}, which is not JSON. ${WANTED}`;
}

/** Why a preview cannot be reviewed whose list is shorter than its own summary says; undefined if it is not. */
function explainMissingSteps({ steps, changeSummary }: Preview): string | undefined {
  const listed = (op: string) => steps.filter((step) => step.op === op).length;
  const missing = CHANGES.find((op) => (changeSummary?.[op] ?? 0) > listed(op));
  return (
    missing &&
    `The preview counts ${changeSummary?.[missing]} to ${missing}, but lists ${listed(missing)} of them, so it does not ` +
      "say what happens to whom. Run `pulumi preview --json` again, and pass its output on as it is."
  );
}

/** What the engine counts as changes, by the name of their step. */
export const CHANGES = ["create", "update", "replace", "delete"];

function isPreview(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("steps" in value || "diagnostics" in value);
}

function isEvent(value: unknown): boolean {
  return typeof value === "object" && value !== null && "sequence" in value && "timestamp" in value;
}

/** A file's text. PowerShell's `>` writes UTF-16 with a byte order mark; anything else is UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}

export const STACK_TYPE = "pulumi:pulumi:Stack";

/** What the engine prints in place of a secret. */
export const SECRET = "[secret]";

/** A value that the preview shows; undefined if it is secret, known only later, or no text. */
export function visible(value: unknown): string | undefined {
  return typeof value === "string" && value !== SECRET && value !== UNKNOWN ? value : undefined;
}

/** The same for a value that may be missing: null if there is one, and the preview does not show it. */
export function visibleOrNull(value: unknown): string | null | undefined {
  return value === undefined || value === null ? undefined : (visible(value) ?? null);
}

/** The stack that a preview is about: `people/prod`. Undefined if the preview names no resource. */
export function stackIn({ steps, diagnostics }: Preview): string | undefined {
  const urn = [...steps, ...diagnostics].find(({ urn }) => urn)?.urn ?? "";
  const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(urn) ?? [];
  return stack && project && `${project}/${stack}`;
}

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

/** What rosters say of people who start later: lines that are no warnings, without secret addresses. */
export function startersIn(preview: Preview): string[] {
  const mask = maskFor(preview);
  return preview.diagnostics
    .filter(({ severity, message }) => severity.startsWith("info") && STARTERS.test(message))
    .map((one) => trimMessage(mask(one), one.urn));
}

/** The lines of `laterLines` (roster/starts-on.ts). */
const STARTERS = /\d+ (person starts|people start) later: |though they start later: /;

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
 * Takes secret addresses out of messages, in which the provider quotes secrets as plain values. The steps of the preview
 * and the engine's words about a refused value show which are secret. A resource whose change is refused has no step, so
 * an address that the preview shows nowhere else may be secret.
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
