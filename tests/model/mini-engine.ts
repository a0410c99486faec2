import { PROVIDER_TEXT } from "../../provider/src/resources/provider-text";
import {
  type Operation,
  type Properties,
  planOf,
  type Report,
  type Resource,
  sent,
  stored,
} from "./planning";
import type { ProviderRun } from "./provider-run";
import { type RunOptions, StepRunner } from "./step-runner";

/**
 * What the Pulumi engine does with a dynamic provider (pkg/resource/deploy 3.257: step_generator.go, step.go,
 * backend/snapshot.go): the program's resources one after another (check, diff, the steps that follow), the
 * deletes at the end and only where nothing failed, and after each step the state.
 */
export class MiniEngine extends StepRunner {
  constructor(
    options: RunOptions = {},
    public resources: Resource[] = [],
  ) {
    super(options);
  }

  /** What an `up` would do: `check` and `diff` only. */
  async preview(provider: ProviderRun, program: ReadonlyMap<string, Properties>): Promise<Report> {
    const report: Report = { planned: [], errors: [], killed: false };
    for (const [slot, declared] of program) {
      await this.plan(provider, slot, declared).then(
        (operation) => report.planned.push(operation),
        (error) => report.errors.push(error),
      );
    }
    const seen = new Set(program.keys());
    for (const old of this.resources)
      if (!seen.has(old.slot) || old.doomed)
        report.planned.push({ op: "delete", slot: old.slot, id: old.id, old });
    return report;
  }

  async up(provider: ProviderRun, program: ReadonlyMap<string, Properties>): Promise<Report> {
    const previous = [...this.resources];
    return this.run(async (report, start) => {
      for (const [slot, declared] of program) {
        if (this.failed) break;
        const operation = await this.plan(provider, slot, declared);
        report.planned.push(operation);
        await start(() => this.carryOut(provider, operation));
      }
      await start.all();
      if (this.failed) return;
      const gone = previous.filter((old) => old.doomed || !program.has(old.slot));
      for (const old of gone) {
        report.planned.push({ op: "delete", slot: old.slot, id: old.id, old });
        await start(() => this.delete(provider, old));
      }
      await start.all();
    });
  }

  async destroy(provider: ProviderRun): Promise<Report> {
    return this.run(async (report, start) => {
      for (const old of [...this.resources].reverse()) {
        report.planned.push({ op: "delete", slot: old.slot, id: old.id, old });
        await start(() => this.delete(provider, old));
      }
      await start.all();
    });
  }

  async refresh(provider: ProviderRun): Promise<Report> {
    return this.run(async (report, start) => {
      for (const old of this.resources.filter((one) => !one.halfReplaced)) {
        report.planned.push({ op: "read", slot: old.slot, id: old.id, old });
        await start(() => this.read(provider, old));
      }
      await start.all();
    });
  }

  private plan(provider: ProviderRun, slot: string, declared: Properties): Promise<Operation> {
    const old = this.resources.find((one) => one.slot === slot && !one.doomed);
    return planOf(provider, slot, declared, old);
  }

  private async carryOut(provider: ProviderRun, operation: Operation): Promise<void> {
    const { op, slot, old, inputs = {}, oldFirst } = operation;
    if (op === "same" && old) old.inputs = inputs;
    if (op === "update" && old)
      await this.step(
        () => provider.verbs.update(old.id, sent(old.outputs), sent(inputs)),
        provider,
        ({ outs }) => Object.assign(old, { inputs, outputs: stored(outs) }),
      );
    if (op === "replace" && old && oldFirst && !old.halfReplaced)
      await this.step(
        () => provider.verbs.delete(old.id, sent(old.outputs)),
        provider,
        () => {
          old.halfReplaced = true;
        },
      );
    if (op === "create" || op === "replace")
      await this.step(
        () => provider.verbs.create(sent(inputs)),
        provider,
        ({ id, outs }) => {
          if (old && !oldFirst) old.doomed = true;
          if (old?.halfReplaced) this.drop(old);
          this.resources.push({ slot, id, inputs, outputs: stored(outs) });
        },
      );
  }

  private async delete(provider: ProviderRun, old: Resource): Promise<void> {
    // Its delete is done already; only where the replacement came first does the engine delete once more.
    if (old.halfReplaced && !old.doomed) return this.drop(old);
    const call = () => provider.verbs.delete(old.id, sent(old.outputs));
    await this.step(call, provider, () => this.drop(old));
  }

  private async read(provider: ProviderRun, old: Resource): Promise<void> {
    const before = old.inputs;
    const call = () => provider.verbs.read(old.id, sent(old.outputs));
    await this.step(call, provider, ({ id, props, inputs }) => {
      if (!id) return this.drop(old);
      const fresh = inputs ? { ...stored(inputs), __provider: PROVIDER_TEXT } : before;
      Object.assign(old, { id, outputs: stored(props ?? {}), inputs: fresh });
    });
    // The engine shows what the next `up` would change: against what was declared.
    if (this.resources.includes(old)) await provider.verbs.diff(old.id, sent(old.outputs), sent(before));
  }

  private drop(resource: Resource): void {
    this.resources = this.resources.filter((one) => one !== resource);
  }
}
