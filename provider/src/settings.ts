import { DEFAULT_BASE_URL, keyProblem, parseBaseUrl } from "./client/endpoint";
import { proxyFor } from "./client/proxy";
import { type AllowedDomains, readAllowedDomains } from "./invite/allowed-domains";
import { UserError } from "./user-error";

/** How this provider process reaches the API, and what it may do by default. */
export interface Settings {
  apiKey: string;
  /** The variable that the key came from, where the configuration names one. */
  apiKeyEnv?: string;
  baseUrl: string;
  adopt?: boolean;
  forceDestroy: boolean;
  keepLink: boolean;
  /** Milliseconds for one request. */
  timeoutMs: number;
  /** Undefined allows all. */
  allowedDomains?: AllowedDomains;
  /** How many people one run may invite. Undefined: as many as there are. */
  maxInvites?: number;
  /** Whether `pulumi do` asks: there is neither a stack nor a program, and options of its own configure the provider. */
  isDirect: boolean;
}

/** Reads a configuration value by its key without namespace. */
export type Read = (key: string) => string | undefined;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment variable of each configuration key. */
export const VARIABLES = {
  apiKey: "HEADSHOTPRO_API_KEY",
  baseUrl: "HEADSHOTPRO_BASE_URL",
  adopt: "HEADSHOTPRO_ADOPT",
  forceDestroy: "HEADSHOTPRO_FORCE_DESTROY",
  keepLink: "HEADSHOTPRO_KEEP_LINK",
  timeoutSeconds: "HEADSHOTPRO_TIMEOUT_SECONDS",
  allowedDomains: "HEADSHOTPRO_ALLOWED_DOMAINS",
  maxInvites: "HEADSHOTPRO_MAX_INVITES",
} as const;

export type Key = keyof typeof VARIABLES;

/** Where the key of the default provider is set, for messages. */
export function whereToSetTheKey(isDirect: boolean): string {
  return isDirect
    ? `${VARIABLES.apiKey} in the environment, or with another variable, which ${optionOf("apiKeyEnv")} names`
    : `\`pulumi config set --secret headshotpro:apiKey\`, or in the environment as ${VARIABLES.apiKey}`;
}

/** How `pulumi do` spells the configuration's keys. @example optionOf("baseUrl"); // "--headshotpro:base-url" */
export function optionOf(key: Key | "apiKeyEnv"): string {
  return `--headshotpro:${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A setting as it is written, and where. */
interface Setting {
  text?: string;
  /** @example "headshotpro:adopt" */
  source: string;
}

/**
 * Works out the settings of this process.
 *
 * The environment comes before the stack's configuration, because destroy and refresh run with the
 * configuration that the state holds, and a rotated key must be able to come from outside. An explicit
 * `Provider` is the exception for the key: the general variable would send people to another organization. What is
 * given with one command of `pulumi do` is meant for just that, and comes first as well.
 *
 * @param config also knows `provider`, the name of an explicit one, and `direct`: "true" if `pulumi do` asks.
 * @throws UserError, and nothing else: the message says which value is wrong, why, and how to set it. It quotes no key.
 */
export function resolveSettings(config: Read, env: Environment): Settings {
  const setting = settingReader(config, env);
  const providerName = config("provider");
  const isDirect = config("direct") === "true";
  const baseUrl = parse(setting("baseUrl"), toBaseUrl) ?? DEFAULT_BASE_URL;
  requireUsableProxy(baseUrl);
  return {
    apiKey: providerName
      ? keyOfProvider(providerName, config, env)
      : isDirect && config("apiKeyEnv")
        ? keyOfVariable(config, env)
        : generalKey(setting("apiKey"), isDirect),
    apiKeyEnv: providerName || isDirect ? config("apiKeyEnv") || undefined : undefined,
    baseUrl,
    adopt: parse(setting("adopt"), toFlag),
    forceDestroy: parse(setting("forceDestroy"), toFlag) ?? false,
    keepLink: parse(setting("keepLink"), toFlag) ?? false,
    timeoutMs: (parse(setting("timeoutSeconds"), toSeconds) ?? 30) * 1000,
    allowedDomains: parse(setting("allowedDomains"), readAllowedDomains),
    maxInvites: parse(setting("maxInvites"), toCount),
    isDirect,
  };
}

/** Finds each setting where it counts: an explicit provider's own values come before the environment. */
export function settingReader(config: Read, env: Environment): (key: Key) => Setting {
  const providerName = config("provider");
  const isDirect = config("direct") === "true";
  const fromEnv = (key: Key) => ({ text: env[VARIABLES[key]], source: VARIABLES[key] });
  const fromConfig = (key: Key) => ({
    text: config(key),
    source: providerName
      ? `${key} of provider "${providerName}"`
      : isDirect
        ? optionOf(key)
        : `headshotpro:${key}`,
  });
  return (key) => {
    const order =
      providerName || isDirect ? [fromConfig(key), fromEnv(key)] : [fromEnv(key), fromConfig(key)];
    return order.find(({ text }) => text?.trim()) ?? fromConfig(key);
  };
}

/**
 * What is wrong with how an explicit provider is given its key, or undefined if nothing is: the key of the default
 * provider would send people to the wrong organization.
 *
 * @param envVarMappings the resource option, from a variable's name to the one that it is read as. Only the program
 * of TypeScript shows it: the engine tells a plugin its effect alone, for which the general sentence stands.
 */
export function providerKeyProblem(
  name: string,
  { apiKey, apiKeyEnv }: { apiKey?: unknown; apiKeyEnv?: unknown },
  envVarMappings: Readonly<Record<string, string>> = {},
): string | undefined {
  const mapped = Object.entries(envVarMappings).find(([, target]) => target === VARIABLES.apiKey)?.[0];
  if (mapped !== undefined)
    return (
      `Provider "${name}": envVarMappings leads ${mapped} to ${VARIABLES.apiKey}, which is not used for an explicit ` +
      `provider. Leave the mapping out, and give the key as apiKey, or with apiKeyEnv: "${mapped}".`
    );
  if ((apiKey === undefined) === (apiKeyEnv === undefined))
    return (
      `Provider "${name}": give exactly one of apiKey and apiKeyEnv. ` +
      `The general ${VARIABLES.apiKey} is not used for an explicit provider, nor what envVarMappings leads to it: ` +
      "name that variable in apiKeyEnv."
    );
  if (apiKeyEnv === VARIABLES.apiKey)
    return (
      `Provider "${name}": apiKeyEnv cannot be ${VARIABLES.apiKey}, the key of the default provider. ` +
      "Give this organization's key a variable of its own."
    );
  return undefined;
}

function generalKey({ text, source }: Setting, isDirect: boolean): string {
  if (text) return usableKey(text, source);
  throw new UserError(`The HeadshotPro API key is missing. Set it with ${whereToSetTheKey(isDirect)}.`);
}

/** The key in the variable that a command names: any variable, since this command has one organization only. */
function keyOfVariable(config: Read, env: Environment): string {
  const [variable = "", option] = [config("apiKeyEnv"), optionOf("apiKeyEnv")];
  if (config("apiKey")) throw new UserError(`Give one of ${optionOf("apiKey")} and ${option}, not both.`);
  const text = env[variable];
  if (text) return usableKey(text, variable);
  throw new UserError(
    `The HeadshotPro API key is missing: ${option} names ${variable}, which is not set in the environment.`,
  );
}

function keyOfProvider(name: string, config: Read, env: Environment): string {
  const variable = config("apiKeyEnv");
  if (!variable) return usableKey(config("apiKey") ?? "", `apiKey of provider "${name}"`);
  // Windows takes the names of variables in any case.
  const general = variable.toUpperCase() === VARIABLES.apiKey;
  const text = general ? undefined : env[variable];
  if (text) return usableKey(text, variable);
  throw new UserError(
    `The API key of provider "${name}" is missing: its apiKeyEnv names ${variable}, ` +
      (general ? "which is the default provider's." : "which is not set in the environment."),
  );
}

function usableKey(text: string, source: string): string {
  const key = text.trim();
  const problem = keyProblem(key);
  if (problem === undefined) return key;
  throw new UserError(`${source} is not an API key: ${problem}.`);
}

/** Checked before any request, so that a preview shows it. */
function requireUsableProxy(url: string): void {
  try {
    proxyFor(url);
  } catch (error) {
    throw new UserError(`${(error as Error).message}.`);
  }
}

/** @param read throws what is wrong, as the end of a sentence that begins with the source. */
function parse<T>({ text, source }: Setting, read: (text: string) => T): T | undefined {
  if (!text?.trim()) return undefined;
  try {
    return read(text);
  } catch (error) {
    throw new UserError(`${source} ${(error as Error).message}.`);
  }
}

function expected(what: string, text: string): Error {
  return new Error(`is ${JSON.stringify(text)}: expected ${what}`);
}

function toBaseUrl(text: string): string {
  try {
    return parseBaseUrl(text);
  } catch (error) {
    throw new Error(`cannot be used: ${(error as Error).message}`);
  }
}

function toFlag(text: string): boolean {
  if (/^(true|1)$/i.test(text.trim())) return true;
  if (/^(false|0)$/i.test(text.trim())) return false;
  throw expected("true or false", text);
}

function toSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= 600) return seconds;
  throw expected("a number of seconds from 1 to 600", text);
}

function toCount(text: string): number {
  if (/^\d{1,9}$/.test(text.trim())) return Number(text);
  throw expected("a whole number", text);
}
