import { EngineError } from "./command-run";
import { leaving, type Operation, type Program, planOf, type Resource } from "./planning";
import type { Report } from "./steps";
import { Steps } from "./steps";

/**
 * What the Pulumi engine does with a dynamic provider (pkg/resource/deploy 3.257: step_generator.go, step.go,
 * engine/update.go, backend/snapshot.go): the program's providers, its resources one after another (check,
 * diff, the steps that follow), the deletes at the end and only where nothing failed, and after each step the state. What is
 * new is asked of the provider that the program names, what goes of the one that the state names.
 */
export class MiniEngine extends Steps {
  /** What an `up` would do: `check` and `diff` only. */
  async preview(program: Program): Promise<Report> {
    const report: Report = { planned: [], errors: [], killed: false };
    const note = (error: unknown) => void report.errors.push(error);
    this.register(program);
    for (const slot of program.goals.keys())
      await this.plan(slot, program).then((operation) => operation && report.planned.push(operation), note);
    for (const old of this.goneFrom(program, this.state.resources)) {
      report.planned.push(leaving("delete", old));
      if (old.protect && !old.doomed) note(new EngineError(`${old.slot} is protected`));
    }
    return report;
  }

  async up(program: Program): Promise<Report> {
    const previous = [...this.state.resources];
    return this.run(async (report, start) => {
      this.register(program);
      for (const slot of program.goals.keys()) {
        if (this.failed) break;
        const operation = await this.plan(slot, program);
        if (!operation) continue;
        report.planned.push(operation);
        await start(() => this.carryOut(operation));
      }
      await start.all();
      if (this.failed) return;
      for (const old of this.goneFrom(program, previous)) {
        report.planned.push(leaving("delete", old));
        await start(() => this.delete(old));
      }
      await start.all();
      if (!this.failed) this.forgetProviders(program);
    });
  }

  async destroy(): Promise<Report> {
    return this.run(async (report, start) => {
      for (const old of [...this.state.resources].reverse().filter(({ slot }) => this.isTarget(slot))) {
        report.planned.push(leaving("delete", old));
        await start(() => this.delete(old));
      }
      await start.all();
    });
  }

  async refresh(): Promise<Report> {
    return this.run(async (report, start) => {
      for (const old of this.state.resources.filter((one) => !one.halfReplaced && this.isTarget(one.slot))) {
        report.planned.push(leaving("read", old));
        await start(() => this.read(old));
      }
      await start.all();
    });
  }

  private isTarget(slot: string): boolean {
    return this.options.target?.includes(slot) ?? true;
  }

  /** Providers come first, whatever is targeted. */
  private register({ providers }: Program): void {
    this.state.providers = { ...this.state.providers, ...providers };
  }

  private forgetProviders({ providers }: Program): void {
    const used = new Set([
      ...Object.keys(providers),
      ...this.state.resources.map(({ provider }) => provider),
    ]);
    this.state.providers = Object.fromEntries(
      Object.entries(this.state.providers).filter(([name]) => used.has(name)),
    );
  }

  private goneFrom({ goals }: Program, resources: Resource[]): Resource[] {
    return resources.filter((old) => (old.doomed || !goals.has(old.slot)) && this.isTarget(old.slot));
  }

  private async plan(slot: string, { goals, providers }: Program): Promise<Operation | undefined> {
    const old = this.state.resources.find((one) => one.slot === slot && !one.doomed);
    if (!this.isTarget(slot)) {
      if (old && !providers[old.provider])
        throw new EngineError(`provider ${old.provider} for resource ${slot} has not been registered yet`);
      return undefined;
    }
    const goal = goals.get(slot);
    if (!goal) return undefined;
    const asked = this.options.replace?.includes(slot) || old?.taint === true;
    return planOf(this.process(goal.provider), slot, goal, old, asked);
  }
}
