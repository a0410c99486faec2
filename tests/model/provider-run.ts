import { createRequire } from "node:module";
import { compiled, GLOBALS, lookedUp, RUNTIME } from "./modules";
import { type VirtualTime, VirtualTimers } from "./virtual-time";

type Properties = Record<string, unknown>;

/** The verbs of a dynamic provider, as the SDK calls them. */
export interface Verbs {
  configure(request: { config: { get(key: string): string | undefined } }): Promise<void>;
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: { reason: string }[] }>;
  diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes?: boolean; replaces?: string[]; deleteBeforeReplace?: boolean }>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, olds: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, olds: Properties): Promise<void>;
}

/** The process is gone: nobody gets an answer any more. */
export class Killed extends Error {}

/** What a run may do before a request is sent, and after its effect. It ends the process by `kill()`. */
export interface Wire {
  before(method: string, path: string, body: { email?: string }): void;
  after(): void;
}

/**
 * One provider process, simulated: a fresh copy of the runtime's modules with a clock, timers, a console and a
 * network of its own. Waits take no time, and a dead process does nothing more, wherever it was.
 */
export class ProviderRun {
  readonly printed: string[] = [];
  readonly verbs: Verbs;
  readonly death: Promise<never>;
  dead = false;
  private die!: (error: Killed) => void;
  private readonly signals = new Set<AbortController>();
  private readonly underWay: Promise<unknown>[] = [];
  private readonly modules = new Map<string, { exports: unknown }>();
  private readonly globals: Record<(typeof GLOBALS)[number], unknown>;

  constructor(
    private readonly time: VirtualTime,
    env: Record<string, string>,
    private readonly wire: Wire,
  ) {
    this.death = new Promise((_, reject) => {
      this.die = reject;
    });
    this.death.catch(() => {});
    const timers = new VirtualTimers(time, () => this.dead);
    const print = (line: unknown) => void this.printed.push(String(line));
    this.globals = {
      setTimeout: timers.set,
      clearTimeout: timers.clear,
      Date: time.Date,
      console: { log: print, error: print },
      process: { env, argv: [], kill() {} },
      AbortSignal: { timeout: () => this.signal() },
    };
    this.verbs = this.load(RUNTIME) as Verbs;
  }

  kill(): void {
    this.dead = true;
    this.die(new Killed("killed"));
  }

  /** Ends the process, and waits for what it has sent already: an effect may come late. */
  async end(): Promise<void> {
    this.kill();
    await Promise.all(this.underWay);
  }

  /** A request hangs: its time-out passes. */
  timeOut(): void {
    this.time.advance(30_000);
    for (const one of this.signals) one.abort();
    this.signals.clear();
  }

  private signal(): AbortSignal {
    const controller = new AbortController();
    this.signals.add(controller);
    return controller.signal;
  }

  private load(file: string): unknown {
    const known = this.modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    this.modules.set(file, module);
    const require = (name: string) => {
      if (name === "node-fetch") return { default: this.fetch, __esModule: true };
      const found = lookedUp(file, name);
      return typeof found === "string" ? this.load(found) : found.exports;
    };
    const values = GLOBALS.map((name) => this.globals[name]);
    compiled(file)(module.exports, require, module, ...values);
    return module.exports;
  }

  private readonly fetch = async (url: string, init: { method: string; body?: string }): Promise<unknown> => {
    if (this.dead) return NEVER;
    this.time.advance(3);
    const path = new URL(url).pathname.replace("/api/v2", "");
    this.wire.before(init.method, path, JSON.parse(init.body ?? "{}"));
    if (this.dead) return NEVER;
    const exchange = realFetch(url, init).finally(() => this.wire.after());
    this.underWay.push(exchange.catch(() => {}));
    const reply = await exchange;
    return this.dead ? NEVER : reply;
  };
}

const NEVER = new Promise<never>(() => {});
const realFetch = createRequire(RUNTIME)("node-fetch").default as (
  url: string,
  init: object,
) => Promise<unknown>;
