import { createHash, randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { Api } from "./api";
import { OffsetClock } from "./clock";
import { controlOf } from "./control";
import { Faults } from "./faults";
import type { Email } from "./invite";
import { Keys } from "./keys";
import { DEFAULTS, type EmulatorOptions } from "./options";
import { Organization } from "./organization";
import { peopleOf } from "./people";
import { RateLimit } from "./rate-limit";
import { RequestLog } from "./request-log";
import type { Emulator } from "./running";
import { listen } from "./server";
import { checkWritable, loadState, saveState } from "./state-file";

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
  const { credits, invites, outbox } = saved ?? { credits: settings.credits, invites: [], outbox: [] };
  const uid = saved?.uid ?? settings.uid ?? uidFor(apiKey);
  const name = saved?.name ?? settings.name;
  const { retentionDays, nextShootMonths } = saved?.automation ?? options;
  const teams = saved ? { ...options.teams, ...saved.teams } : settings.teams;
  const { caseSensitive, getAnswers } = settings;
  const emailed = (email: Email) => options.onEmail?.(email);
  const organization = new Organization(
    { uid, name, automation: { retentionDays, nextShootMonths }, credits, invites, outbox, teams },
    { caseSensitive, getAnswers, now, newId, changed, emailed },
  );
  const people = peopleOf(organization, { now, newId });
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
    control: controlOf({ organization, people, clock, faults, rateLimit, requests: log.records }),
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
    outbox,
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

/** The same after each start, and another one for an emulator with another key. */
function uidFor(apiKey: string): string {
  return createHash("sha256").update(apiKey).digest("hex").slice(0, 24);
}
