import { outsideDomain } from "../invite/allowed-domains";
import { carriedTeam } from "../invite/decide";
import { personOf } from "../invite/email";
import { type InputFailure, readInputs, UNKNOWN } from "../invite/inputs";
import { UserError } from "../user-error";
import type { Context } from "./context";
import { checkedInputs } from "./outputs";

const STAYS =
  "That is what ignoreChanges of teamId means; if the program declares both, leave one of the two out";

/**
 * Canonicalises and validates a declaration, and the configuration, so that a preview shows what is wrong. A team that is
 * new to the person is looked up, once in a run.
 *
 * @throws UserError if the providers of this run cannot tell each other whom they declare.
 */
export async function check(
  context: Context,
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
): Promise<{ inputs: Record<string, unknown>; failures: InputFailure[] }> {
  const { __provider, __refusal, __later, ...declared } = news;
  if (typeof __refusal === "string")
    return { inputs: declared, failures: [{ property: "", reason: __refusal }] };
  context.people.noteLater(__later);
  const { inputs, failures } = readInputs(declared);
  const known = failures.findIndex(({ person }) => person !== undefined && isRecorded(olds, person));
  // Whoever the state has by such an address stays declared by it.
  if (known !== -1) inputs.email = failures.splice(known, 1)[0]?.person;
  const carried = carriedTeam(olds, inputs);
  const { teamId = carried, failure, passedOver } = await context.teams.declared(olds, inputs);
  if (teamId !== undefined) inputs.teamId = teamId;
  if (passedOver !== undefined) {
    context.log(`${inputs.email} stays in team ${teamId}: ${passedOver}, as the state does. ${STAYS}`);
    // The state would claim that the name means this id.
    delete inputs.team;
  }
  if (failure) failures.push(failure);
  context.people.checked(inputs, olds, { carriesTeam: (carried ?? passedOver) !== undefined });
  tellPeers(context, inputs);
  const found = [
    ...failures,
    ...(await newcomerFailures(context, olds, inputs)),
    ...configurationFailures(context),
  ];
  if (found.length === 0) announceDirect(context, olds, inputs);
  return { inputs: checkedInputs(context, inputs), failures: found };
}

/** Whoever is about to be deleted by another provider of this run must be found by it until then. */
function tellPeers({ organization, surroundings }: Context, inputs: Record<string, unknown>): void {
  const { email, forceDestroy } = inputs;
  if (typeof email !== "string" || email === UNKNOWN || !organization) return;
  surroundings.peers.declare(personOf(email), {
    forceDestroy: typeof forceDestroy === "boolean" ? forceDestroy : undefined,
  });
}

function isRecorded(olds: Record<string, unknown>, email: string): boolean {
  return typeof olds.email === "string" && personOf(olds.email) === email;
}

/** Whoever is recorded under that address is invited already, and may be looked at, kept and revoked. */
async function newcomerFailures(
  context: Context,
  olds: Record<string, unknown>,
  { email }: Record<string, unknown>,
): Promise<InputFailure[]> {
  if (typeof email !== "string" || email === UNKNOWN) return [];
  if (isRecorded(olds, email)) return [];
  const outside = outsideDomain(email, context.usableSettings?.allowedDomains);
  if (outside !== undefined) return [{ property: "email", reason: `${outside} (allowedDomains)` }];
  const tooMany = await context.limit.announce(personOf(email), { isNew: true });
  return tooMany === undefined ? [] : [{ property: "", reason: tooMany }];
}

/** Says beforehand what no plan of a program says. */
function announceDirect(
  context: Context,
  olds: Record<string, unknown>,
  { email }: Record<string, unknown>,
): void {
  if (context.isDirect && olds.email === undefined)
    context.log(`${email}: this command sends an e-mail, unless they are invited already`);
}

/** The configuration is everybody's: what is wrong with it is reported once, not once for each person. */
export function configurationFailures(context: Context): InputFailure[] {
  try {
    void context.settings;
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return context.isNews("configuration") ? [{ property: "", reason: error.message }] : [];
  }
}
