import { Option } from "commander";
import type { Session } from "../api/session";
import type { Everyone } from "../api/shared-requests";
import { type ApiError, isApiError } from "../client/errors";
import { isOver } from "../invite/guard";
import { unreadableRows } from "../invite/listed-people";
import { type Read, resolveSettings, type Settings, VARIABLES } from "../settings";
import { UserError } from "../user-error";
import { Progress } from "./terminal";

export const GENERAL_KEY = VARIABLES.apiKey;

/** Which organization: by the name of a variable, because a key on a command line ends up in the shell's history. */
export interface OrganizationFlags {
  apiKeyEnv: string;
}

export const apiKeyEnvOption = () =>
  new Option(
    "--api-key-env <name>",
    "the environment variable that holds the organization's API key",
  ).default(GENERAL_KEY);

export const ORGANIZATION_HELP = `
Environment:
  ${GENERAL_KEY}           the organization's API key
  HEADSHOTPRO_BASE_URL          another address than HeadshotPro's own, such as an emulator's
  HEADSHOTPRO_TIMEOUT_SECONDS   for one request, 1 to 600; default 30`;

/** Everyone with a live invite, and those who are `deleted`, as far as the list can be read. @throws UserError */
export function everyoneIn(flags: OrganizationFlags): Promise<Everyone> {
  return askOrganization(
    flags,
    (session) => session.everyone(),
    "The people of the organization could not be listed",
  );
}

/**
 * Asks HeadshotPro about an organization.
 *
 * @param failed what the message of a failure begins with
 * @throws UserError
 */
export async function askOrganization<T>(
  { apiKeyEnv }: OrganizationFlags,
  ask: (session: Session) => Promise<T>,
  failed: string,
): Promise<T> {
  const settings = settingsFor(apiKeyEnv);
  const progress = new Progress("Waiting for HeadshotPro …");
  // Not loaded for `--help`.
  const { Session } = require("../api/session") as typeof import("../api/session");
  const session = new Session(settings, (line) => progress.log(line));
  try {
    return await progress.during(ask(session));
  } catch (error) {
    if (!isApiError(error)) throw error;
    throw new UserError(explainFailure(error, failed, settings.baseUrl, apiKeyEnv));
  }
}

/**
 * Everyone with a live invite, for a command that needs all of them: a list with a gap in it is an error.
 *
 * @throws UserError
 */
export async function requireEveryone(flags: OrganizationFlags): Promise<Everyone["people"]> {
  const { people, unreadable } = await everyoneIn(flags);
  const rows = unreadableRows(unreadable);
  if (rows === undefined) return new Map([...people].filter(([, { status }]) => !isOver(status)));
  throw new UserError(
    `${rows}, so not everybody is known, and nothing was done. \`pulumi-headshotpro status\` shows the others. ` +
      "Run it again. If it stays like this, look for a later version of pulumi-headshotpro.",
  );
}

/** @param config the stack's configuration, for a command that reads it. @throws UserError */
export function settingsFor(apiKeyEnv: string, config: Read = () => undefined): Settings {
  const env = { ...process.env, [GENERAL_KEY]: process.env[apiKeyEnv] };
  if (!env[GENERAL_KEY]?.trim() && config("apiKey") === undefined)
    throw new UserError(`the API key is missing: set ${apiKeyEnv} in the environment.`);
  try {
    return resolveSettings(config, env);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message.replaceAll(GENERAL_KEY, apiKeyEnv));
  }
}

function explainFailure(error: ApiError, failed: string, baseUrl: string, apiKeyEnv: string): string {
  // The general sentence names the stack's configuration, which is not read here.
  if (error.reason === "unauthorized")
    return `HeadshotPro does not accept the API key in ${apiKeyEnv} (${error.status}: ${error.text}). Set a valid one.`;
  const { explain } = require("../api/explain") as typeof import("../api/explain");
  return explain(error, failed, baseUrl);
}
