import fc from "fast-check";
import type { Emulator } from "headshotpro-emulator";

/** One person of a trial's program: the resource's name stays, the address, the team and the provider may change. */
export interface Member {
  slot: string;
  email: string;
  teamId?: string;
  provider?: ProviderName;
}

/** Explicit providers: one with the default organization's key, one with another organization's. */
type ProviderName = "same" | "emea";

/** What is interrupted, how and when; and what the program becomes. */
export interface Plan {
  operation: "up" | "refresh" | "destroy";
  victim: "cli" | "provider" | "connections";
  /** Requests to let pass before the blow, and then milliseconds. */
  requests: number;
  milliseconds: number;
  checkpoints: boolean;
  changes: Change[];
  /** Whether the program's team gets another name, and whether it has a second one, of nobody. */
  renamesTeam: boolean;
  hasSpareTeam: boolean;
  /** Whether the state knows who has signed up. */
  refreshed: boolean;
}

/**
 * `replace`: nothing but an `up` that replaces people, by address or by organization. `assign`: nothing but an `up` that
 * moves people who have signed up to other teams.
 */
export const KINDS = ["any", "replace", "assign"] as const;
export type Kind = (typeof KINDS)[number];

type Change = "keep" | "team" | "address" | "provider" | "remove" | "add";

const SLOTS = 10;
/** The team that the program itself makes: its people name it by its output. */
export const MADE = "made";
const TEAMS = [undefined, "team_xyz789", MADE, "team_abc123"];
const PROVIDERS: (ProviderName | undefined)[] = [undefined, "same", "emea"];

const CHANGES: Record<Kind, Change[]> = {
  any: ["keep", "keep", "team", "address", "provider", "remove", "add"],
  replace: ["keep", "address", "provider", "provider", "add"],
  assign: ["keep", "team", "team", "team", "add"],
};
const OPERATIONS: Record<Kind, Plan["operation"][]> = {
  any: ["up", "up", "up", "refresh", "destroy"],
  replace: ["up"],
  assign: ["up"],
};

const plans = (kind: Kind): fc.Arbitrary<Plan> =>
  fc.record({
    operation: fc.constantFrom(...OPERATIONS[kind]),
    victim: fc.constantFrom("cli", "cli", "provider", "connections"),
    requests: fc.nat({ max: 6 }),
    milliseconds: fc.nat({ max: 250 }),
    checkpoints: fc.boolean(),
    changes: fc.array(fc.constantFrom(...CHANGES[kind]), {
      minLength: SLOTS,
      maxLength: SLOTS,
    }),
    renamesTeam: fc.boolean(),
    hasSpareTeam: fc.boolean(),
    refreshed: fc.boolean(),
  });

/** The plan of a seed: the same one each time. */
export function planOf(seed: number, kind: Kind): Plan {
  const [plan] = fc.sample(plans(kind), { seed, numRuns: 1 });
  if (!plan) throw new Error("fast-check gave no plan");
  return plan;
}

/** Who is declared before the first trial. */
export function firstMembers(): Member[] {
  return Array.from({ length: SLOTS - 3 }, (_, index) => ({
    slot: `slot${index}`,
    email: `first${index}@acme.com`,
  }));
}

/** The next program: each slot keeps, changes, loses or gains somebody. @param fresh names nobody had before */
export function changed(members: readonly Member[], plan: Plan, fresh: (slot: string) => string): Member[] {
  if (plan.operation !== "up") return [...members];
  return plan.changes.flatMap((change, index): Member[] => {
    const slot = `slot${index}`;
    const member = members.find((one) => one.slot === slot);
    if (!member) return change === "add" || change === "address" ? [{ slot, email: fresh(slot) }] : [];
    if (change === "remove") return [];
    if (change === "address") return [{ ...member, email: fresh(slot) }];
    if (change === "provider") return [{ ...member, provider: next(PROVIDERS, member.provider) }];
    return [change === "team" ? { ...member, teamId: next(TEAMS, member.teamId) } : member];
  });
}

function next<T>(values: readonly T[], value: T): T {
  return values[(values.indexOf(value) + 1) % values.length] as T;
}

/** The default provider's organization, and the other one. */
interface Organizations {
  acme: Emulator;
  emea: Emulator;
}

/** A trial's program: people who are free to change, and those who have headshots. */
type Program = (
  members: readonly Member[],
  guarded: readonly string[],
  organizations: Organizations,
  /** The teams that it makes: names by resource. */
  teams: Readonly<Record<string, string>>,
) => string;

/** Whether somebody is in the program's team: the other organization does not have it. */
export const isInMade = ({ teamId, provider }: Member) => teamId === MADE && provider !== "emea";

/** What a program says of somebody, with a team's output as the language writes it. */
function inputsOf(member: Member, madeTeam: unknown): Record<string, unknown> {
  const { slot, provider, teamId, ...inputs } = member;
  if (isInMade(member)) return { ...inputs, team: madeTeam };
  return { ...inputs, ...(teamId !== undefined && teamId !== MADE && { teamId }) };
}

/** Explicit providers: one of the default provider's own organization. */
const providersOf = ({ acme, emea }: Organizations) =>
  Object.entries({ same: acme, emea }).map(([name, { apiKey, url }]) => ({ name, apiKey, baseUrl: url }));

export const PROGRAMS: Record<"javascript" | "yaml", Program> = {
  javascript(members, guarded, organizations, teams) {
    const providers = providersOf(organizations).map(
      ({ name, ...args }) => `const ${name} = new Provider("${name}", ${JSON.stringify(args)});`,
    );
    const guardedOnes = guarded.map(
      (email) => `new HeadshotInvite("${email}", { email: "${email}", adopt: true });`,
    );
    const made = Object.entries(teams).map(
      ([name, args]) => `const ${name} = new HeadshotTeam("${name}", { name: "${args}" });`,
    );
    const others = members.map((member) => {
      const options = member.provider ? `, { provider: ${member.provider} }` : "";
      const args = JSON.stringify(inputsOf(member, "MADE")).replace('"MADE"', `${MADE}.name`);
      return `new HeadshotInvite("${member.slot}", ${args}${options});`;
    });
    return [...providers, ...made, ...guardedOnes, ...others].join("\n");
  },

  yaml(members, guarded, organizations, teams) {
    const providers = providersOf(organizations).map(({ name, ...properties }) => [
      name,
      { type: "pulumi:providers:headshotpro", properties },
    ]);
    const type = "headshotpro:HeadshotInvite";
    const guardedOnes = guarded.map((email, index) => [
      `guarded${index}`,
      { type, properties: { email, adopt: true } },
    ]);
    const made = Object.entries(teams).map(([resource, name]) => [
      resource,
      { type: "headshotpro:HeadshotTeam", properties: { name } },
    ]);
    const others = members.map((member) => {
      const { slot, provider } = member;
      const properties = inputsOf(member, `\${${MADE}.name}`);
      return [slot, { type, properties, ...(provider && { options: { provider: `\${${provider}}` } }) }];
    });
    const resources = Object.fromEntries([...providers, ...made, ...guardedOnes, ...others]);
    return `resources: ${JSON.stringify(resources)}\n`;
  },
};
