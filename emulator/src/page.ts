import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Reply } from "./envelopes";

/** Beside `dist`, where this file is when it runs: here and in the published package. */
const FOLDER = path.join(__dirname, "..", "page");
const ASSETS = "/_emulator/page/";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
};

/** Whatever a person is called, nothing but these files runs, and the page talks to this emulator only. */
const POLICY = [
  "default-src 'none'",
  "connect-src 'self'",
  "img-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/**
 * The page for a person, or one of its files; undefined if the request is not for the page.
 *
 * At `/` it is for whoever takes HTML, or anything, as `curl` does. A program that asks for JSON has left the base path
 * out: to it, this is a wrong address of the API, and it gets what the API answers there.
 */
export function servePage(method: string, url: string, accept = ""): Reply | undefined {
  if (method !== "GET") return undefined;
  if (url === "/" && takesHtml(accept)) return fileReply("index.html");
  return url.startsWith(ASSETS) ? fileReply(url.slice(ASSETS.length)) : undefined;
}

function takesHtml(accept: string): boolean {
  return accept.includes("text/html") || (/^$|\*\/\*/.test(accept) && !accept.includes("json"));
}

function fileReply(name: string): Reply | undefined {
  const type = TYPES[path.extname(name)];
  const file = path.join(FOLDER, name);
  if (type === undefined || !/^[a-z-]+\.[a-z]+$/.test(name) || !existsSync(file)) return undefined;
  const headers = {
    "content-type": `${type}; charset=utf-8`,
    "content-security-policy": POLICY,
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
  };
  return { status: 200, headers, body: readFileSync(file, "utf8") };
}
