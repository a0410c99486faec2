import type { IncomingHttpHeaders } from "node:http";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Why a request is none of a program on this machine, or undefined if it may be one.
 *
 * Loopback keeps other machines out, but not the pages in a browser on this one. A page whose name was
 * rebound to loopback reads answers and shows in `Host`; one that writes shows in `Origin`; an image or a
 * link in one shows in `Sec-Fetch-Site`.
 */
export function strangerIn({ host, origin, ...headers }: IncomingHttpHeaders): string | undefined {
  if (host === undefined || !LOOPBACK.test(host)) {
    return refusal(`the Host ${host || "(none)"} is neither localhost nor a loopback address`);
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`.toLowerCase()) {
    return refusal(`the Origin ${origin} is not this emulator's`);
  }
  const site = headers["sec-fetch-site"];
  return site === "cross-site" || site === "same-site" ? refusal("another site's page asks") : undefined;
}

function refusal(reason: string): string {
  return `the emulator serves programs on this machine, by way of its URL, and no web pages: ${reason}`;
}
