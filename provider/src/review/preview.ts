import { z } from "zod";

const resourceState = z.object({
  id: z.string().optional(),
  type: z.string(),
  provider: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
  retainOnDelete: z.boolean().optional(),
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
  changeSummary: z.object({ same: z.number().optional() }).nullish(),
});

/** What `pulumi preview --json` writes, as far as a review reads it (pulumi/pulumi, display/json.go). */
export type Preview = z.infer<typeof preview>;
export type PreviewStep = Preview["steps"][number];
export type ResourceState = z.infer<typeof resourceState>;

/**
 * Reads what `pulumi preview --json` wrote, or says why that is no preview: a whole sentence, and what to do.
 *
 * A preview that failed is one all the same: its errors are in it. Nothing at all is what is left of a command
 * that ended before it could preview (a wrong passphrase, no such stack): its message went to stderr.
 *
 * @example
 * readPreview(""); // { problem: "The preview is empty: …" }
 */
export function readPreview(text: string): { preview: Preview } | { problem: string } {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "")
    return {
      problem:
        "The preview is empty: `pulumi preview --json` ended before it could write one. Its own error says why.",
    };
  const whole = parsed(trimmed);
  if (whole === undefined) return { problem: problemOf(trimmed) };
  const isPreview =
    typeof whole === "object" && whole !== null && ("steps" in whole || "diagnostics" in whole);
  const reading = isPreview ? preview.safeParse(whole) : undefined;
  if (reading?.success) return { preview: reading.data };
  return { problem: isEvent(whole) ? EVENTS : `This is JSON, but not a preview. ${WANTED}` };
}

const WANTED = "Give it what `pulumi preview --json` writes to stdout.";
const EVENTS = `These are the engine's events: those of \`pulumi up --json\`, or of a preview that streams. ${WANTED}`;

function problemOf(text: string): string {
  const [first = ""] = text.split("\n");
  if (isEvent(parsed(first))) return EVENTS;
  if (text.startsWith("{"))
    return "The preview ends in the middle, or something else was written into it. Run `pulumi preview --json` again.";
  return `The preview begins with ${JSON.stringify(first.slice(0, 200))}, which is not JSON. ${WANTED}`;
}

function isEvent(value: unknown): boolean {
  return typeof value === "object" && value !== null && "sequence" in value && "timestamp" in value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
