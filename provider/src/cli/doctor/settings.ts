import { DEFAULT_BASE_URL, isLoopback } from "../../client/endpoint";
import { type Environment, type Key, settingReader, VARIABLES } from "../../settings";
import { count, nearest } from "../../text";
import { runPulumi } from "../pulumi";
import { type Check, notable, well } from "./checks";

/** A value of the stack's configuration. */
interface StackValue {
  /** Missing: a secret that cannot be decrypted here. */
  text?: string;
  isSecret: boolean;
}

/** The stack's values by their keys without `headshotpro:`. */
export type StackConfig = Readonly<Record<string, StackValue | undefined>>;

const KEYS = Object.keys(VARIABLES) as Key[];

/** @param stack undefined: it could not be read. @param keyVariable the variable that `--api-key-env` names. */
export function checkSettings(
  stack: StackConfig | undefined,
  env: Environment,
  keyVariable: string = VARIABLES.apiKey,
): Check[] {
  const general = keyVariable === VARIABLES.apiKey;
  const keys = KEYS.filter((key) => general || key !== "apiKey");
  return [
    ...(stack === undefined ? [UNREAD] : checkStack(stack, env)),
    ...(general || !env[keyVariable] ? [] : [well("apiKey", `set, from ${keyVariable}`)]),
    ...keys.flatMap((key) => checkSetting(key, stack ?? {}, env)),
  ];
}

const UNREAD = notable(
  "stack",
  "its configuration was not read",
  "Select the stack with `pulumi stack select`, or name it with --stack. `pulumi config` says what is in the way.",
);

function checkStack(stack: StackConfig, env: Environment): Check[] {
  return Object.entries(stack).flatMap(([key, value]) => {
    const name = `headshotpro:${key}`;
    // The engine itself reads these of every provider's configuration.
    if (key === "version" || key === "pluginDownloadURL") return [];
    if (!isKey(key)) return notable("stack", `${name} is no setting`, suggestKey(key));
    // What the environment overrules is not decrypted.
    if (value?.text === undefined && !env[VARIABLES[key]]?.trim())
      return notable(
        "stack",
        `${name} cannot be decrypted here`,
        "Set what decrypts the stack's secrets, such as PULUMI_CONFIG_PASSPHRASE.",
      );
    if (key !== "apiKey" || value?.isSecret) return [];
    return notable(
      "stack",
      `${name} is not encrypted`,
      `Replace the key at HeadshotPro, and set the new one with \`pulumi config set --secret ${name}\`.`,
    );
  });
}

function suggestKey(key: string): string {
  const near = nearest(key.toLowerCase(), KEYS);
  return near ? `Did you mean headshotpro:${near}?` : `There are: ${KEYS.join(", ")}.`;
}

function checkSetting(key: Key, stack: StackConfig, env: Environment): Check[] {
  const { text, source } = settingReader((name) => stack[name]?.text, env)(key);
  if (!text?.trim()) return key === "baseUrl" ? [well(key, "HeadshotPro's, the default")] : [];
  const shown = stack[key]?.isSecret && source !== VARIABLES[key] ? "a secret" : toShown(key, text);
  const overruled = stack[key] && source === VARIABLES[key] ? `, which wins over headshotpro:${key}` : "";
  return [well(key, `${shown}, from ${source}${overruled}`)];
}

/** The value of a setting, without secrets and without a company's names. */
function toShown(key: Key, text: string): string {
  if (key === "apiKey") return "set";
  if (key === "baseUrl") return toAddress(text);
  if (key === "allowedDomains") return count(text.split(",").length, "domain", "domains");
  return text.trim();
}

function isKey(key: string): key is Key {
  return Object.hasOwn(VARIABLES, key);
}

/** An API's address without the host of a company. @example toAddress("https://hp.acme.com/api/v2"); // "https://[host]/api/v2" */
export function toAddress(text: string): string {
  if (!URL.canParse(text.trim())) return "not a URL";
  const { protocol, host, pathname } = new URL(text.trim());
  return `${protocol}//${companyHost(text) === undefined ? host : "[host]"}${pathname}`;
}

/** A host that is neither the vendor's nor this machine. */
function companyHost(url: string): string | undefined {
  if (!URL.canParse(url.trim())) return undefined;
  const { hostname } = new URL(url.trim());
  const isKnown = hostname === "" || hostname === new URL(DEFAULT_BASE_URL).hostname || isLoopback(hostname);
  return isKnown ? undefined : hostname;
}

/** The hosts of a company that a message may name: of its API and of its proxies. @param baseUrl the stack's */
export function companyHosts(env: Environment, baseUrl: string | undefined): string[] {
  const names = ["https_proxy", "http_proxy", "all_proxy"];
  const proxies = names.flatMap((name) => [env[name] ?? "", env[name.toUpperCase()] ?? ""]);
  const withScheme = proxies.map((address) => (address.includes("://") ? address : `http://${address}`));
  const urls = [env[VARIABLES.baseUrl] ?? "", baseUrl ?? "", ...withScheme];
  return urls.map(companyHost).filter((host) => host !== undefined);
}

/**
 * Reads our part of a stack's configuration. A secret that the environment overrules is not decrypted.
 *
 * @param stack `--stack` and its name, or nothing for the selected one.
 * @returns undefined if there is no stack, or none that can be read.
 * @throws CommandError on Ctrl-C
 */
export async function probeConfig(stack: string[], env: Environment): Promise<StackConfig | undefined> {
  const { stdout, code } = await runPulumi(["config", "--json", "--non-interactive", ...stack], "probe");
  if (code !== 0) return undefined;
  const all = JSON.parse(stdout) as Record<string, { value?: string; secret: boolean }>;
  const config: Record<string, StackValue> = {};
  for (const [name, { value, secret }] of Object.entries(all)) {
    const [, key] = /^headshotpro:(.*)$/s.exec(name) ?? [];
    if (key === undefined) continue;
    const isOverruled = env[VARIABLES[key as Key]]?.trim();
    const text = secret && !isOverruled ? await decrypt(name, stack) : value;
    config[key] = { isSecret: secret, text };
  }
  return config;
}

async function decrypt(name: string, stack: string[]): Promise<string | undefined> {
  const { stdout, code } = await runPulumi(["config", "get", name, "--non-interactive", ...stack], "probe");
  return code === 0 ? stdout.replace(/\r?\n$/, "") : undefined;
}
