import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN } from "../invite/inputs";
import { isSecret, secretValue } from "../provider/outputs";

export type Properties = Record<string, unknown>;

/** Properties as the operations take them, and the names of those that are secret, or hold a secret. */
export interface Values {
  plain: Properties;
  secrets: ReadonlySet<string>;
}

/** The engine's marks for what a preview does not know, one for each type. */
const UNKNOWNS = [
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

/**
 * Reads what the engine sent, without the text by which a state of the dynamic provider names that provider.
 *
 * @example
 * fromStruct(toStruct({ email: "ada@acme.com" }, ["email"])); // { plain: { email: … }, secrets: Set { "email" } }
 */
export function fromStruct(struct: Struct | undefined): Values {
  const { __provider, ...sent } = (struct?.toJavaScript() ?? {}) as Properties;
  const entries = Object.entries(sent);
  return {
    plain: Object.fromEntries(entries.map(([name, value]) => [name, toPlain(value)])),
    secrets: new Set(entries.filter(([, value]) => holdsSecret(value)).map(([name]) => name)),
  };
}

/**
 * The names of all properties that are secret, however deep they are, and of those inside a secret.
 *
 * @example
 * secretNamesIn(toStruct({ defaults: { teamId: … } }, ["defaults"])); // Set { "defaults", "teamId" }
 */
export function secretNamesIn(struct: Struct | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (value: unknown, hidden: boolean): void => {
    if (Array.isArray(value)) for (const one of value) collect(one, hidden);
    else if (isObject(value))
      for (const [name, one] of Object.entries(value)) {
        const isHidden = hidden || isSecret(one);
        if (isHidden) names.add(name);
        collect(isSecret(one) ? one.value : one, isHidden);
      }
  };
  collect(struct?.toJavaScript(), false);
  return names;
}

/** Writes what the engine is sent: what is `undefined` is left out. */
export function toStruct(plain: Properties, secrets: Iterable<string> = []): Struct {
  const hidden = new Set(secrets);
  const given = Object.entries(plain).filter(([, value]) => value !== undefined);
  const sent = given.map(([name, value]) => [name, hidden.has(name) ? secretValue(value) : value]);
  return Struct.fromJavaScript(Object.fromEntries(sent));
}

function toPlain(value: unknown): unknown {
  if (typeof value === "string") return UNKNOWNS.includes(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (!isObject(value)) return value;
  if (isSecret(value)) return toPlain(value.value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toPlain(one)]));
}

function holdsSecret(value: unknown): boolean {
  return isSecret(value) || (isObject(value) && Object.values(value).some(holdsSecret));
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null;
}
