import type { Report, Stop } from "./planning";
import { Killed, type ProviderRun } from "./provider-run";

export interface RunOptions {
  /** Whether steps run side by side, as far as the engine lets them. */
  parallel?: boolean;
  stop?: Stop | undefined;
}

/** Starts a step, and waits for it where steps do not run side by side. */
type Start = ((step: () => Promise<void>) => Promise<void>) & { all(): Promise<void> };

/** How steps are run: what fails is noted and ends the command; what was under way comes to its end first. */
export class StepRunner {
  protected failed = false;
  private verbs = 0;

  constructor(private readonly options: RunOptions) {}

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
  protected async step<T>(call: () => Promise<T>, provider: ProviderRun, write: (result: T) => void) {
    const result = await Promise.race([call(), provider.death]);
    const { stop } = this.options;
    const stopped = stop?.verbs === ++this.verbs;
    if (stopped && !stop?.written) {
      provider.kill();
      throw new Killed("before the state was written");
    }
    write(result);
    if (stopped) throw new Killed("interrupted after a step");
  }
}
