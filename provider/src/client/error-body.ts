/** What an error's body says, whichever of the known envelopes it came in. */
export interface ErrorBody {
  /** The machine-readable code, in capitals as the API writes it: `NOT_FOUND`. */
  code?: string;
  /** The human text, cleaned for printing. */
  text?: string;
  /** Whether the body is the API's own documented envelope: `{success: false, …}`. */
  ownEnvelope: boolean;
}

/**
 * Reads the code and the human text out of an error's body.
 *
 * The documented envelope is `{success: false, error, code}`; the vendor's other pages and common frameworks
 * in front of an API use others, and a proxy answers in HTML. None of them may be lost on the reader.
 *
 * @param body the parsed JSON, or the raw text if it was not JSON.
 * @example
 * readErrorBody({ error: { code: "NOT_FOUND", message: "No such team" } });
 * // { code: "NOT_FOUND", text: "No such team", ownEnvelope: false }
 */
export function readErrorBody(body: unknown): ErrorBody {
  if (typeof body === "string") return { text: printable(textOfMarkup(body)), ownEnvelope: false };
  if (!isRecord(body)) return { ownEnvelope: false };
  const nested = isRecord(body.error) ? body.error : undefined;
  return {
    code: codeOf(body.code) ?? codeOf(nested?.code),
    text: printable(
      textOf(nested?.message) ?? textOf(body.message) ?? textOf(body.error) ?? textOfIssues(body.errors),
    ),
    ownEnvelope: body.success === false,
  };
}

/**
 * Makes text from elsewhere fit to print: control characters (a terminal would obey them) become spaces, and
 * it is cut at 300 characters.
 */
export function printable(text: string | undefined): string | undefined {
  // Cut before matching: a hostile body may be megabytes long.
  const cleaned = text
    ?.slice(0, 2000)
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
  if (!cleaned) return undefined;
  // By code points: half a surrogate pair would make the whole message unsendable.
  return cleaned.length > 300 ? `${[...cleaned].slice(0, 299).join("")}…` : cleaned;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function codeOf(value: unknown): string | undefined {
  return typeof value === "string" && /^[A-Z][A-Z0-9_]{1,63}$/.test(value) ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  const parts = Array.isArray(value) ? value : [value];
  return parts.filter((part) => typeof part === "string" && part.trim()).join("; ") || undefined;
}

/** `{errors: [{message|msg, path|param|field}]}`, as validation middleware writes it. */
function textOfIssues(issues: unknown): string | undefined {
  if (!Array.isArray(issues)) return undefined;
  return issues
    .filter(isRecord)
    .map((issue) => {
      const field = textOf(issue.path) ?? textOf(issue.param) ?? textOf(issue.field);
      const text = textOf(issue.message) ?? textOf(issue.msg) ?? "invalid";
      return field ? `${field}: ${text}` : text;
    })
    .join("; ");
}

/** A proxy's HTML page, reduced to the words in it. */
function textOfMarkup(body: string): string {
  const start = body.slice(0, 2000);
  const title = /<title[^>]{0,100}>([^<]{1,200})</i.exec(start)?.[1];
  return title ?? start.replace(/<[^>]{0,500}>/g, " ");
}

/** What went wrong with a request, of node-fetch's message about it: that names the URL first. */
export function withoutUrl(message: string): string {
  return message.replace(/^.*, reason: /, "");
}
