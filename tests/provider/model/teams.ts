import { strict as assert } from "node:assert";
import fc from "fast-check";
import { hasHeadshots, isAnnounced } from "./facts";
import { line, mix, pick, trouble } from "./generate";
import { steadyRandom } from "./interpreter";
import { placeOf } from "./organizations";
import { type Disturbance, PEOPLE, type Who } from "./script";
import { type Observation, World } from "./world";

/** The program's own teams, each with the two names that it may have. */
const NAMES = { a: ["Design", "Brand"], b: ["Sales", "Growth"] } as const;
type Slot = keyof typeof NAMES;

/** One line of a script. */
export type TeamLine =
  | [what: "declare" | "rename" | "drop" | "delete by hand", team: Slot]
  | [what: "person", who: Who, team?: Slot]
  | [what: "complete", who: Who]
  | [command: "up", disturbed?: Disturbance];

const team = pick<Slot[]>("a", "a", "b");
const who = pick(...PEOPLE.slice(0, 3));

/** Random scripts: edits of the program, what people do, and commands that are disturbed as often as not. */
const scripts = fc.array(
  mix<TeamLine>(
    ...([
      [4, line("declare", team)],
      [4, line("rename", team)],
      [2, line("drop", team)],
      [1, line("delete by hand", team)],
      [5, line("person", who, fc.option(team, { nil: undefined, freq: 5 }))],
      [2, line("complete", who)],
      [5, line("up", trouble)],
      [4, line("up")],
    ] as [number, fc.Arbitrary<TeamLine>][]),
  ),
  { minLength: 3, maxLength: 25, size: "max" },
);

/** A stack that declares teams, and people in them by the teams' names. */
class TeamStack {
  private readonly people = new Map<Who, Slot | undefined>();

  constructor(private readonly world: World) {}

  async play([what, one, other]: TeamLine): Promise<void> {
    if (what === "up") await this.command("up", one);
    else if (what === "person") this.people.set(one, other);
    // Others with headshots would be neither revoked nor adopted without a word.
    else if (what === "complete") this.recorded(one) && this.world.act(one, "complete");
    else this.edit(what, one);
  }

  private edit(what: "declare" | "rename" | "drop" | "delete by hand", slot: Slot): void {
    const { teams } = this.world;
    const [first, second] = NAMES[slot];
    const [key, name, old] = [`team ${slot}`, teams.get(`team ${slot}`), this.recorded(`team ${slot}`)];
    const other = name === first ? second : first;
    if (what === "drop") teams.delete(key);
    else if (what === "delete by hand") this.there[old?.id ?? ""] && this.emulator.deleteTeam(old?.id ?? "");
    // HeadshotPro refuses the name of a team that is there: one that a killed run has left, say.
    else if (what === "declare")
      teams.set(key, name ?? (this.isThere(first) ? String(old?.inputs.name ?? first) : first));
    else if (name !== undefined && !this.isThere(other)) teams.set(key, other);
  }

  private get emulator() {
    return this.world.organizations.at(0);
  }

  private get there(): Readonly<Record<string, string>> {
    return this.emulator.teams;
  }

  private isThere = (name: string) => Object.values(this.there).includes(name);
  private recorded = (slot: string) => this.world.state.resources.find((one) => one.slot === slot);

  /** Takes the way out that messages name, a refresh, and then everything must converge, and be quiet. */
  async settle(): Promise<void> {
    await this.command("refresh");
    const isAtRest = ({ errors, planned }: Observation) =>
      errors.length === 0 && planned.every(({ op }) => op === "same");
    for (let ups = 1; !isAtRest(await this.command("up")); ups++)
      assert.ok(ups < 4, "law 2: the fourth up still changes something");
    for (const [slot, name] of this.world.teams)
      assert.equal(this.there[this.recorded(slot)?.id ?? ""], name, `law 2: the ${slot}`);
    for (const [person, slot] of this.people) {
      const invite = this.world.organizations.standing(placeOf(0, `${person}@acme.com`));
      assert.ok(invite && invite.status !== "revoked", `law 2: ${person} is declared, and not invited`);
      const id = this.world.teams.has(`team ${slot}`) ? this.recorded(`team ${slot}`)?.id : undefined;
      if (id !== undefined) assert.equal(invite.teamId, id, `law 2: the team of ${person}`);
    }
    const { preview, requests } = await this.command("up");
    assert.deepEqual(
      [...preview.requests, ...requests],
      [],
      "law 6: an up that changes nothing asks nothing",
    );
  }

  private async command(name: "up" | "refresh", disturbed: Disturbance = {}): Promise<Observation> {
    const { world } = this;
    for (const [person, slot] of this.people)
      world.program.set(person, { who: person, team: world.teams.get(`team ${slot}`) });
    const before = this.there;
    const seen = await world.command(name, disturbed);
    for (const { place, before: invite } of seen.revokes)
      assert.ok(!hasHeadshots(invite), `law 1: ${place} was revoked`);
    const { emails } = seen;
    assert.equal(new Set(emails).size, emails.length, "law 3: two e-mails to one person in one run");
    for (const place of emails)
      assert.ok(isAnnounced(seen, place), `law 5: ${place}'s e-mail was not announced`);
    for (const { name: kind, stack } of seen.errors as Error[])
      assert.ok(kind === "UserError" || kind === "Error", stack);
    this.checkTeams(before, seen);
    return seen;
  }

  /** Laws 1 and 5: only teams of the stack are changed or deleted, and one is made for each that lacks. */
  private checkTeams(before: Readonly<Record<string, string>>, { stateBefore }: Observation): void {
    const ours = new Set(stateBefore.map(({ id }) => id));
    for (const [id, name] of Object.entries(before))
      assert.ok(this.there[id] === name || ours.has(id), `law 1: the team ${name} is not ours`);
    const declared = [...this.world.teams.values()];
    for (const [id, name] of Object.entries(this.there))
      assert.ok(
        before[id] !== undefined || declared.includes(name),
        `law 5: nobody declares the team ${name}`,
      );
  }
}

/** Runs a script, which ends at rest. */
export async function runTeams(script: readonly TeamLine[]): Promise<void> {
  const stopRandom = steadyRandom();
  const world = await World.start({});
  const stack = new TeamStack(world);
  try {
    for (const one of script) await stack.play(one);
    await stack.settle();
  } finally {
    stopRandom();
    await world.stop();
  }
}

/** Runs the random scripts of a seed. @throws Error that tells the smallest script which breaks a law */
export async function runTeamSeed(seed: number, numRuns: number): Promise<void> {
  await fc.assert(fc.asyncProperty(scripts, runTeams), { seed, numRuns });
}
