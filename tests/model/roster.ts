import { preflight } from "../../provider/src/roster/preflight";
import { UserError } from "../../provider/src/user-error";
import type { Program, Resource, State } from "./planning";

/** The program's roster has whom it declares here, by the default provider. Everybody else stands alone. */
const SLOTS = ["a", "b"];

export const isInRoster = ({ slot, provider }: Pick<Resource, "slot" | "provider">) =>
  SLOTS.includes(slot) && provider === "";

/** What a roster asks before anybody is touched, with the state as the engine tells it. @throws UserError */
export function admit({ goals, maxRemovals }: Program, { resources }: State): void {
  const recorded = resources
    .filter(({ doomed }) => !doomed)
    .map((one) => ({ urn: urnOf(one), email: String(one.outputs.email) }));
  const here = [...goals.values()].filter(({ provider }) => provider === "");
  const declared = new Set(here.map(({ inputs }) => String(inputs.email).trim().toLowerCase()));
  const refusal = preflight({
    name: "people",
    formerNames: [],
    members: [],
    recorded,
    declared,
    allowedDomains: undefined,
    maxRemovals,
  });
  if (refusal !== undefined) throw new UserError(refusal.message);
}

function urnOf(one: Resource): string {
  const invite = "headshotpro:index:HeadshotInvite";
  return isInRoster(one)
    ? `urn:pulumi:dev::model::headshotpro:index:HeadshotRoster$${invite}::people/${one.slot}`
    : `urn:pulumi:dev::model::${invite}::${one.slot}`;
}
