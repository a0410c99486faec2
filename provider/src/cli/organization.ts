import { type Command, Option } from "commander";
import type { Session } from "../api/session";
import type { Everyone } from "../api/shared-requests";
import { isApiError } from "../client/errors";
import { isOver } from "../invite/headshots-guard";
import { filterProblem, type ListedPerson, listedPeople, unreadableRows } from "../invite/people";
import { type Read, resolveSettings, type Settings, VARIABLES } from "../settings";
import { UserError } from "../user-error";
import { Progress, usageError } from "./terminal";

export const GENERAL_KEY = VARIABLES.apiKey;

/** Which organization: by the name of a variable, because a key on a command line ends up in the shell's history. */
export interface OrganizationFlags {
  apiKeyEnv: string;
}

const ENVIRONMENT = `
Environment:
  ${GENERAL_KEY}           the organization's API key
  HEADSHOTPRO_BASE_URL          another address than HeadshotPro's own, such as an emulator's
  HEADSHOTPRO_TIMEOUT_SECONDS   for one request, 1 to 600; default 30`;

/** Adds the option that chooses the organization, and the end of the help. */
export function withOrganization(command: Command, examples: string, explanation = ""): Command {
  return command
    .addOption(
      new Option(
        "--api-key-env <name>",
        "the environment variable that holds the organization's API key",
      ).default(GENERAL_KEY),
    )
    .addHelpText("after", `${explanation && `${explanation}\n`}${ENVIRONMENT}\n${examples}`);
}

/** Everyone whom the list shows, `deleted` people too, as far as it can be read. @throws UserError */
export function everyoneIn(flags: OrganizationFlags): Promise<Everyone> {
  return askOrganization(
    flags,
    (session) => session.everyone(),
    "The people of the organization could not be listed",
  );
}

/** @param failed what the message of a failure begins with. @throws UserError */
export async function askOrganization<T>(
  { apiKeyEnv }: OrganizationFlags,
  ask: (session: Session) => Promise<T>,
  failed: string,
): Promise<T> {
  const settings = settingsFor(apiKeyEnv);
  const progress = new Progress("Waiting for HeadshotPro …");
  // Loaded late: `--help` asks nothing.
  const { Session } = require("../api/session") as typeof import("../api/session");
  const session = new Session(settings, (line) => progress.log(line));
  try {
    return await progress.during(ask(session));
  } catch (error) {
    if (!isApiError(error)) throw error;
    // The general sentence names the stack's configuration, which is not read here.
    if (error.reason === "unauthorized")
      throw new UserError(
        `HeadshotPro does not accept the API key in ${apiKeyEnv} (${error.status}: ${error.text}). Set a valid one.`,
      );
    const { explain } = require("../api/explain") as typeof import("../api/explain");
    throw new UserError(explain(error, failed, settings));
  }
}

/** Everyone with a live invite. @throws UserError also if the list has rows that cannot be read. */
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

export interface FilterFlags {
  status?: string[];
  team?: string;
}

/** Adds the options that choose among the people of an organization. */
export function withFilters(command: Command): Command {
  return command
    .option("--status <list>", "only these statuses, such as pending,accepted", (text) =>
      text.split(",").map((status) => status.trim()),
    )
    .option("--team <id>", "only people in this team");
}

/** The people whom the flags choose, sorted by address. @throws CommandError for a status or a team of nobody. */
export function choosePeople(
  everyone: ReadonlyMap<string, ListedPerson>,
  flags: FilterFlags,
): ListedPerson[] {
  const filter = { statuses: flags.status, teamId: flags.team };
  const problem = filterProblem([...everyone.values()], filter);
  if (problem) throw usageError(problem);
  return listedPeople(everyone, filter);
}
