import { PROVIDER_TEXT } from "../../provider/src/invite/urn";
import type { CommandRun } from "./command-run";
import { carriedOut, type Outcome } from "./partly";
import { type Operation, type Properties, type Resource, type State, sent, stored } from "./planning";
import { EngineError, type ProviderProcess } from "./provider-process";
import { type RunOptions, StepRunner } from "./step-runner";

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
