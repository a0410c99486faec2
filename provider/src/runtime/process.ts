import { isHeadshotProError } from "../client";
import { ConfigurationError, resolveSettings, type Settings } from "../session/configuration";
import { explain } from "../session/explain";
import { Session } from "../session/session";
import { watchEngine } from "./engine-watch";
import { printErrorsOnce, VerbError } from "./verb-error";

/** The SDK's view of the stack's (or an explicit provider's) configuration. */
interface ConfigureRequest {
  config: { get(key: string): string | undefined };
}

let read: (key: string) => string | undefined = () => undefined;
let session: Session | undefined;

printErrorsOnce(console);
// Not `process.exit`'s usual courtesy: printing would fail, and the SDK's handler for that spins.
watchEngine(process.argv.at(-1), () => process.kill(process.pid, "SIGKILL"));

/**
 * Stores the configuration. No more than that: the SDK may run it beside the first call, and goes on without a
 * configuration where it throws; so what is wrong with one is said by the verbs.
 */
export async function configure(request: ConfigureRequest): Promise<void> {
  read = (key) => request.config.get(`headshotpro:${key}`);
  session = undefined;
}

/** @throws ConfigurationError */
export function currentSettings(): Settings {
  return resolveSettings(read, process.env);
}

/** Tells the user: a line on stdout becomes a message on the stack (pulumi/pulumi, SDK 3.146 and later). */
export function say(line: string): void {
  console.log(line);
}

/** The one session of this provider process. @throws VerbError where the configuration cannot be used. */
export function currentSession(): Session {
  try {
    session ??= new Session(currentSettings(), say);
    return session;
  } catch (error) {
    throw error instanceof ConfigurationError ? new VerbError(error.message) : error;
  }
}

/** Runs a verb and turns what the API said into a message. @param failed as `explain` takes it. */
export async function explained<T>(failed: string, verb: () => Promise<T>, teamId?: string): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    if (!isHeadshotProError(error)) throw error;
    throw new VerbError(explain(error, failed, currentSettings().baseUrl, teamId), { cause: error });
  }
}
