import fc from "fast-check";

/** One person of a trial's program: the resource's name stays, her address and team may change. */
export interface Member {
  slot: string;
  email: string;
  teamId?: string;
}

/** What is interrupted, how and when; and what the program becomes. */
export interface Plan {
  operation: "up" | "refresh" | "destroy";
  victim: "cli" | "provider" | "connections";
  /** Requests to let pass before the blow, and then milliseconds. */
  requests: number;
  milliseconds: number;
  checkpoints: boolean;
  changes: Change[];
}

type Change = "keep" | "keep" | "team" | "address" | "remove" | "add";

const SLOTS = 10;
const TEAMS = [undefined, "team_xyz789", "team_abc123"];

const plans: fc.Arbitrary<Plan> = fc.record({
  operation: fc.constantFrom("up", "up", "up", "refresh", "destroy"),
  victim: fc.constantFrom("cli", "cli", "provider", "connections"),
  requests: fc.nat({ max: 6 }),
  milliseconds: fc.nat({ max: 250 }),
  checkpoints: fc.boolean(),
  changes: fc.array(fc.constantFrom<Change>("keep", "keep", "team", "address", "remove", "add"), {
    minLength: SLOTS,
    maxLength: SLOTS,
  }),
});

/** The plan of a seed: the same one each time. */
export function planOf(seed: number): Plan {
  const [plan] = fc.sample(plans, { seed, numRuns: 1 });
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
    const otherTeam = TEAMS[(TEAMS.indexOf(member?.teamId) + 1) % TEAMS.length];
    if (!member) return change === "add" || change === "address" ? [{ slot, email: fresh(slot) }] : [];
    if (change === "remove") return [];
    if (change === "address") return [{ ...member, email: fresh(slot) }];
    return [change === "team" ? { ...member, teamId: otherTeam } : member];
  });
}
