import { type Service, startService } from "./service";

/** The emulator that the installed package brings, as its command says where it is. */
export class InstalledEmulator {
  private constructor(
    private readonly service: Service,
    /** With the path of the API, as HEADSHOTPRO_BASE_URL has it. */
    readonly url: string,
  ) {}

  /** @param line the command that starts it, as the README has it. Its port is left to the system. */
  static async start(line: string, cwd: string, env: Record<string, string>): Promise<InstalledEmulator> {
    const service = startService("sh", ["-c", `${line} --port 0`], { cwd, env });
    return new InstalledEmulator(service, await service.printed(/export HEADSHOTPRO_BASE_URL=(\S+)/));
  }

  /** Whom it has sent e-mails, in order. */
  async emails(): Promise<string[]> {
    const reply = await fetch(new URL("/_emulator/outbox", this.url));
    const outbox = (await reply.json()) as { to: string }[];
    return outbox.map(({ to }) => to);
  }

  close(): void {
    this.service.stop();
  }
}
