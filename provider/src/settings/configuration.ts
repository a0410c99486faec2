import type { AllowedDomains } from "../invite/allowed-domains";
import {
  baseUrlOf,
  ConfigurationError,
  countOf,
  domainsOf,
  flagOf,
  requireUsableProxy,
  secondsOf,
  usableKey,
  type Written,
} from "./setting-text";

export { ConfigurationError } from "./setting-text";

/** How this provider process reaches the API, and what it may do by default. */
export interface Settings {
  apiKey: string;
  baseUrl: string;
  adopt?: boolean;
  forceDestroy: boolean;
  keepLink: boolean;
  timeoutMs: number;
  /** Undefined allows all. */
  allowedDomains?: AllowedDomains;
  /** How many people one run may invite. Undefined: as many as there are. */
  maxInvites?: number;
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

/**
 * Works out the settings of this process.
 *
 * The environment comes before the stack's configuration, because destroy and refresh run with the
 * configuration that the state holds, and a rotated key must be able to come from outside. An explicit
 * `Provider` is the exception for the key: the general variable would send people to another organization.
 *
 * @throws ConfigurationError
 */
export function resolveSettings(config: Read, env: Environment): Settings {
  const value = valuesOf(config, env);
  const providerName = config("provider");
  const baseUrl = baseUrlOf(value("baseUrl"));
  requireUsableProxy(baseUrl);
  return {
    apiKey: providerName ? keyOfProvider(providerName, config, env) : generalKey(value("apiKey")),
    baseUrl,
    adopt: flagOf(value("adopt")),
    forceDestroy: flagOf(value("forceDestroy")) ?? false,
    keepLink: flagOf(value("keepLink")) ?? false,
    timeoutMs: (secondsOf(value("timeoutSeconds")) ?? 30) * 1000,
    allowedDomains: domainsOf(value("allowedDomains")),
    maxInvites: countOf(value("maxInvites")),
  };
}

/**
 * Where each value is written that counts. A value of an explicit provider is this provider's own; what it leaves out
 * comes from the environment.
 */
export function valuesOf(config: Read, env: Environment): (key: Key) => Written {
  const providerName = config("provider");
  const fromEnv = (key: Key) => ({ text: env[VARIABLES[key]], source: VARIABLES[key] });
  const fromConfig = (key: Key) => ({
    text: config(key),
    source: providerName ? `${key} of provider "${providerName}"` : `headshotpro:${key}`,
  });
  return (key) => {
    const order = providerName ? [fromConfig(key), fromEnv(key)] : [fromEnv(key), fromConfig(key)];
    return order.find(({ text }) => text?.trim()) ?? fromConfig(key);
  };
}

function generalKey({ text, source }: Written): string {
  if (text) return usableKey(text, source);
  throw new ConfigurationError(
    "The HeadshotPro API key is missing. Set it with " +
      "`pulumi config set --secret headshotpro:apiKey`, or in the environment as HEADSHOTPRO_API_KEY.",
  );
}

function keyOfProvider(name: string, config: Read, env: Environment): string {
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
