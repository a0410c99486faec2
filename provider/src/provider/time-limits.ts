import { AsyncLocalStorage } from "node:async_hooks";
import { ApiError } from "../client/errors";
import type { Clock } from "../clock";
import { UserError } from "../user-error";

/** One operation that may not take longer than its resource's `customTimeouts` say. */
interface Limited {
  seconds: number;
  isOver: boolean;
  over: Promise<void>;
}

/**
 * Keeps `customTimeouts`. An operation whose time is up waits for nothing any more, and sends no invite and no revoke; a
 * request that is under way then goes on without it, so what became of it is found out by the next run.
 */
export class TimeLimits {
  private readonly operations = new AsyncLocalStorage<Limited | undefined>();

  constructor(private readonly clock: Clock) {}

  /** @param seconds undefined or 0: as long as it takes. */
  async during<T>(seconds: number | undefined, act: () => Promise<T>): Promise<T> {
    if (!seconds) return this.operations.run(undefined, act);
    const limited = { seconds, isOver: false, over: Promise.resolve() };
    let callOff = () => {};
    limited.over = new Promise((resolve) => {
      callOff = this.clock.after(seconds * 1000, () => {
        limited.isOver = true;
        resolve();
      });
    });
    return this.operations.run(limited, act).finally(callOff);
  }

  /**
   * Waits for something at the API, as long as there is time.
   *
   * @param failed what did not happen then, as far as is known: `ada@acme.com was not invited`.
   * @throws UserError when the time is up.
   */
  async wait<T>(failed: string, doing: Promise<T>): Promise<T> {
    const limited = this.operations.getStore();
    if (!limited) return doing;
    const over = limited.over.then(() => Promise.reject(timeIsUp(failed, limited.seconds)));
    return Promise.race([doing, over]);
  }

  /** To be called just before an invite or a revoke is sent. @throws UserError if the time is up. */
  requireTime(failed: string): void {
    const limited = this.operations.getStore();
    if (limited?.isOver) throw timeIsUp(failed, limited.seconds);
  }
}

function timeIsUp(failed: string, seconds: number): UserError {
  const text = `no reply within the ${seconds} s of customTimeouts`;
  return new UserError(
    `${failed}, as far as is known: there was ${text}. Run \`pulumi up\` again: people are looked up before anything ` +
      "is sent twice.",
    { cause: new ApiError({ reason: "no-reply", method: "", path: "", text }) },
  );
}

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/**
 * Seconds of a duration as `customTimeouts` has it; undefined for none.
 *
 * @example parseDuration("1m30s"); // 90
 */
export function parseDuration(text: unknown): number | undefined {
  if (typeof text !== "string" || text === "") return undefined;
  const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)];
  return parts.reduce((sum, [, number, unit = ""]) => sum + Number(number) * (UNITS[unit] ?? 0), 0);
}
