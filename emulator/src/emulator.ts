import { createHash, randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { Api } from "./api";
import type { Automation } from "./automation";
import { type Clock, OffsetClock } from "./clock";
import { createControl } from "./control";
import { type FaultHandle, type FaultSpec, Faults } from "./faults";
import type { Email, StoredInvite } from "./invites";
import { Keys, type Scope } from "./keys";
import { DEFAULTS, type EmulatorOptions } from "./options";
import { Organization, type OrganizationState } from "./organization";
import { createPeople, type People } from "./people";
import { RateLimit, type RateLimitRule } from "./rate-limit";
import { RequestLog, type RequestRecord } from "./request-log";
import { listen } from "./server";
import { checkWritable, loadState, saveState } from "./state-file";

/** A running emulator: the API at {@link Emulator.url}, and everything around it from in here. */
export interface Emulator extends People {
  /** The base URL, with `/api/v2`. */
  readonly url: string;
  /** The first of the keys that it was started with. */
  readonly apiKey: string;
  /** The keys that it takes now. */
  readonly apiKeys: readonly string[];
  /** What names the organization, the same for each of its keys. */
  readonly uid: string;
  /** Of the organization. */
  readonly name: string;
  readonly clock: Clock;
  /** Every e-mail sent, oldest first. */
  readonly outbox: readonly Email[];
  /** The newest requests, `logSize` at most, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Names by id. */
  readonly teams: Readonly<Record<string, string>>;
  credits: number;
  /** Every invite there ever was, live and over, oldest first; copies. */
  invites(): StoredInvite[];
  /** The invite of an address that GET would answer, or the newest that is over; a copy. */
  invite(email: string): StoredInvite | undefined;
  /** Puts a team there, or names it anew, whatever the others are called. */
  addTeam(id: string, name: string): void;
  /** An admin makes a team; throws on no name and on one that exists. Returns its id. */
  createTeam(name: string): string;
  /** An admin renames a team; throws on no such team, no name and one that exists. */
  renameTeam(id: string, name: string): void;
  /** An admin deletes a team: its people stay, without a team. Throws on no such team. */
  deleteTeam(id: string): void;
  /** What HeadshotPro does by itself now. */
  readonly automation: Automation;
  /**
   * An admin changes what HeadshotPro does by itself; undefined is off. Things happen as the emulator's clock passes
   * their time, and show at the next request or look.
   *
   * @example
   * emulator.automate({ retentionDays: 30 });
   * emulator.clock.advance({ days: 31 }); // everybody completed is deleted
   */
  automate(automation: Partial<Automation>): void;
  /** Queues a fault; throws on a specification that makes no sense. */
  fault(spec: FaultSpec): FaultHandle;
  clearFaults(): void;
  /** Accepts one more key from now on, or changes its scopes; all scopes by default. Throws on an empty key. */
  acceptKey(key: string, scopes?: readonly Scope[]): void;
  /** Answers 401 to this key from now on. */
  refuseKey(key: string): void;
  /** Another rate limit, from a fresh window on. */
  setRateLimit(rule: RateLimitRule | false): void;
  /** Uses up part of the window, as another client with the same key would. */
  consumeRateLimit(requests: number): void;
  clearLog(): void;
  clearOutbox(): void;
  /** Drops every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts the HeadshotPro invites API on 127.0.0.1.
 *
 * Rejects when the port is taken (`EADDRINUSE`) or the state file cannot be read or written.
 *
 * @example
 * const emulator = await startEmulator({ credits: 5 });
 * await fetch(`${emulator.url}/organization/invites`, {
 *   headers: { authorization: `Bearer ${emulator.apiKey}` },
 * });
 * await emulator.close();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = { ...DEFAULTS, ...options };
  const { stateFile } = settings;
  const keys = new Keys([settings.apiKey].flat(), settings.memberKey);
  const [apiKey = ""] = keys.accepted;
  const saved = stateFile === undefined ? undefined : loadState(stateFile);
  if (stateFile !== undefined) checkWritable(stateFile);

  const changed = () => {
    if (stateFile !== undefined) {
      saveState(stateFile, { clockOffsetMs: clock.offsetMs, ...organization.state() });
    }
  };
  const realNow = settings.now ?? Date.now;
  const turned = () => {
    organization.settle();
    changed();
  };
  const clock = new OffsetClock(saved?.clockOffsetMs ?? 0, turned, realNow);
  const now = () => clock.now();
  const newId = (bytes: number) => randomBytes(bytes).toString("hex");
  const { caseSensitive, getAnswers } = settings;
  const emailed = (email: Email) => options.onEmail?.(email);
  const organization = new Organization(
    {
      ...freshState(settings, apiKey),
      ...saved,
      ...(saved && { teams: { ...options.teams, ...saved.teams } }),
    },
    { caseSensitive, getAnswers, now, newId, changed, emailed },
  );
  const people = createPeople(organization, { now, newId });
  const faults = new Faults();
  const rateLimit = new RateLimit(settings.rateLimit, realNow);
  const log = new RequestLog(settings.logSize, (text) => keys.redact(text));
  const stop = new AbortController();
  // One for each request that hangs.
  setMaxListeners(0, stop.signal);

  const { server, port } = await listen(settings.port, {
    api: new Api(organization, keys, settings),
    faults,
    rateLimit,
    rateLimitHeaders: settings.rateLimitHeaders,
    latencyMs: settings.latencyMs,
    errors: settings.errors,
    now,
    control: createControl({ organization, people, clock, keys, faults, rateLimit, requests: log.records }),
    arrived: (record) => log.add(record),
    answered: (record) => options.onRequest?.(record),
    aborted: stop.signal,
  });

  return {
    ...people,
    url: `http://127.0.0.1:${port}/api/v2`,
    apiKey,
    get apiKeys() {
      return keys.accepted;
    },
    acceptKey: (key, scopes) => keys.accept(key, scopes),
    refuseKey: (key) => keys.refuse(key),
    clock,
    outbox: organization.outbox,
    requests: log.records,
    uid: organization.uid,
    name: organization.name,
    get automation() {
      return organization.automation;
    },
    automate: (automation) => {
      organization.automation = { ...organization.automation, ...automation };
    },
    get teams() {
      return organization.teams.names;
    },
    get credits() {
      return organization.credits;
    },
    set credits(credits) {
      organization.credits = credits;
    },
    invites: () => organization.all().map((invite) => ({ ...invite })),
    invite(email) {
      const invite = organization.find(email);
      return invite && { ...invite };
    },
    addTeam: (id, name) => organization.addTeam(id, name),
    createTeam: (name) => organization.createTeam(name),
    renameTeam: (id, name) => organization.renameTeam(id, name),
    deleteTeam: (id) => organization.deleteTeam(id),
    fault: (spec) => faults.add(spec),
    clearFaults: () => faults.clear(),
    setRateLimit: (rule) => rateLimit.change(rule),
    consumeRateLimit: (count) => void rateLimit.consume(count),
    clearLog: () => log.clear(),
    clearOutbox: () => organization.clearOutbox(),
    close() {
      stop.abort();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** The organization of an emulator that has no state file yet. */
function freshState(
  { uid, name, credits, teams, retentionDays, nextShootMonths }: EmulatorOptions & Fresh,
  apiKey: string,
): OrganizationState {
  return {
    // The same after each start, and another one for an emulator with another key.
    uid: uid ?? createHash("sha256").update(apiKey).digest("hex").slice(0, 24),
    name,
    automation: { retentionDays, nextShootMonths },
    credits,
    teams,
    invites: [],
    outbox: [],
  };
}

type Fresh = Pick<OrganizationState, "name" | "credits" | "teams">;
