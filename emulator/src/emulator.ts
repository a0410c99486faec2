import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { Api } from "./api";
import { type Clock, OffsetClock } from "./clock";
import { controlOf } from "./control";
import type { FaultSpec } from "./fault-spec";
import { type FaultHandle, Faults } from "./faults";
import type { Email, StoredInvite } from "./invite";
import { Keys } from "./keys";
import { DEFAULTS, type EmulatorOptions } from "./options";
import { Organization } from "./organization";
import { type People, peopleOf } from "./people";
import { RateLimit, type RateLimitRule } from "./rate-limit";
import type { RequestRecord } from "./request-log";
import { listen } from "./server";
import { loadState, saveState } from "./state-file";

/** A running emulator: the API at {@link Emulator.url}, and everything around it from in here. */
export interface Emulator extends People {
  /** The base URL, with `/api/v2`. */
  readonly url: string;
  /** The first of the keys that it was started with. */
  readonly apiKey: string;
  /** The keys that it takes now. */
  readonly apiKeys: readonly string[];
  readonly clock: Clock;
  /** Every e-mail sent, oldest first. */
  readonly outbox: readonly Email[];
  /** Every request, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Names by id. */
  readonly teams: Readonly<Record<string, string>>;
  credits: number;
  /** Every invite there ever was, live and over, oldest first; copies. */
  invites(): StoredInvite[];
  /** The invite of an address that GET would answer, or the newest that is over; a copy. */
  invite(email: string): StoredInvite | undefined;
  addTeam(id: string, name: string): void;
  /** Queues a fault; throws on a specification that makes no sense. */
  fault(spec: FaultSpec): FaultHandle;
  clearFaults(): void;
  /** Takes one more key from now on; throws on an empty one. */
  acceptKey(key: string): void;
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
 * Rejects when the port is taken (`EADDRINUSE`) or the state file cannot be read.
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

  const changed = () => {
    if (stateFile !== undefined) {
      saveState(stateFile, { clockOffsetMs: clock.offsetMs, ...organization.state() });
    }
  };
  const clock = new OffsetClock(saved?.clockOffsetMs ?? 0, changed);
  const now = () => clock.now();
  const newId = (bytes: number) => randomBytes(bytes).toString("hex");
  const { credits, invites, outbox } = saved ?? { credits: settings.credits, invites: [], outbox: [] };
  const teams = saved ? { ...options.teams, ...saved.teams } : settings.teams;
  const { caseSensitive, getAnswers } = settings;
  const emailed = (email: Email) => options.onEmail?.(email);
  const organization = new Organization(
    { credits, invites, outbox, teams },
    { caseSensitive, getAnswers, now, newId, changed, emailed },
  );
  const people = peopleOf(organization, { now, newId });
  const faults = new Faults();
  const rateLimit = new RateLimit(settings.rateLimit);
  const requests: RequestRecord[] = [];
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
    control: controlOf({ organization, people, clock, faults, requests }),
    arrived(record) {
      record.path = keys.redact(record.path);
      if (record.email !== undefined) record.email = keys.redact(record.email);
      requests.push(record);
    },
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
    acceptKey: (key) => keys.accept(key),
    refuseKey: (key) => keys.refuse(key),
    clock,
    outbox,
    requests,
    get teams() {
      return Object.fromEntries(organization.teams);
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
    fault: (spec) => faults.add(spec),
    clearFaults: () => faults.clear(),
    setRateLimit: (rule) => rateLimit.change(rule),
    consumeRateLimit: (count) => void rateLimit.consume(count),
    clearLog: () => void requests.splice(0),
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
