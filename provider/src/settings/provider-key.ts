/**
 * What is wrong with how an explicit provider is given its key, or undefined if nothing is: the key of the default
 * provider would send people to the wrong organization.
 */
export function providerKeyProblem(
  name: string,
  { apiKey, apiKeyEnv }: { apiKey?: unknown; apiKeyEnv?: unknown },
): string | undefined {
  if ((apiKey === undefined) === (apiKeyEnv === undefined))
    return (
      `Provider "${name}": give exactly one of apiKey and apiKeyEnv. ` +
      "The general HEADSHOTPRO_API_KEY is not used for an explicit provider."
    );
  if (apiKeyEnv === "HEADSHOTPRO_API_KEY")
    return (
      `Provider "${name}": apiKeyEnv cannot be HEADSHOTPRO_API_KEY, the key of the default provider. ` +
      "Give this organization's key a variable of its own."
    );
  return undefined;
}
