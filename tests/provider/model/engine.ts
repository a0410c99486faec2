import { PROVIDER_TEXT } from "../../../provider/src/urn";
import { PartialUpdateError } from "../../../provider/src/user-error";
import {
  leaving,
  type Operation,
  type Program,
  type Properties,
  planOf,
  type Resource,
  type State,
  sent,
  stored,
} from "./planning";
import { type CommandRun, EngineError, Killed, type ProviderProcess } from "./processes";

/** What came of an update: one that was carried out in part has outputs as well. */
interface Outcome {
  outs: Properties;
  failure?: PartialUpdateError;
}

async function carriedOut(update: Promise<{ outs: Properties }>): Promise<Outcome> {
  try {
    return await update;
  } catch (failure) {
    if (!(failure instanceof PartialUpdateError)) throw failure;
    return { outs: failure.properties, failure };
  }
}

/** What a command did, or a preview would do. */
export interface Report {
  planned: Operation[];
  errors: unknown[];
  killed: boolean;
}

/** How a command is told to run. */
interface RunOptions {
  /** Whether steps run side by side, as far as the engine lets them. */
  parallel?: boolean | undefined;
  /** How it ends before its time: after so many operations, whose last result is written or lost. */
  stop?: { operations: number; written: boolean } | undefined;
  /** `--target` and `--replace`: slots. */
  target?: readonly string[] | undefined;
  replace?: readonly string[] | undefined;
}

/** Starts a step, and waits for it where steps do not run side by side. */
type Start = ((step: () => Promise<void>) => Promise<void>) & { all(): Promise<void> };

/** How steps are run: what fails is noted and ends the command; what was under way comes to its end first. */
class StepRunner {
  protected failed = false;
  private operations = 0;

  constructor(
    protected readonly options: RunOptions,
    private readonly kill: () => void,
  ) {}

  protected async run(body: (report: Report, start: Start) => Promise<void>): Promise<Report> {
    const report: Report = { planned: [], errors: [], killed: false };
    const running: Promise<void>[] = [];
    const note = (error: unknown) => {
      this.failed = true;
      if (error instanceof Killed) report.killed = true;
      else report.errors.push(error);
    };
    const start: Start = Object.assign(
      async (step: () => Promise<void>) => {
        if (report.killed) return;
        const ended = step().catch(note);
        running.push(ended);
        if (!this.options.parallel) await ended;
      },
      { all: () => Promise.all(running).then(() => {}) },
    );
    await body(report, start).catch(note);
    await start.all();
    return report;
  }

  /** One operation, and the state after it: written, or lost where the command is killed. */
  protected async step<T>(call: () => Promise<T>, process: ProviderProcess, write: (result: T) => void) {
    const result = await Promise.race([call(), process.death]);
    const { stop } = this.options;
    const stopped = stop?.operations === ++this.operations;
    if (stopped && !stop?.written) {
      this.kill();
      throw new Killed("before the state was written");
    }
    write(result);
    if (stopped) throw new Killed("interrupted after a step");
  }
}

/** The steps of an operation: which provider is asked for what, and what the state is after it. */
class Steps extends StepRunner {
  constructor(
    options: RunOptions,
    private readonly providers: CommandRun,
    public state: State,
  ) {
    super(options, () => providers.kill());
  }

  protected process(name: string): ProviderProcess {
    const account = this.state.providers[name];
    if (!account) throw new EngineError(`could not find provider ${name}`);
    return this.providers.process(name, account);
  }

  protected async carryOut(operation: Operation): Promise<void> {
    const { op, slot, old, goal, inputs = {}, oldFirst } = operation;
    if (!goal) return;
    const { provider, org, retainOnDelete } = goal;
    const as = { provider, org, retainOnDelete } as Pick<Resource, "provider" | "org">;
    const process = this.process(provider);
    if (op === "same" && old) Object.assign(old, { inputs, ...as });
    if (op === "update" && old) await this.update(process, old, inputs, as);
    if (op === "replace" && old && oldFirst && !old.halfReplaced)
      await this.gone(old, () => {
        old.halfReplaced = true;
      });
    if (op === "create" || op === "replace")
      await this.step(
        () => process.operations.create(sent(inputs) as never),
        process,
        ({ id, outs }) => {
          if (old && !oldFirst) old.doomed = true;
          if (old?.halfReplaced) this.drop(old);
          this.state.resources.push({ slot, id, inputs, outputs: withText(outs), ...as });
        },
      );
  }

  private async update(process: ProviderProcess, old: Resource, inputs: Resource["inputs"], as: object) {
    let outcome: Outcome | undefined;
    await this.step(
      () => carriedOut(process.operations.update(old.id, sent(old.outputs), sent(inputs) as never)),
      process,
      (done) => {
        outcome = done;
        // Of a change in part the engine keeps the old inputs.
        Object.assign(old, { outputs: withText(done.outs), ...as, ...(!done.failure && { inputs }) });
        if (done.failure) old.unready = true;
        else delete old.unready;
      },
    );
    if (outcome?.failure) throw outcome.failure;
  }

  protected async delete(old: Resource): Promise<void> {
    // Its delete is done already; only where the replacement came first does the engine delete once more.
    if (old.halfReplaced && !old.doomed) return this.drop(old);
    await this.gone(old, () => this.drop(old));
  }

  private async gone(old: Resource, write: () => void): Promise<void> {
    const process = this.process(old.provider);
    const call = async () => {
      if (!old.retainOnDelete) await process.operations.delete(old.id, sent(old.outputs));
    };
    await this.step(call, process, write);
  }

  protected async read(old: Resource): Promise<void> {
    const process = this.process(old.provider);
    const before = old.inputs;
    const call = () => process.operations.read(old.id, sent(old.outputs));
    await this.step(call, process, ({ id, props, inputs }) => {
      if (!id) return this.drop(old);
      const fresh = inputs ? withText(inputs) : before;
      Object.assign(old, { id, outputs: withText(props ?? {}), inputs: fresh });
      delete old.unready;
    });
    // The engine shows what the next `up` would change: against what was declared.
    if (this.state.resources.includes(old)) {
      const diff = process.operations.diff(old.id, sent(old.outputs), sent(before) as never);
      await Promise.race([diff, process.death]);
    }
  }

  private drop(resource: Resource): void {
    this.state.resources = this.state.resources.filter((one) => one !== resource);
  }
}

/** As the SDK hands it on: with the text by which it finds the provider. */
function withText(outs: Properties): Properties {
  return { ...stored(outs), __provider: PROVIDER_TEXT };
}

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
    for (const old of this.goneFrom(program, this.state.resources))
      report.planned.push(leaving("delete", old));
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
    const used = new Set([...Object.keys(providers), ...this.state.resources.map((one) => one.provider)]);
    const all = Object.entries(this.state.providers);
    this.state.providers = Object.fromEntries(all.filter(([name]) => used.has(name)));
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
