import { PROVIDER_TEXT } from "../../../provider/src/urn";
import { PartialUpdateError } from "../../../provider/src/user-error";
import { type CommandRun, EngineError, Killed, type ProviderProcess } from "./command-run";
import { type Operation, type Properties, type Resource, type State, sent, stored } from "./planning";

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
export interface RunOptions {
  /** Whether steps run side by side, as far as the engine lets them. */
  parallel?: boolean | undefined;
  /** How it ends before its time: after so many verbs, whose last result is written or lost. */
  stop?: { verbs: number; written: boolean } | undefined;
  /** `--target` and `--replace`: slots. */
  target?: readonly string[] | undefined;
  replace?: readonly string[] | undefined;
}

/** Starts a step, and waits for it where steps do not run side by side. */
type Start = ((step: () => Promise<void>) => Promise<void>) & { all(): Promise<void> };

/** How steps are run: what fails is noted and ends the command; what was under way comes to its end first. */
class StepRunner {
  protected failed = false;
  private verbs = 0;

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

  /** One verb, and the state after it: written, or lost where the command is killed. */
  protected async step<T>(call: () => Promise<T>, process: ProviderProcess, write: (result: T) => void) {
    const result = await Promise.race([call(), process.death]);
    const { stop } = this.options;
    const stopped = stop?.verbs === ++this.verbs;
    if (stopped && !stop?.written) {
      this.kill();
      throw new Killed("before the state was written");
    }
    write(result);
    if (stopped) throw new Killed("interrupted after a step");
  }
}

/** The steps of an operation: which provider is asked for what, and what the state is after it. */
export class Steps extends StepRunner {
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
    const { provider, org, retainOnDelete, protect } = goal;
    const as = { provider, org, retainOnDelete, protect } as Pick<Resource, "provider" | "org">;
    const process = this.process(provider);
    if (op === "same" && old) Object.assign(old, { inputs, ...as });
    if (op === "update" && old) await this.update(process, old, inputs, as);
    if (op === "replace" && old && oldFirst && !old.halfReplaced)
      await this.gone(old, () => {
        old.halfReplaced = true;
      });
    if (op === "create" || op === "replace")
      await this.step(
        () => process.verbs.create(sent(inputs) as never),
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
      () => carriedOut(process.verbs.update(old.id, sent(old.outputs), sent(inputs) as never)),
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
    if (old.protect && !old.doomed) throw new EngineError(`${old.slot} is protected`);
    await this.gone(old, () => this.drop(old));
  }

  private async gone(old: Resource, write: () => void): Promise<void> {
    const process = this.process(old.provider);
    const call = async () => {
      if (!old.retainOnDelete) await process.verbs.delete(old.id, sent(old.outputs));
    };
    await this.step(call, process, write);
  }

  protected async read(old: Resource): Promise<void> {
    const process = this.process(old.provider);
    const before = old.inputs;
    const call = () => process.verbs.read(old.id, sent(old.outputs));
    await this.step(call, process, ({ id, props, inputs }) => {
      if (!id) return this.drop(old);
      const fresh = inputs ? withText(inputs) : before;
      Object.assign(old, { id, outputs: withText(props ?? {}), inputs: fresh });
      delete old.unready;
    });
    // The engine shows what the next `up` would change: against what was declared.
    if (this.state.resources.includes(old))
      await Promise.race([
        process.verbs.diff(old.id, sent(old.outputs), sent(before) as never),
        process.death,
      ]);
  }

  private drop(resource: Resource): void {
    this.state.resources = this.state.resources.filter((one) => one !== resource);
  }
}

/** As the SDK hands it on: with the text by which it finds the provider. */
function withText(outs: Properties): Properties {
  return { ...stored(outs), __provider: PROVIDER_TEXT };
}
