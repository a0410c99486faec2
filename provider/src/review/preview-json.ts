import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { UNKNOWN } from "../invite/inputs";
import { count, parseJson, quote } from "../text";
import { isInviteType, isTeamType, typeOf } from "../urn";

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

function listOf<T extends z.ZodType>(type: T) {
  const list = z.array(type).nullish();
  return list.transform((found) => found ?? []);
}

const preview = z.object({
  steps: listOf(
    z.object({
      op: z.string(),
      urn: z.string(),
      /** `urn::id` of the provider. */
      provider: z.string().optional(),
      oldState: resourceState.optional(),
      newState: resourceState.optional(),
      diffReasons: listOf(z.string()),
      replaceReasons: listOf(z.string()),
    }),
  ),
  diagnostics: listOf(
    z.object({ urn: z.string().optional(), message: z.string().default(""), severity: z.string() }),
  ),
  /** In nanoseconds. A preview of an empty stack has nothing else. */
  duration: z.number().optional(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
});

/** What `pulumi preview --json` writes, as far as it is read here (pulumi/pulumi, display/json.go). */
export type Preview = z.infer<typeof preview>;
export type PreviewStep = Preview["steps"][number];
export type ResourceState = z.infer<typeof resourceState>;

/**
 * Reads what `pulumi preview --json` wrote, or says in whole sentences why that is no preview, and what to do. What else
 * the text may be is named and not shown, because it may hold secrets.
 *
 * A preview that failed has its errors in it. The text is empty if the command ended before it could preview (a wrong
 * passphrase, no such stack). Other programs (policy packs, installers) may write lines before the preview, in JSON too.
 */
export function parsePreview(text: string): { preview: Preview } | { problem: string } {
  const plain = stripVTControlCharacters(text.replace(/^\uFEFF/, "")).trim();
  if (plain === "")
    return {
      problem:
        "The preview is empty: `pulumi preview --json` ended before it could write one. Its own error says why.",
    };
  const { json, before } = lastJson(plain);
  const isStream = isEvent(parseJson(/^\{.*$/m.exec(plain)?.[0] ?? ""));
  const isBroken = json === undefined || STEP.test(before);
  if (isEvent(json) || (isBroken && isStream)) return { problem: EVENTS };
  if (isBroken) return { problem: `${describe(plain)} ${WANTED}` };
  const { data } = preview.safeParse(json);
  if (!data || !isWhole(data))
    return {
      problem: `This is JSON of ${length(plain)}, but not a preview, or not the whole of one. ${WANTED}`,
    };
  const problem = explainMissingSteps(data) ?? explainUnknownStep(data);
  return problem === undefined ? { preview: data } : { problem };
}

const WANTED = "Give it what `pulumi preview --json` writes to stdout.";
const EVENTS = `These are the engine's events: those of \`pulumi up --json\`, or of a preview that streams. ${WANTED}`;

/** The beginning of a step or of the summary: a part of one preview, or of another one, must not pass for the whole. */
const STEP = /"op":\s*"[\w-]+",\s*"urn":\s*"urn:|"changeSummary":/;

/** The JSON that ends a text, and what stands before it. */
function lastJson(text: string): { json: unknown; before: string } {
  for (const { index } of text.matchAll(/^[{[]/gm)) {
    const json = parseJson(text.slice(index));
    if (json !== undefined) return { json, before: text.slice(0, index) };
  }
  return { json: undefined, before: "" };
}

/** What a text is that is no preview. */
function describe(text: string): string {
  if (/^\{/m.test(text))
    return `This is broken JSON of ${length(text)}: a preview ends in the middle, or something else was written into it.`;
  const kind = /^<(!doctype|html|head|body)\b/i.test(text) ? "an HTML page" : "a text";
  const isPrinted = /^Previewing (update|destroy)/m.test(text);
  return `This is ${kind} of ${length(text)}, and no JSON${isPrinted ? ": `--json` was left out" : ""}.`;
}

function length(text: string): string {
  return count(text.length, "character", "characters");
}

/** Each preview counts its steps, but the one of an empty stack, and perhaps one that failed. */
function isWhole({ steps, diagnostics, duration, changeSummary }: Preview): boolean {
  const isEmptyStack = duration !== undefined && steps.length === 0;
  return isEmptyStack || !!changeSummary || diagnostics.some(({ severity }) => severity === "error");
}

/**
 * Why a preview cannot be reviewed whose list is shorter than its own summary says; undefined if it is not. Whatever the
 * engine counts is in the list, but what does not change (pulumi/pulumi, display/display.go, `shouldShow`).
 */
function explainMissingSteps({ steps, changeSummary }: Preview): string | undefined {
  const listed = (op: string) => steps.filter((step) => step.op === op).length;
  const counted = Object.entries(changeSummary ?? {}).filter(([op]) => op !== "same");
  const [op, counts] = counted.find(([op, counts]) => counts > listed(op)) ?? [];
  return (
    op &&
    `The preview counts ${counts} to ${op}, but lists ${listed(op)} of them, so it does not say what happens to whom. ` +
      "Run `pulumi preview --json` again, and pass its output on as it is."
  );
}

/** Why a preview cannot be reviewed that has a step of which we do not know what it does to whom. */
function explainUnknownStep({ steps }: Preview): string | undefined {
  const step = steps.find((one) => {
    const type = typeOf(one.urn);
    if (isInviteType(type) || isTeamType(type)) return !isKnown(one.op) || lacksState(one);
    return !isKnown(one.op) && (type === "" || NOT_COUNTED.test(type));
  });
  return (
    step &&
    `The preview has a step ${quote(step.op)} of ${quote(step.urn)}, and this version does not know what that does to ` +
      "whom. Update pulumi-headshotpro, and read the preview itself until then."
  );
}

/** What the engine counts as changes, by the name of their step. */
export const CHANGES = ["create", "update", "replace", "delete", "import"];

/** Its other steps (pulumi/pulumi, deploy/step.go): they change nothing, or belong to a replacement. */
const QUIET = [
  ...["same", "refresh", "diff", "read", "read-replacement", "discard", "discard-replaced"],
  ...["create-replacement", "delete-replaced", "import-replacement", "remove-pending-replace"],
];

export function isKnown(op: string): boolean {
  return CHANGES.includes(op) || QUIET.includes(op);
}

/** Whether a step does not say who is in the state, or who is declared. */
function lacksState({ op, oldState, newState }: PreviewStep): boolean {
  const isAbout = (...ops: string[]) => ops.includes(op) || op === "update" || op === "replace";
  return (
    (!oldState && isAbout("delete", "delete-replaced")) || (!newState?.inputs && isAbout("create", "import"))
  );
}

/** The engine's own resources, and those that people are below. */
export const NOT_COUNTED = /^(pulumi:pulumi:Stack$|pulumi:providers:|headshotpro:)/;

function isEvent(value: unknown): boolean {
  return typeof value === "object" && value !== null && "sequence" in value && "timestamp" in value;
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
