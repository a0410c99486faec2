import { count } from "../../invite/listed-people";
import { type Environment, type Key, settingReader, VARIABLES } from "../../settings";
import { nearest } from "../../text";
import { addressOf } from "./address";
import { type Finding, notable, well } from "./finding";

/** A value of the stack's configuration. */
export interface StackValue {
  /** Missing: it is a secret that nobody could decrypt here. */
  text?: string;
  isSecret: boolean;
}

/** The stack's values by their keys without `headshotpro:`. */
export type StackConfig = Readonly<Record<string, StackValue | undefined>>;

const KEYS = Object.keys(VARIABLES) as Key[];

/**
 * Which settings are made, where, and how; what is left out has its default.
 *
 * @param stack undefined: it could not be read.
 * @param keyVariable the variable that `--api-key-env` names.
 */
export function settingFindings(
  stack: StackConfig | undefined,
  env: Environment,
  keyVariable: string = VARIABLES.apiKey,
): Finding[] {
  const general = keyVariable === VARIABLES.apiKey;
  const keys = KEYS.filter((key) => general || key !== "apiKey");
  return [
    ...(stack === undefined ? [UNREAD] : problemsOf(stack, env)),
    ...(general || !env[keyVariable] ? [] : [well("apiKey", `set, from ${keyVariable}`)]),
    ...keys.flatMap((key) => settingFinding(key, stack ?? {}, env)),
  ];
}

/** What the engine itself reads of every provider's configuration. */
const ENGINES_OWN = ["version", "pluginDownloadURL"];

const UNREAD = notable(
  "stack",
  "its configuration was not read",
  "Select the stack with `pulumi stack select`, or name it with --stack. `pulumi config` says what is in the way.",
);

function problemsOf(stack: StackConfig, env: Environment): Finding[] {
  return Object.entries(stack).flatMap(([key, value]) => {
    const name = `headshotpro:${key}`;
    if (ENGINES_OWN.includes(key)) return [];
    if (!isKey(key)) return [notable("stack", `${name} is no setting`, suggestionFor(key))];
    // What the environment overrules is not decrypted.
    if (value?.text === undefined && !env[VARIABLES[key]]?.trim())
      return [
        notable(
          "stack",
          `${name} cannot be decrypted here`,
          "Set what decrypts the stack's secrets, such as PULUMI_CONFIG_PASSPHRASE.",
        ),
      ];
    if (key !== "apiKey" || value?.isSecret) return [];
    return [
      notable(
        "stack",
        `${name} is not encrypted`,
        `Replace the key at HeadshotPro, and set the new one with \`pulumi config set --secret ${name}\`.`,
      ),
    ];
  });
}

function suggestionFor(key: string): string {
  const near = nearest(key.toLowerCase(), KEYS);
  return near ? `Did you mean headshotpro:${near}?` : `There are: ${KEYS.join(", ")}.`;
}

function settingFinding(key: Key, stack: StackConfig, env: Environment): Finding[] {
  const { text, source } = settingReader((name) => stack[name]?.text, env)(key);
  if (!text?.trim()) return key === "baseUrl" ? [well(key, "HeadshotPro's, the default")] : [];
  const shown = stack[key]?.isSecret && source !== VARIABLES[key] ? "a secret" : shownOf(key, text);
  const overruled = stack[key] && source === VARIABLES[key] ? `, which wins over headshotpro:${key}` : "";
  return [well(key, `${shown}, from ${source}${overruled}`)];
}

/** Nothing that is a secret, or tells whose it is. */
function shownOf(key: Key, text: string): string {
  if (key === "apiKey") return "set";
  if (key === "baseUrl") return addressOf(text);
  if (key === "allowedDomains") return count(text.split(",").length, "domain", "domains");
  return text.trim();
}

function isKey(key: string): key is Key {
  return key in VARIABLES;
}
