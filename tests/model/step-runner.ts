import type { Operation } from "./planning";
import { Killed, type ProviderProcess } from "./provider-process";

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
export class StepRunner {
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
