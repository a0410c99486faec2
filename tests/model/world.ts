import { type Emulator, type RequestRecord, type StoredInvite, startEmulator } from "headshotpro-emulator";
import { MiniEngine } from "./mini-engine";
import type { Observation, Revoke } from "./observation";
import { act, inputsOf, KEY, liveAt, TEAMS } from "./people";
import type { Resource } from "./planning";
import { ProviderRun } from "./provider-run";
import type { Action, Declared, Disturbance, Styles, Who } from "./script";
import { VirtualTime } from "./virtual-time";

/** The stack, the organization, the people and the time. */
export class World {
  readonly program = new Map<string, Declared>();
  state: Resource[] = [];
  requests = 0;
  private current?: ProviderRun;

  private constructor(
    readonly emulator: Emulator,
    readonly time: VirtualTime,
  ) {}

  static async start(styles: Partial<Styles>): Promise<World> {
    const onRequest = (record: RequestRecord) => {
      if (record.status === "hang") world.current?.timeOut();
    };
    const options = { ...styles, apiKey: KEY, rateLimit: false as const, teams: TEAMS, onRequest };
    const emulator = await startEmulator(options);
    const time = new VirtualTime(Date.parse("2026-01-05T09:00:00Z"), (now) => emulator.clock.set(now));
    const world: World = new World(emulator, time);
    return world;
  }

  stop(): Promise<void> {
    return this.emulator.close();
  }

  live(email: string): StoredInvite | undefined {
    return liveAt(this.emulator, email);
  }

  act(who: Who, action: Action): void {
    act(this.emulator, who, action);
  }

  async command(command: Observation["command"], disturbed: Disturbance): Promise<Observation> {
    const { emulator } = this;
    const program = new Map([...this.program].sort(([one], [other]) => one.localeCompare(other)));
    const inputs = new Map([...program].map(([slot, declared]) => [slot, inputsOf(declared)]));
    const env: Record<string, string> = disturbed.force ? { HEADSHOTPRO_FORCE_DESTROY: "true" } : {};
    const requestsBefore = emulator.requests.length;
    const looking = new MiniEngine({}, structuredClone(this.state));
    const preview =
      command === "up"
        ? await looking.preview(this.provider(env, {}, []), inputs)
        : { planned: [], errors: [], killed: false };
    const requestsPreviewed = emulator.requests.length;

    const stateBefore = structuredClone(this.state);
    const invitesBefore = emulator.invites();
    const emailsBefore = emulator.outbox.length;
    const startedAt = new Date(this.time.now).toISOString();
    const revokes: Revoke[] = [];
    const provider = this.provider(env, disturbed, revokes);
    const engine = new MiniEngine(disturbed, structuredClone(this.state));
    for (const fault of disturbed.faults ?? []) emulator.fault(fault);
    const report = await engine[command](provider, inputs);
    await provider.end();
    emulator.clearFaults();
    this.state = report.killed && disturbed.noCheckpoints ? structuredClone(stateBefore) : engine.resources;
    const sent = emulator.outbox.slice(emailsBefore).filter(({ byHand }) => !byHand);
    this.requests += emulator.requests.length - requestsBefore;
    return {
      ...report,
      ...{ command, disturbed, preview, program, stateBefore, invitesBefore, revokes, startedAt },
      stateAfter: this.state,
      requests: emulator.requests.slice(requestsPreviewed),
      previewRequests: requestsPreviewed - requestsBefore,
      emails: sent.map(({ to }) => to.toLowerCase()),
      printed: provider.printed,
    };
  }

  private provider(env: Record<string, string>, { kill, meanwhile }: Disturbance, revokes: Revoke[]) {
    let requests = 0;
    const provider = new ProviderRun(
      this.time,
      { HEADSHOTPRO_API_KEY: KEY, HEADSHOTPRO_BASE_URL: this.emulator.url, ...env },
      {
        before: (method, path, { email }) => {
          requests++;
          const isRevoke = path.endsWith("/revoke");
          if (meanwhile && requests >= meanwhile.request && !isRevoke) {
            this.act(meanwhile.who, meanwhile.action);
            meanwhile = undefined;
          }
          if (kill?.request === requests && kill.when === "before") return provider.kill();
          if (isRevoke && method === "POST" && email)
            revokes.push({ email: email.toLowerCase(), before: this.live(email) });
        },
        after: () => {
          if (kill?.request === requests) provider.kill();
        },
      },
    );
    this.current = provider;
    return provider;
  }
}
