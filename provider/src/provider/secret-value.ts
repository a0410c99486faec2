import { SECRET_OUTPUTS } from "../invite/invite";

/** What stands in an object for its kind (pulumi/pulumi, sdk/go/common/resource/properties.go). */
const KIND = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A value as the engine is sent a secret. */
export function secretValue(value: unknown): object {
  return { [KIND]: SECRET, value };
}

/** Whether the engine sent a secret. */
export function isSecret(value: unknown): value is { value: unknown } {
  return typeof value === "object" && (value as Record<string, unknown> | null)?.[KIND] === SECRET;
}

/**
 * Outputs with those that are secret marked as such. `additionalSecretOutputs` would mark them as well, but the state
 * then has that list once more for each person, though hardly anybody keeps links.
 */
export function withSecrets(outs: Record<string, unknown>): Record<string, unknown> {
  const secret = Object.entries(outs).filter(([name]) => SECRET_OUTPUTS.includes(name));
  return { ...outs, ...Object.fromEntries(secret.map(([name, value]) => [name, secretValue(value)])) };
}
