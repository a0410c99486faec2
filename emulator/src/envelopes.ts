import { STATUS_CODES } from "node:http";
import type { Problem } from "./refusals";

/** A whole HTTP reply, not sent yet. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * How a success is wrapped: `flat` as the invites page's examples, `data` as the vendor's overview
 * pages (`{success, data: {…}}`), `bare` with no `success` at all.
 */
export type SuccessStyle = "flat" | "data" | "bare";

const BODIES = {
  documented: ({ message, code }: Problem) => ({ success: false, error: message, code }),
  nested: ({ message, code }: Problem) => ({ error: { code, message } }),
  message: ({ message, code }: Problem) => ({ message, code }),
  error: ({ message }: Problem) => ({ error: message }),
  errors: ({ message, field }: Problem) => ({ errors: [{ message, path: field }] }),
  "errors-msg": ({ message, field }: Problem) => ({ errors: [{ msg: message, param: field }] }),
  "errors-field": ({ message, field }: Problem) => ({ errors: [{ message, field }] }),
  "status-code": ({ status, message }: Problem) => ({
    statusCode: status,
    error: STATUS_CODES[status],
    message,
  }),
  "status-code-list": ({ status, message }: Problem) => ({
    statusCode: status,
    error: STATUS_CODES[status],
    message: [message],
  }),
  ok: ({ message, code }: Problem) => ({ success: false, error: message, code }),
};

/**
 * How an error is wrapped: one name for each envelope that this API, or one like it, sends.
 *
 * | | |
 * | --- | --- |
 * | `documented` | `{success: false, error, code}` |
 * | `nested` | `{error: {code, message}}` |
 * | `message` | `{message, code}` |
 * | `error` | `{error}` |
 * | `errors`, `errors-msg`, `errors-field` | `{errors: [{message, path}]}`, `[{msg, param}]`, `[{message, field}]` |
 * | `status-code`, `status-code-list` | `{statusCode, error, message}`, the message in a list |
 * | `ok` | as `documented`, with HTTP status 200 |
 * | `html`, `text`, `empty` | no JSON |
 */
export type ErrorStyle = keyof typeof BODIES | "html" | "text" | "empty";

export function json(status: number, body: unknown): Reply {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  };
}

export function html(status: number, title: string): Reply {
  const body = `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><pre>${title}</pre></body></html>\n`;
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

export function success(body: object, style: SuccessStyle): Reply {
  if (style === "bare") return json(200, body);
  return json(200, style === "data" ? { success: true, data: body } : { success: true, ...body });
}

export function failure(problem: Problem, style: ErrorStyle): Reply {
  const { status, message } = problem;
  switch (style) {
    case "html":
      return html(status, message);
    case "text":
      return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: message };
    case "empty":
      return { status, headers: {}, body: "" };
    default:
      return json(style === "ok" ? 200 : status, BODIES[style](problem));
  }
}
