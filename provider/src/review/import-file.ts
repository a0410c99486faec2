import { personOf } from "../invite/email";
import { UNKNOWN } from "../invite/inputs";
import { type InviteInputs, withSeen } from "../invite/invite";
import type { ListedPerson } from "../invite/people";
import {
  explicitProviderNamed,
  explicitProviderOf,
  isInviteType,
  nameOf,
  providerUrnOf,
  typeOf,
} from "../urn";
import { type PreviewStep, SECRET, STACK_TYPE } from "./preview-json";

export type PlannedStep = Pick<PreviewStep, "op" | "urn" | "provider" | "newState">;

/** What `pulumi import --file` reads (pulumi/pulumi, pkg/cmd/pulumi/operations/import.go). */
export interface ImportFile {
  /** The URN of each resource of the stack that an entry refers to, by the name that the entry uses. */
  nameTable: Record<string, string>;
  resources: ImportedResource[];
}

interface ImportedResource {
  type: string;
  /** How entries of the file refer to each other: the URN, which is unique. */
  name: string;
  logicalName: string;
  id?: string;
  component?: true;
  parent?: string;
  provider?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

/** The people whom an import takes into the stack, and the others. Addresses are canonical. */
export interface ImportPlan {
  file: ImportFile;
  people: string[];
  /** Declared, but not at the API: `pulumi up` invites them. */
  toInvite: string[];
  /** At the API, but not declared: left alone. */
  undeclared: string[];
  /** Sentences: who is declared, but not imported, and why. */
  notes: string[];
}

/**
 * Makes an import file for people who are both declared (the steps of a preview) and invited (the list of everyone).
 * They enter the state exactly as declared, so that the next preview shows no difference.
 *
 * @param organization the name of an explicit provider; undefined: the default one. People of others are left out.
 */
export function planImport(
  steps: readonly PlannedStep[],
  everyone: ReadonlyMap<string, ListedPerson>,
  organization?: string,
): ImportPlan {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const plan = { people: [] as string[], toInvite: [] as string[], notes: [] as string[] };
  const declared = new Set<string>();
  const resources: ImportedResource[] = [];
  for (const step of steps) {
    if (!isInviteType(step.newState?.type ?? "") || explicitProviderOf(step.provider) !== organization)
      continue;
    const inputs = step.newState?.inputs ?? {};
    const email = personOf(String(inputs.email));
    declared.add(email);
    if (step.op !== "create") continue;
    const name = nameOf(step.urn);
    const seen = everyone.get(email);
    const above = newParents(step, byUrn);
    if (Object.values(inputs).some((value) => value === SECRET || value === UNKNOWN))
      plan.notes.push(`"${name}" is left out: a preview does not show what is secret or not known yet.`);
    else if (!seen) plan.toInvite.push(email);
    else if (inputs.adopt === false)
      plan.notes.push(`${email} is left out: they are declared with adopt: false.`);
    else if (!above)
      plan.notes.push(`${email} is left out: the resource above "${name}" is not in the stack yet.`);
    else {
      plan.people.push(email);
      for (const parent of above)
        resources.push({ ...toEntry(parent), component: true, inputs: parent.newState?.inputs });
      resources.push(toPerson(step, email, seen, organization));
    }
  }
  const undeclared = [...everyone.keys()].filter((email) => !declared.has(email)).sort();
  return { ...plan, undeclared, file: toFile(resources) };
}

/** The components above a person that the stack does not have yet, outermost first; undefined if one cannot be imported. */
function newParents(step: PlannedStep, byUrn: ReadonlyMap<string, PlannedStep>): PlannedStep[] | undefined {
  const parents: PlannedStep[] = [];
  for (let urn = findParent(step); urn !== undefined; ) {
    const parent = byUrn.get(urn);
    if (parent?.op !== "create") break;
    if (parent.newState?.custom || parent.provider) return undefined;
    parents.unshift(parent);
    urn = findParent(parent);
  }
  return parents;
}

/** The URN of the resource above; undefined: none but the stack. */
function findParent({ newState }: PlannedStep): string | undefined {
  const urn = newState?.parent;
  return urn === undefined || typeOf(urn) === STACK_TYPE ? undefined : urn;
}

function toPerson(
  step: PlannedStep,
  email: string,
  seen: ListedPerson,
  organization: string | undefined,
): ImportedResource {
  const inputs = step.newState?.inputs ?? {};
  const { __provider, ...declaration } = inputs;
  const known = { ...(declaration as unknown as InviteInputs), adopted: true, renewals: 0 };
  return {
    ...toEntry(step),
    id: email,
    provider: organization && providerUrnOf(step.provider),
    inputs,
    outputs: { ...withSeen(known, seen), __provider },
  };
}

function toEntry(step: PlannedStep): ImportedResource {
  const { urn, newState } = step;
  const type = newState?.type ?? typeOf(urn);
  return { type, name: urn, logicalName: nameOf(urn), parent: findParent(step) };
}

/** Each resource once, and the names of those that the stack has already. */
function toFile(entries: readonly ImportedResource[]): ImportFile {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const references = entries.flatMap(({ parent, provider }) => [parent, provider]);
  const existing = references.filter((name) => name !== undefined && !byName.has(name)) as string[];
  return {
    nameTable: Object.fromEntries(existing.map((name) => [name, name])),
    resources: [...byName.values()],
  };
}

/** The explicit providers of a program, by name. */
type Providers = ReadonlyMap<string, { urn: string; isNew: boolean }>;

/** The providers of people: the SDK's dynamic provider, and the plugin. */
const PROVIDERS = ["pulumi:providers:pulumi-nodejs", "pulumi:providers:headshotpro"];

/** The explicit providers of people in a preview; new ones are not in the state yet. */
export function programProviders(steps: readonly Pick<PlannedStep, "op" | "urn">[]): Providers {
  const declared = steps
    .filter(({ op, urn }) => op !== "delete" && PROVIDERS.includes(typeOf(urn)))
    .filter(({ urn }) => explicitProviderNamed(nameOf(urn)) !== undefined);
  return new Map(declared.map(({ op, urn }) => [nameOf(urn), { urn, isNew: op === "create" }]));
}

/** What is wrong with the name of a provider; undefined if the program has it. */
export function providerProblem(name: string, providers: Providers): string | undefined {
  if (providers.has(name)) return undefined;
  const names = [...providers.keys()].sort().join(", ");
  return `the program has no provider ${JSON.stringify(name)}; ${names ? `it has ${names}` : "it has only the default one"}.`;
}
