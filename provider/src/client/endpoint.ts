/** Where the vendor serves the API (https://www.headshotpro.com, API reference). */
export const DEFAULT_BASE_URL = "https://server.headshotpro.com/api/v2";

/**
 * Checks a base URL and returns it without trailing slashes.
 *
 * It has to be https, because every request carries the API key, or http on loopback. It needs a path: everything
 * outside of `/api/v2` answers 404, which must never be mistaken for "this person is gone".
 *
 * @throws RangeError that says what is wrong and what a good one looks like.
 * @example
 * parseBaseUrl("http://127.0.0.1:8787/api/v2/"); // "http://127.0.0.1:8787/api/v2"
 */
export function parseBaseUrl(text: string): string {
  const problem = urlProblem(text);
  if (problem) throw new RangeError(`${problem}; expected something like ${DEFAULT_BASE_URL}`);
  const url = new URL(text.trim());
  return url.origin + url.pathname.replace(/\/+$/, "");
}

function urlProblem(text: string): string | undefined {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url) return "it is not a URL";
  // Said before anything that quotes the URL: a password must not be repeated in a message.
  if (url.username || url.password) return "it carries a user name or password";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "it is neither https nor http";
  if (url.protocol === "http:" && !isLoopback(url.hostname))
    return `it would send the API key unencrypted to ${url.hostname}; only loopback may use http`;
  if (url.search || url.hash) return "it has a query or a fragment";
  if (url.pathname.replace(/\/+$/, "") === "") return "its path is missing";
  return undefined;
}

/** Whether a URL's host is this very machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * What is wrong with an API key, in words that do not quote it; undefined if it can be sent in a header.
 *
 * @example
 * keyProblem(""); // "it is empty"
 */
export function keyProblem(key: string): string | undefined {
  if (key === "") return "it is empty";
  return /^[\x21-\x7e]+$/.test(key)
    ? undefined
    : "it has a space, a line break or a non-ASCII character in it";
}
