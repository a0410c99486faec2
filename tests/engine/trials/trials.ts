// Crash trials on the real engine: npm run trials -- --trials 200 --seed 1 --workers 2 [--kind replace|assign] [--language yaml]
import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Emulator, type StoredInvite, startEmulator } from "headshotpro-emulator";
import { CHECKPOINTS_OFF, NO_LIMIT } from "../../support/constants";
import { providersOf } from "../../support/engine";
import { TestStack } from "../../support/stack";
import {
  changed,
  firstMembers,
  isInMade,
  KINDS,
  type Kind,
  MADE,
  type Member,
  type Plan,
  PROGRAMS,
  planOf,
} from "./plan";

/** People with headshots: two who are declared, one whom no program names. Nothing may ever touch them. */
const GUARDED = ["guarded1@acme.com", "guarded2@acme.com"];
const OUTSIDER = "outsider@acme.com";

/** One stack, two organizations, and a chain of trials: each starts from where the last one ended. */
export class Trials {
  private members = firstMembers();
  private teams: Readonly<Record<string, string>> = { [MADE]: "Made" };
  private people = 0;
  private readonly foreignTeams: Readonly<Record<string, string>>;

  private constructor(
    /** The default provider's organization, and the other one. */
    private readonly emulator: Emulator,
    private readonly emea: Emulator,
    private readonly stack: TestStack,
    private readonly guardedBefore: string,
    private readonly programOf: (members: readonly Member[], teams: Trials["teams"]) => string,
  ) {
    const isOurs = (name: string) => Object.values(this.teams).includes(name);
    this.foreignTeams = Object.fromEntries(
      Object.entries(emulator.teams).filter(([, name]) => !isOurs(name)),
    );
  }

  /** @param language what the programs are written in; in YAML, the plugin serves them. */
  static async start(language: "javascript" | "yaml" = "javascript"): Promise<Trials> {
    const options = { rateLimit: NO_LIMIT, latencyMs: 40, credits: 100_000 };
    const emulator = await startEmulator(options);
    const emea = await startEmulator({ ...options, apiKey: "hp_emea_key_1" });
    for (const email of [...GUARDED, OUTSIDER]) {
      emulator.inviteByHand({ email });
      emulator.setStatus(email, "completed");
    }
    const programOf = (members: readonly Member[], teams: Trials["teams"]) =>
      PROGRAMS[language](members, GUARDED, { acme: emulator, emea }, teams);
    const stack = await TestStack.create(emulator, {
      language,
      ...(language === "yaml" && { face: "plugin" }),
      program: programOf(firstMembers(), { [MADE]: "Made" }),
    });
    await stack.must("up", "--yes", "--skip-preview");
    return new Trials(emulator, emea, stack, guarded(emulator), programOf);
  }

  /** Interrupts one command and recovers by `cancel` (where a lock is left) and the command or `up` again. */
  async run(seed: number, kind: Kind): Promise<string> {
    const plan = planOf(seed, kind);
    if (kind === "assign") await this.signUp(plan);
    const before = this.live();
    this.members = changed(this.members, plan, (slot) => `${slot}-${this.people++}@acme.com`);
    if (plan.operation === "up") {
      const other = this.teams[MADE] === "Made" ? "Renamed" : "Made";
      const name = plan.renamesTeam ? other : (this.teams[MADE] ?? "");
      this.teams = { [MADE]: name, ...(plan.hasSpareTeam && { spare: "Spare" }) };
    }
    await this.stack.setProgram(this.programOf(this.members, this.teams));
    const movesBefore = this.moves();
    const sentBefore = this.organizations().map(([, { outbox }]) => outbox.length);
    this.stack.env = plan.checkpoints ? {} : CHECKPOINTS_OFF;

    const blow = await this.interrupt(plan);
    if (plan.victim === "cli") {
      await this.stack.removeTornAttributes();
      await this.stack.run("cancel", "--yes");
    }
    // Guarded people make it fail, as they should; everybody else is gone then.
    if (plan.operation === "destroy") await this.stack.destroy("--continue-on-error");
    const up = await this.stack.up();
    assert.equal(up.code, 0, up.printed);

    const sent = this.sentSince(sentBefore);
    this.check(plan, before, sent);
    const resources = this.members.length + GUARDED.length + Object.keys(this.teams).length;
    assert.equal((await this.stack.export()).resources.length, resources);
    return `${plan.operation}, ${plan.victim} ${blow}, ${sent.length} e-mails, ${this.moves() - movesBefore} moves`;
  }

  async stop(): Promise<void> {
    await this.stack.remove();
    await Promise.all([this.emulator.close(), this.emea.close()]);
  }

  private organizations(): [string, Emulator][] {
    return [
      ["acme", this.emulator],
      ["emea", this.emea],
    ];
  }

  /** Everybody who is there has signed up, and most of them have headshots. */
  private async signUp({ refreshed }: Plan): Promise<void> {
    const reached = ["completed", "accepted", "generating", "uploading"];
    for (const [, emulator] of this.organizations())
      for (const [index, { email, status }] of emulator.invites().entries())
        if (status === "pending") emulator.setStatus(email, reached[index % reached.length] ?? "");
    if (refreshed) await this.stack.must("refresh", "--yes");
  }

  /** Everybody who is invited and free to change, by address and organization. */
  private live(): Map<string, StoredInvite> {
    return new Map(
      this.organizations().flatMap(([name, { invites }]) =>
        invites()
          .filter(({ email, status }) => status !== "revoked" && ![...GUARDED, OUTSIDER].includes(email))
          .map((invite): [string, StoredInvite] => [`${invite.email} at ${name}`, invite]),
      ),
    );
  }

  private moves(): number {
    const requests = this.organizations().flatMap(([, emulator]) => emulator.requests);
    return requests.filter(({ verb }) => verb === "assign").length;
  }

  /** To whom e-mails were sent, and from where. @param before how many each organization had sent by then */
  private sentSince(before: readonly number[]): string[] {
    return this.organizations().flatMap(([name, { outbox }], index) =>
      outbox.slice(before[index]).map(({ to }) => `${to} at ${name}`),
    );
  }

  private requests(): number {
    return this.emulator.requests.length + this.emea.requests.length;
  }

  private async interrupt(plan: Plan): Promise<string> {
    const requestsBefore = this.requests();
    const running = this.stack.start(plan.operation, "--yes", "--skip-preview", "--parallel", "4");
    let over = false;
    const ended = running.ended.then(() => {
      over = true;
    });
    while (!over && this.requests() < requestsBefore + plan.requests) await sleep(5);
    await sleep(plan.milliseconds);
    const late = over;
    if (plan.victim === "cli" && !over) running.kill("SIGKILL");
    if (plan.victim === "provider") for (const pid of providersOf(this.stack.directory)) kill(pid);
    if (plan.victim === "connections") {
      // All that is on its way is cut off: some of it before it had an effect, some after.
      for (const when of ["before", "after"] as const)
        for (const [, emulator] of this.organizations())
          emulator.fault({ on: "any", kind: "reset", when, times: 3 });
    }
    await ended;
    for (const [, emulator] of this.organizations()) emulator.clearFaults();
    return late ? "too late" : "hit";
  }

  private check(plan: Plan, before: Map<string, StoredInvite>, sent: string[]): void {
    const declared = new Map(
      this.members.map((member) => [
        `${member.email} at ${member.provider === "emea" ? "emea" : "acme"}`,
        member,
      ]),
    );
    const after = this.live();
    assert.deepEqual([...after.keys()].sort(), [...declared.keys()].sort(), "declared = at the API");
    const { teams } = this.emulator;
    const ours = Object.entries(teams).filter(([id]) => this.foreignTeams[id] === undefined);
    assert.deepEqual(ours.map(([, name]) => name).sort(), Object.values(this.teams).sort(), "the teams");
    for (const [id, name] of Object.entries(this.foreignTeams)) assert.equal(teams[id], name, "other teams");
    const made = ours.find(([, name]) => name === this.teams[MADE])?.[0];
    for (const [email, member] of declared) {
      const teamId = member.teamId === MADE ? (isInMade(member) ? made : undefined) : member.teamId;
      const [was, is] = [before.get(email), after.get(email)];
      if (teamId) assert.equal(is?.teamId, teamId, `the team of ${email}`);
      const hasSignedUp = was !== undefined && was.status !== "pending";
      if (hasSignedUp) assert.deepEqual({ ...is, teamId: was.teamId }, was, `what ${email} has`);
      const stays = was !== undefined && (hasSignedUp || !teamId || was.teamId === teamId);
      const expected = plan.operation === "destroy" || !stays ? 1 : 0;
      assert.equal(sent.filter((to) => to === email).length, expected, `e-mails to ${email}`);
    }
    assert.deepEqual(
      sent.filter((to) => !declared.has(to)),
      [],
      "e-mails to people who are not declared",
    );
    assert.equal(guarded(this.emulator), this.guardedBefore, "people with headshots");
  }
}

function guarded(emulator: Emulator): string {
  return JSON.stringify([...GUARDED, OUTSIDER].map((email) => emulator.invite(email)));
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it ended by itself in the meantime
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      trials: { type: "string", default: "200" },
      seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
      workers: { type: "string", default: "2" },
      kind: { type: "string", default: "any" },
      language: { type: "string", default: "javascript" },
    },
  });
  const kind = KINDS.find((one) => one === values.kind);
  if (!kind) throw new Error(`--kind is one of ${KINDS.join(", ")}, not ${values.kind}`);
  const first = Number(values.seed);
  const seeds = Array.from({ length: Number(values.trials) }, (_, n) => first + n);
  let passed = 0;
  let failed = 0;
  let hit = 0;
  const worker = async () => {
    const start = () => Trials.start(values.language === "yaml" ? "yaml" : "javascript");
    let trials = await start();
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      try {
        const told = await trials.run(seed, kind);
        if (told.includes(" hit,")) hit++;
        console.log(`✔ seed ${seed}: ${told}`);
        passed++;
      } catch (error) {
        console.log(`✖ seed ${seed}: ${(error as Error).message}`);
        failed++;
        await trials.stop();
        trials = await start();
      }
    }
    await trials.stop();
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, worker));
  console.log(`${hit} commands were interrupted before their end`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

if (require.main === module) main();
