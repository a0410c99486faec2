import type { Fetch } from "../../../provider/src/client/transport";
import type { Clock } from "../../../provider/src/clock";
import type { Peers } from "../../../provider/src/provider/peers";
import { InviteProvider } from "../../../provider/src/provider/provider";
import { PeerRoom } from "../../support/in-process";
import { realFetch, VirtualClock } from "../../support/virtual-clock";
import type { Account } from "./organizations";
import type { Disturbance } from "./script";

/**
 * Whoever waits longest is waited for by moving the time, in no time, but not while something is held up that takes
 * real time.
 */
export class SelfMovingClock extends VirtualClock {
  private held = 0;
  private ticking = false;

  /** A clock for somebody whose timers end with them. */
  for(isDead: () => boolean): Clock {
    return {
      now: () => this.now(),
      after: (ms, run) => {
        const callOff = this.after(ms, run, isDead);
        this.tick();
        return callOff;
      },
    };
  }

  /** No timer runs until the answer is called. */
  hold(): () => void {
    this.held++;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.held--;
      this.tick();
    };
  }

  /** The earliest timer runs once nothing else does. */
  private tick(): void {
    if (this.ticking) return;
    this.ticking = true;
    setImmediate(() => {
      this.ticking = false;
      if (this.held === 0 && this.moveToNext()) this.tick();
    });
  }
}

/** A request as it is about to be sent. */
interface Sending {
  url: URL;
  method: string;
  email?: string | undefined;
}

/** What may happen before a request is sent and after its effect; it may end the process that sends it. */
interface Interference {
  before(sending: Sending): void;
  after(): void;
}

const NEVER = new Promise<never>(() => {});

/**
 * The way to the emulators. One exchange at a time, so that a script runs in the same way each time; a dead process
 * sends nothing and gets nothing.
 */
export class Wire {
  private turn: Promise<unknown> = Promise.resolve();
  private hang?: () => void;

  constructor(private readonly clock: SelfMovingClock) {}

  /** To be called where an emulator will never answer: then the time passes that its client waits for it. */
  hangs(): void {
    this.hang?.();
  }

  /** Resolves once what was sent has had its effect. */
  async quiet(): Promise<void> {
    await this.turn;
  }

  fetchFor(isDead: () => boolean, { before, after }: Interference): Fetch {
    return async (url, init) => {
      if (isDead()) return NEVER;
      const { method, body } = init as { method: string; body?: string };
      const release = this.clock.hold();
      const earlier = this.turn;
      let end = () => {};
      this.turn = new Promise<void>((resolve) => {
        end = resolve;
      });
      await earlier;
      try {
        if (isDead()) return NEVER;
        this.clock.set(this.clock.now() + 3);
        before({ url: new URL(url), method, email: JSON.parse(body ?? "{}").email?.toLowerCase() });
        if (isDead()) return NEVER;
        const hung = new Promise<void>((resolve) => {
          this.hang = resolve;
        });
        const reply = whole(url, init);
        await Promise.race([reply.catch(() => {}), hung]);
        after();
        return isDead() ? NEVER : reply;
      } finally {
        end();
        release();
      }
    };
  }
}

/** The reply with its body: how that fails is told when it is asked for. */
async function whole(url: string, init: object) {
  const response = await realFetch(url, init);
  const text = response.text();
  await text.catch(() => {});
  return { status: response.status, headers: response.headers, text: () => text };
}

/** The command is gone: nobody gets an answer any more. */
export class Killed extends Error {}

/** What the engine says of its own: not a message of ours. */
export class EngineError extends Error {}

/** What never resolves, and rejects when it is told to; nobody has to wait for it. */
function deadline() {
  let end = (_: Error) => {};
  const death = new Promise<never>((_, reject) => {
    end = reject;
  });
  death.catch(() => {});
  return { death, end };
}

/** What a provider process is given. */
interface Place {
  clock: SelfMovingClock;
  wire: Wire;
  env: Record<string, string>;
  say(line: string): void;
}

/** One provider process, simulated: it waits in no time, and once dead it does nothing more, wherever it was. */
export class ProviderProcess {
  readonly operations: InviteProvider;
  private readonly life = deadline();
  /** Rejects when the process dies. */
  readonly death = this.life.death;
  dead = false;

  constructor(
    { clock, wire, env, say }: Place,
    configuration: Record<string, string>,
    peers: Peers,
    interferenceWith: (self: ProviderProcess) => Interference,
  ) {
    const isDead = () => this.dead;
    this.operations = new InviteProvider({
      log: say,
      env,
      peers,
      clock: clock.for(isDead),
      fetch: wire.fetchFor(isDead, interferenceWith(this)),
    });
    this.operations.configure((key) => configuration[key]);
  }

  die(error: Error): void {
    this.dead = true;
    this.life.end(error);
  }
}

/** A line for the user, and by a provider of which organization. */
export interface Said {
  org: number;
  line: string;
}

/** The provider processes of one command, one for each provider: started when they are needed, killed together. */
export class CommandRun {
  private readonly processes = new Map<string, ProviderProcess>();
  private readonly room = new PeerRoom();
  private requests = 0;
  private killed = false;

  /** @param sending runs before a request, where nobody is killed then; its number counts from 1, over all processes */
  constructor(
    private readonly place: Omit<Place, "say"> & { say(said: Said): void },
    private readonly disturbed: Disturbance,
    private readonly sending: (sending: Sending, number: number) => void,
  ) {}

  /** The process of a provider. @param account how it is configured; the default one is by the environment */
  process(name: string, { key, url, org }: Account): ProviderProcess {
    const running = this.processes.get(name);
    if (running) return running;
    const configuration: Record<string, string> = name ? { provider: name, apiKey: key, baseUrl: url } : {};
    const { say, ...place } = this.place;
    const started = new ProviderProcess(
      { ...place, say: (line) => say({ org, line }) },
      configuration,
      this.room.seat(),
      (self) => ({
        before: (sending) => this.before(self, sending),
        after: () => this.disturb(self, "after"),
      }),
    );
    if (this.killed) started.die(new Killed("killed"));
    this.processes.set(name, started);
    return started;
  }

  /** kill -9 of the command; its processes end with it. */
  kill(): void {
    this.killed = true;
    for (const process of this.processes.values()) process.die(new Killed("killed"));
  }

  private before(process: ProviderProcess, sending: Sending): void {
    this.requests++;
    this.disturb(process, "before");
    if (!process.dead) this.sending(sending, this.requests);
  }

  private disturb(process: ProviderProcess, when: "before" | "after"): void {
    const { kill, crash } = this.disturbed;
    if (kill?.request === this.requests && kill.when === when) this.kill();
    if (crash?.request === this.requests && crash.when === when)
      process.die(new EngineError("error reading from server: EOF"));
  }
}
