import { firstOf, nearest, quote } from "../text";
import { readDomain } from "./email";

/** Whose addresses may be invited: domains in canonical form, `*.acme.com` for all below one. */
export type AllowedDomains = readonly string[];

/** How many of them a message names. */
const NAMED = 10;

/**
 * Reads the domains that a configuration or an option allows: separated by commas, or a list in JSON, in any case,
 * international ones in either spelling.
 *
 * @throws Error that says what is wrong, as the end of a sentence: a domain that is passed over would let nobody of it
 * in, and a list of none would say nothing at all.
 * @example
 * readAllowedDomains("Acme.com, *.bücher.example"); // ["acme.com", "*.xn--bcher-kva.example"]
 */
export function readAllowedDomains(text: string): AllowedDomains {
  const named = text.trim().startsWith("[") ? listIn(text) : text.split(",").map((one) => one.trim());
  const domains = named.filter((one) => one !== "").map(patternOf);
  if (domains.length === 0)
    throw new Error("names no domain: leave it out to allow all, or give one such as acme.com");
  return [...new Set(domains)];
}

function listIn(text: string): unknown[] {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`is ${quote(text)}, which is not a list in JSON`);
  }
}

function patternOf(text: unknown): string {
  const [, below = "", name = ""] = /^\s*(\*\.)?(.*)$/su.exec(typeof text === "string" ? text : "") ?? [];
  const domain = readDomain(name);
  if (domain !== undefined) return below + domain;
  throw new Error(
    `has ${quote(text)} in it, which is not a domain: expected acme.com, or *.acme.com for those below`,
  );
}

/**
 * Why somebody must not be invited, or undefined if their domain is allowed.
 *
 * @param email canonical.
 * @param allowed undefined allows all.
 * @example
 * outsideDomain("ada@acmee.com", ["acme.com"]); // "acmee.com is not an allowed domain; did you mean acme.com?"
 */
export function outsideDomain(email: string, allowed: AllowedDomains | undefined): string | undefined {
  const domain = email.slice(email.lastIndexOf("@") + 1);
  if (!allowed || allowed.some((pattern) => fits(domain, pattern))) return undefined;
  const meant = nearest(
    domain,
    allowed.flatMap((pattern) => likeIn(domain, pattern)),
  );
  return `${domain} is not an allowed domain; ${meant === undefined ? `allowed: ${firstOf(allowed, NAMED)}` : `did you mean ${meant}?`}`;
}

function fits(domain: string, pattern: string): boolean {
  return pattern.startsWith("*.") ? domain.endsWith(pattern.slice(1)) : domain === pattern;
}

/** What a pattern allows that is like the domain: below `*.acme.com`, with the labels of its own. */
function likeIn(domain: string, pattern: string): string[] {
  if (!pattern.startsWith("*.")) return [pattern];
  const parent = pattern.slice(2);
  const own = domain.split(".").slice(0, -parent.split(".").length);
  return own.length > 0 ? [`${own.join(".")}.${parent}`] : [];
}
