import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { CHECKPOINTS_OFF } from "../support/checkpoints-off";
import { NO_LIMIT } from "../support/no-limit";
import { providersOf } from "../support/processes";
import { TestStack } from "../support/stack";
import { changed, firstMembers, type Member, type Plan, planOf } from "./plan";

/** People with headshots: two who are declared, one whom no program names. Nothing may ever touch them. */
const GUARDED = ["guarded1@acme.com", "guarded2@acme.com"];
const OUTSIDER = "outsider@acme.com";

/** One stack, one emulator, and a chain of trials: each starts from where the last one ended. */
export class Trials {
  private members = firstMembers();
  private people = 0;

  private constructor(
    private readonly emulator: Emulator,
    private readonly stack: TestStack,
    private readonly guardedBefore: string,
  ) {}

  static async start(): Promise<Trials> {
    const emulator = await startEmulator({ rateLimit: NO_LIMIT, latencyMs: 40, credits: 100_000 });
    for (const email of [...GUARDED, OUTSIDER]) {
      emulator.inviteByHand({ email });
      emulator.setStatus(email, "completed");
    }
    const stack = await TestStack.create(emulator, {
      language: "javascript",
      program: program(firstMembers()),
    });
    await stack.must("up", "--yes", "--skip-preview");
    return new Trials(emulator, stack, guarded(emulator));
  }

  /** Interrupts one command and recovers by `cancel` (where a lock is left) and the command or `up` again. */
  async run(seed: number): Promise<string> {
    const plan = planOf(seed);
    const before = live(this.emulator);
    this.members = changed(this.members, plan, (slot) => `${slot}-${this.people++}@acme.com`);
    await this.stack.setProgram(program(this.members));
    const sentBefore = this.emulator.outbox.length;
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

    const sent = this.emulator.outbox.slice(sentBefore).map(({ to }) => to);
    this.check(plan, before, sent);
    assert.equal((await this.stack.export()).resources.length, this.members.length + GUARDED.length);
    return `${plan.operation}, ${plan.victim} ${blow}, ${sent.length} e-mails`;
  }

  async stop(): Promise<void> {
    await this.stack.remove();
    await this.emulator.close();
  }

  private async interrupt(plan: Plan): Promise<string> {
    const requestsBefore = this.emulator.requests.length;
    const running = this.stack.start(plan.operation, "--yes", "--skip-preview", "--parallel", "4");
    let over = false;
    const ended = running.ended.then(() => {
      over = true;
    });
    while (!over && this.emulator.requests.length < requestsBefore + plan.requests) await sleep(5);
    await sleep(plan.milliseconds);
    const late = over;
    if (plan.victim === "cli" && !over) running.kill("SIGKILL");
    if (plan.victim === "provider") for (const pid of providersOf(this.stack.directory)) kill(pid);
    if (plan.victim === "connections") {
      // All that is on its way is cut off: some of it before it had an effect, some after.
      for (const when of ["before", "after"] as const)
        this.emulator.fault({ on: "any", kind: "reset", when, times: 3 });
    }
    await ended;
    this.emulator.clearFaults();
    return late ? "too late" : "hit";
  }

  private check(plan: Plan, before: Map<string, string | null>, sent: string[]): void {
    const declared = new Map(this.members.map((member) => [member.email, member]));
    const after = live(this.emulator);
    assert.deepEqual([...after.keys()].sort(), [...declared.keys()].sort(), "declared = at the API");
    for (const [email, { teamId }] of declared) {
      if (teamId) assert.equal(after.get(email), teamId, `the team of ${email}`);
      const stays = before.has(email) && (!teamId || before.get(email) === teamId);
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

function program(members: readonly Member[]): string {
  const guardedOnes = GUARDED.map(
    (email) => `new HeadshotInvite("${email}", { email: "${email}", adopt: true });`,
  );
  const others = members.map(
    ({ slot, ...args }) => `new HeadshotInvite("${slot}", ${JSON.stringify(args)});`,
  );
  return [...guardedOnes, ...others].join("\n");
}

/** Everybody who is invited and has no headshots, with the team. */
function live(emulator: Emulator): Map<string, string | null> {
  const invites = emulator.invites().filter(({ status }) => status === "pending");
  return new Map(invites.map(({ email, teamId }) => [email, teamId]));
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
