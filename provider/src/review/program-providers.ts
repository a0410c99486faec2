import { explicitProviderOf, nameOf, typeOf } from "../invite/urn";
import type { PlannedStep } from "./import-file";

/** An explicit provider of a program, as a preview shows it. */
export interface ProgramProvider {
  urn: string;
  /** Whether the state does not have it yet. */
  isNew: boolean;
}

/** Of people whom the SDK's dynamic provider sees to, and of those whom the plugin does. */
const PROVIDERS = ["pulumi:providers:pulumi-nodejs", "pulumi:providers:headshotpro"];

/** The explicit providers of people that a program has, by name. */
export function programProviders(steps: readonly PlannedStep[]): Map<string, ProgramProvider> {
  const declared = steps.filter(
    ({ op, urn }) =>
      op !== "delete" && PROVIDERS.includes(typeOf(urn)) && explicitProviderOf(`${urn}::id`) !== undefined,
  );
  return new Map(declared.map(({ op, urn }) => [nameOf(urn), { urn, isNew: op === "create" }]));
}

/**
 * What is wrong with the name of a provider; undefined if the program has it.
 *
 * @example
 * providerProblem("emae", providers); // 'the program has no provider "emae"; it has apac, emea.'
 */
export function providerProblem(
  name: string,
  providers: ReadonlyMap<string, ProgramProvider>,
): string | undefined {
  if (providers.has(name)) return undefined;
  const names = [...providers.keys()].sort().join(", ");
  return `the program has no provider ${JSON.stringify(name)}; ${names ? `it has ${names}` : "it has only the default one"}.`;
}
