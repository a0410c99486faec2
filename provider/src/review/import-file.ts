import { type InviteInputs, withSeen } from "../invite/invite";
import type { ListedPerson } from "../invite/listed-people";
import { personOf } from "../invite/people";
import { explicitProviderOf, isInviteType, nameOf, providerUrnOf, typeOf } from "../invite/urn";

/** One step of `pulumi preview --json`: the part that an import needs. */
export interface PlannedStep {
  op: string;
  urn: string;
  /** `urn::id` of the provider. */
  provider?: string;
  newState?: {
    type: string;
    custom?: boolean;
    inputs?: Record<string, unknown>;
    parent?: string;
  };
}

/** What `pulumi import --file` reads (pulumi/pulumi, pkg/cmd/pulumi/operations/import.go). */
export interface ImportFile {
  nameTable: Record<string, string>;
  resources: ImportedResource[];
}

interface ImportedResource {
  type: string;
  /** How entries of the file call each other: the URN, which is unique. */
  name: string;
  logicalName: string;
  id?: string;
  component?: true;
  parent?: string;
  provider?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

/** Whom an import takes into the stack, and why not the others. */
export interface ImportPlan {
  file: ImportFile;
  /** Canonical addresses, as below. */
  people: string[];
  /** Declared, but not at the API: `pulumi up` invites them. */
  toInvite: string[];
  /** At the API, but not declared: left alone. */
  undeclared: string[];
  /** Declared, but not to be imported, and why: whole sentences. */
  notes: string[];
}

const STACK_TYPE = "pulumi:pulumi:Stack";

/** What the engine prints in place of a secret, and sends for what is not known yet. */
const UNREADABLE = /^(\[secret\]|04da6b54-80e4-46f7-96ec-b56ff0331ba9)$/;

/**
 * Puts together what the program would create (the steps of a preview) and who is there (the list of everyone):
 * an import file by which those who are both enter the state exactly as declared, so that the next preview shows
 * no difference.
 *
 * @param organization the name of an explicit provider; undefined: the default one. The list is of one
 * organization, so people whom another provider manages are not looked at.
 */
export function planImport(
  steps: readonly PlannedStep[],
  everyone: ReadonlyMap<string, ListedPerson>,
  organization?: string,
): ImportPlan {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const resources = new Map<string, ImportedResource>();
  const nameTable: Record<string, string> = {};
  const plan = { people: [] as string[], toInvite: [] as string[], notes: [] as string[] };
  const declared = new Set<string>();

  /** @returns how the file calls the parent; undefined: none but the stack; null: it cannot be imported. */
  const parentOf = (step: PlannedStep): string | undefined | null => {
    const urn = step.newState?.parent;
    const parent = byUrn.get(urn ?? "");
    if (urn === undefined || typeOf(urn) === STACK_TYPE) return undefined;
    if (parent?.op !== "create") {
      nameTable[urn] = urn;
      return urn;
    }
    if (parent.newState?.custom || parent.provider) return null;
    const above = parentOf(parent);
    if (above === null) return null;
    const { type, inputs } = parent.newState ?? { type: typeOf(urn) };
    const logicalName = nameOf(urn);
    resources.set(urn, { type, name: urn, logicalName, component: true, parent: above, inputs });
    return urn;
  };

  for (const step of steps) {
    const { type, inputs = {} } = step.newState ?? {};
    if (type === undefined || !isInviteType(type) || explicitProviderOf(step.provider) !== organization)
      continue;
    const name = nameOf(step.urn);
    const email = personOf(String(inputs.email));
    declared.add(email);
    if (step.op !== "create") continue;
    const seen = everyone.get(email);
    if (Object.values(inputs).some((value) => UNREADABLE.test(String(value))))
      plan.notes.push(`"${name}" is left out: a preview does not show what is secret or not known yet.`);
    else if (!seen) plan.toInvite.push(email);
    else if (inputs.adopt === false)
      plan.notes.push(`${email} is left out: they are declared with adopt: false.`);
    else {
      const parent = parentOf(step);
      if (parent === null) {
        plan.notes.push(`${email} is left out: the resource above "${name}" is not in the stack yet.`);
        continue;
      }
      const provider = organization && providerUrnOf(step.provider);
      if (provider) nameTable[provider] = provider;
      const { __provider, ...declaration } = inputs;
      const known = { ...(declaration as unknown as InviteInputs), adopted: true, renewals: 0 };
      const outputs = { ...withSeen(known, seen), __provider };
      const imported = {
        type,
        name: step.urn,
        logicalName: name,
        id: email,
        parent,
        provider,
        inputs,
        outputs,
      };
      resources.set(step.urn, imported);
      plan.people.push(email);
    }
  }
  const undeclared = [...everyone.keys()].filter((email) => !declared.has(email)).sort();
  return { ...plan, undeclared, file: { nameTable, resources: [...resources.values()] } };
}
