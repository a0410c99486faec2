import { watchEngine } from "../dynamic/engine-watch";

/** The engine that this process serves: what it is reached by, and that this process ends with it. */
export class EngineLink {
  private current = "";

  /** `host:port`; empty before anybody has said it. */
  get address(): string {
    return this.current;
  }

  /** The engine passes its address as an argument, with its first call, or by attaching to a process that runs. */
  belongTo(address: string): void {
    if (address === "" || address === this.current) return;
    this.current = address;
    watchEngine(address, () => process.kill(process.pid, "SIGKILL"));
  }
}
