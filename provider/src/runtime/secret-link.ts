/** How the engine writes that a value is a secret (pulumi/pulumi, sdk/go/common/resource/sig). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Outputs whose link, if there is one, is a secret. `additionalSecretOutputs` would mark it as well, but the state
 * then has that list once more for each person, though hardly anybody keeps links.
 */
export function withSecretLink({ link, ...outs }: Record<string, unknown>): Record<string, unknown> {
  return link === undefined ? outs : { ...outs, link: { [SIGNATURE]: SECRET, value: link } };
}
