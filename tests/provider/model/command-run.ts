import type { Peers } from "../../../provider/src/provider/peers";
import { InviteProvider } from "../../../provider/src/provider/provider";
import { PeerRoom } from "../../support/in-process";
import type { Account } from "./organizations";
import type { Disturbance } from "./script";
import type { Interference, SelfMovingClock, Sending, Wire } from "./wire";

/** The command is gone: nobody gets an answer any more. */
export class Killed extends Error {}

/** What the engine says of its own: not a message of ours. */
export class EngineError extends Error {}

/** What a provider process is given. */
export interface Place {
  clock: SelfMovingClock;
  wire: Wire;
  env: Record<string, string>;
  say(line: string): void;
}

/** One provider process, simulated: it waits in no time, and once dead it does nothing more, wherever it was. */
export class ProviderProcess {
  readonly death: Promise<never>;
  readonly verbs: InviteProvider;
  dead = false;
  private end!: (error: Error) => void;

  constructor(
    { clock, wire, env, say }: Place,
    configuration: Record<string, string>,
    peers: Peers,
    interferenceWith: (self: ProviderProcess) => Interference,
  ) {
    this.death = new Promise((_, reject) => {
      this.end = reject;
    });
    this.death.catch(() => {});
    const isDead = () => this.dead;
    this.verbs = new InviteProvider({
      log: say,
      env,
      peers,
      clock: clock.for(isDead),
      fetch: wire.fetchFor(isDead, interferenceWith(this)),
    });
    this.verbs.configure((key) => configuration[key]);
  }

  die(error: Error): void {
    this.dead = true;
    this.end(error);
  }
}

/** A line for the user, and by a provider of which organization. */
export interface Said {
  org: number;
  line: string;
}

/** What else happens around the requests of a run. */
export interface Around {
  /** Before a request, where nobody is killed then. @param number counted from 1, over all processes */
  sending(sending: Sending, number: number): void;
}

/** The provider processes of one command, one for each provider: started when they are needed, killed together. */
export class CommandRun {
  private readonly processes = new Map<string, ProviderProcess>();
  private readonly room = new PeerRoom();
  private requests = 0;
  private killed = false;
  /** Rejects when the command is killed. */
  readonly death: Promise<never>;
  private end!: (error: Error) => void;

  constructor(
    private readonly place: Omit<Place, "say"> & { say(said: Said): void },
    private readonly disturbed: Disturbance,
    private readonly around: Around,
  ) {
    this.death = new Promise((_, reject) => {
      this.end = reject;
    });
    this.death.catch(() => {});
  }

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
    this.end(new Killed("killed"));
  }

  private before(process: ProviderProcess, sending: Sending): void {
    this.requests++;
    this.disturb(process, "before");
    if (!process.dead) this.around.sending(sending, this.requests);
  }

  private disturb(process: ProviderProcess, when: "before" | "after"): void {
    const { kill, crash } = this.disturbed;
    if (kill?.request === this.requests && kill.when === when) this.kill();
    if (crash?.request === this.requests && crash.when === when)
      process.die(new EngineError("error reading from server: EOF"));
  }
}
