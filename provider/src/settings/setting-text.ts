import { keyProblem } from "../client/api-key";
import { DEFAULT_BASE_URL, parseBaseUrl } from "../client/base-url";
import { proxyFor } from "../client/proxy";
import { type AllowedDomains, readAllowedDomains } from "../invite/allowed-domains";

/** A setting as somebody wrote it, and where: `headshotpro:adopt`. */
export interface Written {
  text?: string;
  source: string;
}

/** A configuration that cannot be used; the message says which value, why, and how to set it. */
export class ConfigurationError extends Error {}

/** Never quotes the key. */
export function usableKey(text: string, source: string): string {
  const key = text.trim();
  const problem = keyProblem(key);
  if (problem === undefined) return key;
  throw new ConfigurationError(`${source} is not an API key: ${problem}.`);
}

export function baseUrlOf({ text, source }: Written): string {
  try {
    return parseBaseUrl(text ?? DEFAULT_BASE_URL);
  } catch (error) {
    throw new ConfigurationError(`${source} cannot be used: ${(error as Error).message}.`);
  }
}

/** So that a preview tells, before there is any request. */
export function requireUsableProxy(url: string): void {
  try {
    proxyFor(url);
  } catch (error) {
    throw new ConfigurationError(`${(error as Error).message}.`);
  }
}

export function flagOf({ text, source }: Written): boolean | undefined {
  if (!text) return undefined;
  if (/^(true|1)$/i.test(text.trim())) return true;
  if (/^(false|0)$/i.test(text.trim())) return false;
  throw new ConfigurationError(`${source} is ${JSON.stringify(text)}: expected true or false.`);
}

export function secondsOf({ text, source }: Written): number | undefined {
  if (!text) return undefined;
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= 600) return seconds;
  throw new ConfigurationError(
    `${source} is ${JSON.stringify(text)}: expected a number of seconds from 1 to 600.`,
  );
}

export function countOf({ text, source }: Written): number | undefined {
  if (!text?.trim()) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text);
  throw new ConfigurationError(`${source} is ${JSON.stringify(text)}: expected a whole number.`);
}

export function domainsOf({ text, source }: Written): AllowedDomains | undefined {
  if (!text?.trim()) return undefined;
  try {
    return readAllowedDomains(text);
  } catch (error) {
    throw new ConfigurationError(`${source} ${(error as Error).message}.`);
  }
}
