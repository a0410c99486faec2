import type { Peers } from "../../provider/src/provider/peers";
import { InviteProvider } from "../../provider/src/provider/provider";
import type { SelfMovingClock } from "./self-moving-clock";
import type { Interference, Wire } from "./wire";

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
