import { keyProblem } from "./api-key";
import { DEFAULT_BASE_URL, parseBaseUrl } from "./base-url";

/** How this provider process reaches the API, and what it may do by default. */
export interface Settings {
  apiKey: string;
  baseUrl: string;
  adopt?: boolean;
  forceDestroy: boolean;
  keepLink: boolean;
  timeoutMs: number;
}

/** Reads a configuration value by its key without namespace. */
type Read = (key: string) => string | undefined;

/** The environment variable of each configuration key. */
const VARIABLES = {
  apiKey: "HEADSHOTPRO_API_KEY",
  baseUrl: "HEADSHOTPRO_BASE_URL",
  adopt: "HEADSHOTPRO_ADOPT",
  forceDestroy: "HEADSHOTPRO_FORCE_DESTROY",
  keepLink: "HEADSHOTPRO_KEEP_LINK",
  timeoutSeconds: "HEADSHOTPRO_TIMEOUT_SECONDS",
} as const;

type Key = keyof typeof VARIABLES;

/** A configuration that cannot be used; the message says which value, why, and how to set it. */
export class ConfigurationError extends Error {}

/**
 * Works out the settings of this process.
 *
 * The environment comes before the stack's configuration, because destroy and refresh run with the
 * configuration that the state holds, and a rotated key must be able to come from outside. An explicit
 * `Provider` is the exception for the key: the general variable would send people to another organization.
 *
 * @throws ConfigurationError
 */
export function resolveSettings(config: Read, env: Record<string, string | undefined>): Settings {
  const providerName = config("provider");
  const fromEnv = (key: Key) => ({ text: env[VARIABLES[key]], source: VARIABLES[key] });
  const fromConfig = (key: Key) => ({
    text: config(key),
    source: providerName ? `${key} of provider "${providerName}"` : `headshotpro:${key}`,
  });
  // A value of an explicit provider is this provider's own; what it leaves out comes from the environment.
  const value = (key: Key): { text?: string; source: string } => {
    const order = providerName ? [fromConfig(key), fromEnv(key)] : [fromEnv(key), fromConfig(key)];
    return order.find(({ text }) => text?.trim()) ?? fromConfig(key);
  };

  const timeout = value("timeoutSeconds");
  return {
    apiKey: providerName ? keyOfProvider(providerName, config, env) : generalKey(value("apiKey")),
    baseUrl: baseUrlOf(value("baseUrl")),
    adopt: flagOf(value("adopt")),
    forceDestroy: flagOf(value("forceDestroy")) ?? false,
    keepLink: flagOf(value("keepLink")) ?? false,
    timeoutMs: timeout.text ? secondsOf(timeout.text, timeout.source) * 1000 : 30_000,
  };
}

function generalKey({ text, source }: { text?: string; source: string }): string {
  if (text) return usableKey(text, source);
  throw new ConfigurationError(
    "The HeadshotPro API key is missing. Set it with " +
      "`pulumi config set --secret headshotpro:apiKey`, or in the environment as HEADSHOTPRO_API_KEY.",
  );
}

function keyOfProvider(name: string, config: Read, env: Record<string, string | undefined>): string {
  const variable = config("apiKeyEnv");
  if (!variable) return usableKey(config("apiKey") ?? "", `apiKey of provider "${name}"`);
  // Windows takes the names of variables in any case.
  const general = variable.toUpperCase() === VARIABLES.apiKey;
  const text = general ? undefined : env[variable];
  if (text) return usableKey(text, variable);
  throw new ConfigurationError(
    `The API key of provider "${name}" is missing: its apiKeyEnv names ${variable}, ` +
      (general ? "which is the default provider's." : "which is not set in the environment."),
  );
}

/** Never quotes the key. */
function usableKey(text: string, source: string): string {
  const key = text.trim();
  const problem = keyProblem(key);
  if (problem === undefined) return key;
  throw new ConfigurationError(`${source} is not an API key: ${problem}.`);
}

function baseUrlOf({ text, source }: { text?: string; source: string }): string {
  try {
    return parseBaseUrl(text ?? DEFAULT_BASE_URL);
  } catch (error) {
    throw new ConfigurationError(`${source} cannot be used: ${(error as Error).message}.`);
  }
}

function flagOf({ text, source }: { text?: string; source: string }): boolean | undefined {
  if (!text) return undefined;
  if (/^(true|1)$/i.test(text.trim())) return true;
  if (/^(false|0)$/i.test(text.trim())) return false;
  throw new ConfigurationError(`${source} is ${JSON.stringify(text)}: expected true or false.`);
}

function secondsOf(text: string, source: string): number {
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= 600) return seconds;
  throw new ConfigurationError(
    `${source} is ${JSON.stringify(text)}: expected a number of seconds from 1 to 600.`,
  );
}
