import type { StoredInvite } from "headshotpro-emulator";
import { MiniEngine, type Report } from "./engine";
import {
  act,
  emailOf,
  inputsOf,
  type LoggedRequest,
  letterOf,
  Organizations,
  orgOf,
  placeOf,
  type Traffic,
} from "./organizations";
import type { Goal, Program, Resource, State } from "./planning";
import { CommandRun, type Said, SelfMovingClock, Wire } from "./processes";
import type { Action, Declared, Disturbance, Styles, Who } from "./script";

/** A revoke as it was sent, and whom it hit. */
export interface Revoke {
  place: string;
  /** The entry that it was about to end. */
  before: StoredInvite | undefined;
}

/** What the program says of one person, and where in it. */
export interface DeclaredAt {
  slot: string;
  as: Declared;
}

/** All that can be seen of one command from outside. A person in an organization is a place: `0/ada@acme.com`. */
export interface Observation extends Report, Traffic {
  command: "up" | "refresh" | "destroy";
  disturbed: Disturbance;
  /** What a preview just before it said. */
  preview: Report & { printed: Said[]; requests: LoggedRequest[] };
  /** Whom the command was about, by place; untargeted resources are not among them. */
  declared: ReadonlyMap<string, DeclaredAt>;
  stateBefore: Resource[];
  stateAfter: Resource[];
  /** Who was there when it began: the live entries of each place. */
  liveBefore: ReadonlyMap<string, StoredInvite[]>;
  /** Whose turn was over then: their entry is `deleted`. */
  deletedBefore: ReadonlySet<string>;
  revokes: Revoke[];
  printed: Said[];
  /** The API's clock when the preview began, when the command did, and when it ended: ISO. */
  previewedAt: string;
  startedAt: string;
  endedAt: string;
}

const EMPTY = { planned: [], errors: [], killed: false };

/** The stack, the organizations, the people and the time. */
export class World {
  readonly program = new Map<string, Declared>();
  state: State = { resources: [], providers: {} };
  /** Places that had several live entries at some time: the API's documentation says nothing of these. */
  readonly odd = new Set<string>();
  requests = 0;

  private constructor(
    readonly clock: SelfMovingClock,
    private readonly wire: Wire,
    readonly organizations: Organizations,
  ) {}

  static async start(styles: Partial<Styles>): Promise<World> {
    const clock = new SelfMovingClock(Date.parse("2026-01-05T09:00:00Z"));
    const wire = new Wire(clock);
    const organizations = await Organizations.start(styles, clock, () => wire.hangs());
    return new World(clock, wire, organizations);
  }

  async stop(): Promise<void> {
    await this.organizations.stop();
  }

  act(who: Who, action: Action, org = 0): void {
    // Two organizations are told apart by when an invite was sent, and nothing happens in the same instant as another.
    this.clock.advance(1000);
    act(this.organizations.at(org), who, action);
    const place = placeOf(org, emailOf(who));
    if (this.organizations.live(place).length > 1) this.odd.add(place);
  }

  placeOf({ who, at = "D" }: Declared): string {
    return placeOf(orgOf(at), emailOf(who));
  }

  async command(command: Observation["command"], disturbed: Disturbance): Promise<Observation> {
    const { organizations, clock } = this;
    const now = () => new Date(clock.now()).toISOString();
    // Dates tell invites apart, and nobody runs two commands within a minute.
    clock.advance(60_000);
    const program = this.registered();
    const [beforePreview, previewedAt] = [organizations.marks(), now()];
    const looking = this.run(disturbed.force, {}, []);
    const { target, replace } = disturbed;
    const previewEngine = new MiniEngine({ target, replace }, looking.run, structuredClone(this.state));
    const preview = command === "up" ? await previewEngine.preview(program) : EMPTY;
    looking.run.kill();
    const previewRequests = organizations.since(beforePreview).requests;

    const [stateBefore, startedAt, marks] = [structuredClone(this.state), now(), organizations.marks()];
    const liveBefore = this.everyoneLive();
    const deletedBefore = new Set(
      [...liveBefore.keys()].filter((place) => organizations.standing(place)?.status === "deleted"),
    );
    const revokes: Revoke[] = [];
    const { run, printed } = this.run(disturbed.force, disturbed, revokes);
    const engine = new MiniEngine(disturbed, run, structuredClone(this.state));
    for (const { org = 0, ...fault } of disturbed.faults ?? []) organizations.at(org).fault(fault);
    const report = await engine[command](program);
    run.kill();
    await this.wire.quiet();
    for (const emulator of organizations.emulators) emulator.clearFaults();
    this.state = report.killed && disturbed.noCheckpoints ? structuredClone(stateBefore) : engine.state;
    const seen = organizations.since(marks);
    this.requests += seen.requests.length + previewRequests.length;
    return {
      ...{ ...report, ...seen, command, disturbed, revokes, printed },
      ...{ liveBefore, deletedBefore, previewedAt, startedAt, endedAt: now() },
      preview: { ...preview, printed: looking.printed, requests: previewRequests },
      declared: this.declared(disturbed.target),
      stateBefore: stateBefore.resources,
      stateAfter: this.state.resources,
    };
  }

  /** Whom the program declares, by place. @param target only these slots */
  declared(target?: readonly string[]): Map<string, DeclaredAt> {
    const targeted = [...this.program].filter(([slot]) => target?.includes(slot) ?? true);
    return new Map(targeted.map(([slot, as]) => [this.placeOf(as), { slot, as }]));
  }

  /**
   * Whether everybody knows that a resource and a provider, by its name now, are of one organization: by the key that the
   * resource was written with, or by what names the organization, if both keys tell it.
   */
  isSurelySame(
    { provider, org, outputs }: Pick<Resource, "provider" | "org" | "outputs">,
    name: string,
  ): boolean {
    const { organizations, state } = this;
    const account = organizations.account(letterOf(name));
    if (account.org !== org) return false;
    if (state.providers[provider]?.key === account.key) return true;
    return hasUid({ outputs }) && organizations.may(account.key, "Organization");
  }

  private everyoneLive(): Map<string, StoredInvite[]> {
    const places = new Set(this.organizations.invites().map(({ place }) => place));
    return new Map([...places].map((place) => [place, this.organizations.live(place)]));
  }

  private registered(): Program {
    const { organizations } = this;
    const sorted = [...this.program].sort(([one], [other]) => one.localeCompare(other));
    const providers: Program["providers"] = Object.fromEntries(
      ["D" as const, ...sorted.map(([, { at = "D" }]) => at)].map((letter) => [
        organizations.nameOf(letter),
        organizations.account(letter),
      ]),
    );
    const goals = sorted.map(([slot, declared]): [string, Goal] => {
      const { at = "D", retainOnDelete, deleteBeforeReplace } = declared;
      const inputs = inputsOf(declared);
      const options = { retainOnDelete, deleteBeforeReplace } as Partial<Goal>;
      return [slot, { inputs, provider: organizations.nameOf(at), org: orgOf(at), ...options }];
    });
    return { goals: new Map(goals), providers };
  }

  private run(force = false, disturbed: Disturbance, revokes: Revoke[]) {
    const { organizations, clock, wire } = this;
    const printed: Said[] = [];
    const { key, url } = organizations.account("D");
    const env: Record<string, string> = {
      ...{ HEADSHOTPRO_API_KEY: key, HEADSHOTPRO_BASE_URL: url, HEADSHOTPRO_KEEP_LINK: "true" },
      ...(force && { HEADSHOTPRO_FORCE_DESTROY: "true" }),
    };
    let { meanwhile } = disturbed;
    const place = { clock, wire, env, say: (said: Said) => void printed.push(said) };
    const run = new CommandRun(place, disturbed, ({ url: target, email }, number) => {
      const isRevoke = target.pathname.endsWith("/revoke");
      if (meanwhile && number >= meanwhile.request && !isRevoke) {
        this.act(meanwhile.who, meanwhile.action, meanwhile.org);
        meanwhile = undefined;
      }
      if (!isRevoke || email === undefined) return;
      const org = organizations.emulators.findIndex((one) => one.url.startsWith(target.origin));
      const revoked = placeOf(org, email);
      revokes.push({ place: revoked, before: organizations.live(revoked)[0] });
    });
    return { run, printed };
  }
}

/** Whether a state says whose organization it is for every key. */
export const hasUid = ({ outputs }: Pick<Resource, "outputs">) =>
  /\.\w+$/.test(String(outputs.__organization ?? ""));
