import type { Organizations } from "../provider/model/organizations";
import { inputsOf } from "../provider/model/organizations";
import type { Resource, State } from "../provider/model/planning";
import type { Declared } from "../provider/model/script";
import type { ExportedResource, TestStack } from "../support/stack";

/** A resource as the real state has it. */
interface RealResource extends ExportedResource {
  provider: string;
  delete?: true;
  pendingReplacement?: true;
  retainOnDelete?: boolean;
}

/** The program of a model, for the real engine. */
export function programText(program: ReadonlyMap<string, Declared>, organizations: Organizations): string {
  const used = [...new Set([...program.values()].map(({ at = "D" }) => at))].filter((at) => at !== "D");
  const providers = used.map((letter) => {
    const { key: apiKey, url: baseUrl } = organizations.account(letter);
    const args = JSON.stringify({ apiKey, baseUrl });
    return `const ${letter} = new Provider(${JSON.stringify(organizations.nameOf(letter))}, ${args});`;
  });
  const resources = [...program].map(([slot, declared]) => {
    const { at = "D", retainOnDelete, deleteBeforeReplace } = declared;
    const options = JSON.stringify({ retainOnDelete, deleteBeforeReplace });
    const provider = at === "D" ? "" : `, provider: ${at}`;
    const inputs = JSON.stringify(inputsOf(declared));
    return `new HeadshotInvite("${slot}", ${inputs}, { ...${options}${provider} });`;
  });
  return [...providers, ...resources].join("\n");
}

export const inModel = ({ resources }: State) => resources.map(comparable).sort();

export async function recorded(stack: TestStack): Promise<string[]> {
  const resources = (await stack.export()).resources as RealResource[];
  return resources
    .map(({ urn, id, inputs, outputs, retainOnDelete, ...rest }) => {
      // urn:pulumi:STACK::PROJECT::TYPE::NAME::ID
      const name = rest.provider.split("::").at(-2) ?? "";
      return comparable({
        ...{ slot: urn.split("::").at(-1) ?? "", id, inputs, outputs, org: 0 },
        ...{ provider: name.startsWith("default") ? "" : name, retainOnDelete },
        ...({ doomed: rest.delete, halfReplaced: rest.pendingReplacement } as object),
      } as Resource);
    })
    .sort();
}

/** Without what differs between two runs: times, secrets and random ids. */
function comparable({ slot, id, provider, inputs, outputs, ...rest }: Resource): string {
  const { status, teamId, adopted, renewals, maxRenewals, forceDestroy, resend, __organization } = outputs;
  const seen = { status, teamId, adopted, renewals, maxRenewals, forceDestroy, resend, __organization };
  const sorted = Object.entries(inputs).sort().flat().join();
  const { doomed = false, halfReplaced = false, retainOnDelete = false } = rest;
  return JSON.stringify([slot, id, provider, sorted, seen, doomed, halfReplaced, retainOnDelete]);
}

export function atTheApi({ emulators }: Organizations): unknown {
  return emulators.map((one) => [
    one
      .invites()
      .map(({ email, status, teamId }) => `${email} ${status} ${teamId}`)
      .sort(),
    one.outbox.map(({ to }) => to).sort(),
  ]);
}
