import { type Emulator, type RequestRecord, type StoredInvite, startEmulator } from "headshotpro-emulator";
import { NO_LIMIT } from "../../support/constants";
import {
  type Action,
  type Declared,
  PROVIDERS,
  type ProviderLetter,
  type Styles,
  TEAMS,
  type Who,
  type Withheld,
} from "./script";

/** How a provider reaches its organization. */
export interface Account {
  key: string;
  url: string;
  /** Number of the organization. */
  org: number;
}

const SETTINGS: Record<ProviderLetter, { names: [string, string]; org: number; key: string }> = {
  D: { names: ["", ""], org: 0, key: "hp_live_firstKey" },
  E: { names: ["emea", "europe"], org: 1, key: "hp_live_secondKey" },
  S: { names: ["same", "the same"], org: 0, key: "hp_live_firstKey" },
  K: { names: ["other key", "another key"], org: 0, key: "hp_live_thirdKey" },
};

/** What an address of a person in one organization is called here: `1/ada@acme.com`. */
export const placeOf = (org: number, email: string) => `${org}/${email}`;
export const orgOf = (provider: ProviderLetter) => SETTINGS[provider].org;

/** The letter of a provider in a state, by any of its names. */
export const letterOf = (name: string): ProviderLetter =>
  PROVIDERS.find((letter) => SETTINGS[letter].names.includes(name)) ?? "D";

/** A request, and of which organization. */
export type LoggedRequest = RequestRecord & { org: number };

/** What reached the organizations: who was e-mailed through the API, as places, into which teams, and what was asked. */
export interface Traffic {
  emails: string[];
  teams: ReadonlyMap<string, string | null>;
  requests: LoggedRequest[];
}

/** Two organizations, with the keys and names by which the providers of the program reach them now. */
export class Organizations {
  private readonly named = new Map<ProviderLetter, number>();
  private readonly keys = new Map<ProviderLetter, string>(
    PROVIDERS.map((letter) => [letter, SETTINGS[letter].key]),
  );

  /** What keys may not do. */
  private readonly withheld = new Map<string, Withheld>();

  private constructor(
    readonly emulators: readonly Emulator[],
    private readonly keepsRevoked: boolean,
  ) {}

  /**
   * @param clock the emulators' clock; left out, it is the machine's, for the real engine.
   * @param onHang runs where an emulator will never answer.
   */
  static async start(
    styles: Partial<Styles>,
    clock?: { now(): number },
    onHang?: () => void,
  ): Promise<Organizations> {
    const onRequest = ({ status }: RequestRecord) => (status === "hang" ? onHang?.() : undefined);
    const keysOf = (org: number) =>
      Object.values(SETTINGS)
        .filter((one) => one.org === org)
        .map(({ key }) => key);
    const start = async (org: number) => {
      const rateLimit = clock ? (false as const) : NO_LIMIT;
      const here = { apiKey: keysOf(org), rateLimit, teams: TEAMS, onRequest };
      const emulator = await startEmulator({ ...styles, ...here });
      if (clock) emulator.clock.now = () => new Date(clock.now());
      return emulator;
    };
    return new Organizations(await Promise.all([start(0), start(1)]), styles.revoked === "kept");
  }

  nameOf(letter: ProviderLetter): string {
    return SETTINGS[letter].names[this.named.get(letter) ?? 0] ?? "";
  }

  account(letter: ProviderLetter): Account {
    const { org } = SETTINGS[letter];
    return { org, url: this.at(org).url, key: this.keys.get(letter) ?? "" };
  }

  rename(letter: ProviderLetter): void {
    this.named.set(letter, 1 - (this.named.get(letter) ?? 0));
  }

  /** A new key; the old one works for as long as it is in use. */
  rotate(letter: ProviderLetter): void {
    const { org, key } = this.account(letter);
    this.keys.set(letter, `${key}+`);
    this.at(org).acceptKey(`${key}+`);
  }

  /** Another scope for the key of a provider, and of every other one that has it. */
  limit(letter: ProviderLetter, without: Withheld | undefined): void {
    const { org, key } = this.account(letter);
    if (without) this.withheld.set(key, without);
    else this.withheld.delete(key);
    const scopes = (["Organization", "Invites", "Teams"] as const).filter((one) => one !== without);
    this.at(org).acceptKey(key, scopes);
  }

  may(key: string, what: Withheld): boolean {
    return this.withheld.get(key) !== what;
  }

  at(org: number): Emulator {
    return this.emulators[org] as Emulator;
  }

  /** The entries of a person that are not over; the one that GET answers comes first. */
  live(place: string): StoredInvite[] {
    const [org, email] = [Number(place[0]), place.slice(2)];
    const told = this.at(org).invite(email);
    return this.invites()
      .filter((one) => one.place === place && isLive(one))
      .sort((a, b) => Number(b.id === told?.id) - Number(a.id === told?.id));
  }

  /**
   * The entry that speaks for a person: a live one, or one that is over. Where a revoked one is forgotten, the list still
   * shows an older one that is deleted.
   */
  standing(place: string): StoredInvite | undefined {
    const newest = this.live(place)[0] ?? this.at(Number(place[0])).invite(place.slice(2));
    if (newest?.status !== "revoked" || this.keepsRevoked) return newest;
    const others = this.invites().filter((one) => one.place === place && !one.superseded);
    return others.find(({ status }) => status === "deleted") ?? newest;
  }

  invites(): (StoredInvite & { place: string })[] {
    return this.emulators.flatMap((one, org) =>
      one.invites().map((invite) => ({ ...invite, place: placeOf(org, invite.email.toLowerCase()) })),
    );
  }

  /** How far the logs have come, for {@link since}. */
  marks(): { emails: number; requests: number }[] {
    return this.emulators.map((one) => ({ emails: one.outbox.length, requests: one.requests.length }));
  }

  since(marks: ReturnType<Organizations["marks"]>): Traffic {
    const sent = this.emulators.flatMap(({ outbox }, org) =>
      outbox
        .slice(marks[org]?.emails)
        .filter(({ byHand, byVendor }) => !byHand && !byVendor)
        .map(({ to, teamId }) => [placeOf(org, to.toLowerCase()), teamId] as const),
    );
    const requests = this.emulators.flatMap((one, org) =>
      one.requests.slice(marks[org]?.requests).map((request) => ({ ...request, org })),
    );
    return { emails: sent.map(([place]) => place), teams: new Map(sent), requests };
  }

  async stop(): Promise<void> {
    await Promise.all(this.emulators.map((one) => one.close()));
  }
}

const isLive = ({ status, superseded }: StoredInvite) =>
  status !== "revoked" && status !== "deleted" && !superseded;

export const emailOf = (who: Who) => `${who}@acme.com`;

/** What somebody does outside of the stack; nothing, where it cannot happen from where things stand. */
export function act(emulator: Emulator, who: Who, action: Action): void {
  const email = emailOf(who);
  const invite = emulator.invite(email);
  const live = invite !== undefined && isLive(invite);
  const hoursAgo = (hours: number) => new Date(emulator.clock.now().getTime() - hours * 3_600_000);
  const steps: Record<Action, () => unknown> = {
    accept: () => emulator.accept(email),
    upload: () => emulator.startUpload(email),
    complete: () => live && emulator.setStatus(email, "completed"),
    "get a retry": () => emulator.giveRetry(email),
    "be invited to the next shoot": () => emulator.inviteToNextShoot(email),
    "come to the next shoot": () => emulator.inviteToNextShoot(email, "accepted"),
    leave: () => emulator.leave(email),
    "become strange": () => live && emulator.setStatus(email, "archived_by_vendor"),
    "revoke by hand": () => live && emulator.revokeByHand(email),
    // People at the dashboard write names as they like.
    "invite by hand": () => emulator.inviteByHand({ email: email.replace(/^./, (a) => a.toUpperCase()) }),
    "move to T1": () => live && emulator.moveToTeam(email, "T1"),
    "move to T2": () => live && emulator.moveToTeam(email, "T2"),
    "move to no team": () => live && emulator.moveToTeam(email, null),
    "get an older completed entry": () =>
      live && emulator.addEntry({ email, status: "completed", createdAt: hoursAgo(1000) }),
    "get a newer pending entry": () =>
      live && emulator.addEntry({ email, status: "pending", createdAt: hoursAgo(0) }),
  };
  try {
    steps[action]();
  } catch {
    // not from here
  }
}

/** The inputs, as the program writes them. */
export function inputsOf(declared: Declared): Record<string, unknown> {
  const { who, at, retainOnDelete, deleteBeforeReplace, ...rest } = declared;
  return { email: emailOf(who), ...rest };
}
