import type { Emulator, RequestRecord } from "headshotpro-emulator";
import { Session } from "../../provider/src/api/session";
import type { Surroundings } from "../../provider/src/client/transport";
import { type CanonicalEmail, personOf } from "../../provider/src/invite/email";
import { resolveSettings } from "../../provider/src/settings";

/** What a session does for many people under a rate limit. @returns how many failed */
const WORK = {
  create: (session: Session, emails: CanonicalEmail[]) =>
    failuresOf(emails, (email) => session.invite(email, undefined)),
  async "create one by one"(session: Session, emails: CanonicalEmail[]) {
    let failed = 0;
    for (const email of emails) failed += await failuresOf([email], (one) => session.invite(one, undefined));
    return failed;
  },
  refresh: (session: Session, emails: CanonicalEmail[]) =>
    failuresOf(emails, (email) => session.lookUp(email)),
  destroy: (session: Session, emails: CanonicalEmail[]) =>
    failuresOf(emails, async (email) => {
      while ((await session.revokeSeen(email, await session.lookToRevoke(email))) === "stale");
    }),
};
export type Work = keyof typeof WORK;

/** @returns how many failed */
export function carryOut(
  work: Work,
  { url, apiKey }: Emulator,
  emails: string[],
  surroundings?: Partial<Surroundings>,
): Promise<number> {
  const settings = resolveSettings((key) => ({ apiKey, baseUrl: url })[key], {});
  return WORK[work](new Session(settings, () => {}, surroundings), emails.map(personOf));
}

/** Those who have to be invited before. */
export function prepare(work: Work, emulator: Emulator, emails: string[]): void {
  if (!work.startsWith("create")) for (const email of emails) emulator.inviteByHand({ email });
}

/** What somebody else does meanwhile, told of each request that is answered. */
export type Meanwhile = (emulator: Emulator, limit: number) => (answered: RequestRecord) => void;

/** Another client with the same key takes every second request until half of the window is its own. */
export const halfIsTaken: Meanwhile = (emulator, limit) => {
  let answered = 0;
  let taken = 0;
  return ({ status }) => {
    if (status === 429) return;
    if (answered++ % (limit / 2) === 0) taken = 0;
    if (++taken <= limit / 2) emulator.consumeRateLimit(1);
  };
};

/** After so many requests twice as much is allowed. */
export const limitDoubles =
  (requests: number, windowSeconds: number): Meanwhile =>
  (emulator, limit) => {
    let answered = 0;
    return () => {
      if (++answered === requests) emulator.setRateLimit({ limit: limit * 2, windowSeconds });
    };
  };

export interface Requests {
  requests: number;
  lists: number;
  /** Answered with 429. */
  refused: number;
}

export function requestsAt({ requests }: Emulator): Requests {
  const count = (is: (one: RequestRecord) => boolean) => requests.filter(is).length;
  const refused = count(({ status }) => status === 429);
  const lists = count(({ verb, status }) => verb === "list" && status !== 429);
  return { requests: requests.length, lists, refused };
}

async function failuresOf(
  emails: CanonicalEmail[],
  run: (email: CanonicalEmail) => Promise<unknown>,
): Promise<number> {
  const results = await Promise.allSettled(emails.map(run));
  return results.filter(({ status }) => status === "rejected").length;
}
