import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { startEmulator } from "./emulator";
import type { Email } from "./invites";
import { SCOPES, type Scope } from "./keys";
import { DEFAULTS, type EmulatorOptions } from "./options";
import type { RequestRecord } from "./request-log";
import { settingLine } from "./shell";

interface Flags {
  port: number;
  apiKey: string;
  scopes?: Scope[];
  uid?: string;
  name: string;
  credits: number;
  team?: Record<string, string>;
  moves: "ignored" | "refused";
  retentionDays?: number;
  nextShootMonths?: number;
  stateFile?: string;
  rateLimit: number;
  latency: number;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError("It must be at most 65535.");
  return port;
}

function someText(text: string): string {
  if (text === "") throw new InvalidArgumentError("It must not be empty.");
  return text;
}

function scopeList(text: string): Scope[] {
  const scopes = text.split(",");
  const unknown = scopes.find((scope) => !SCOPES.includes(scope as Scope));
  if (unknown === undefined) return scopes as Scope[];
  throw new InvalidArgumentError(`It must be some of ${SCOPES.join(",")}.`);
}

function wholeNumberUpTo(most: number): (text: string) => number {
  return (text) => {
    const number = wholeNumber(text);
    if (number < 1 || number > most) throw new InvalidArgumentError(`It must be from 1 to ${most}.`);
    return number;
  };
}

function addTeam(text: string, teams: Record<string, string> = {}): Record<string, string> {
  const [, id, name] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (id === undefined || name === undefined) throw new InvalidArgumentError("It must be id=name.");
  return { ...teams, [id]: name };
}

function toOptions({ apiKey, scopes, team, latency, rateLimit, ...flags }: Flags): EmulatorOptions {
  return {
    ...flags,
    apiKey: scopes ? { key: apiKey, scopes } : apiKey,
    latencyMs: latency,
    rateLimit: rateLimit > 0 && { limit: rateLimit, windowSeconds: 60 },
    ...(team && { teams: team }),
    onRequest: (record) => console.log(requestLine(record)),
    onEmail: (email) => console.log(emailLine(email)),
  };
}

function requestLine({ at, method, path, status, fault }: RequestRecord): string {
  return `${at.slice(11, 19)} ${method} ${path} ${status}${fault === undefined ? "" : ` (fault: ${fault})`}`;
}

// The whole link would let whoever reads the terminal sign up as that person.
function emailLine({ to, link, at, byHand, byVendor }: Email): string {
  return `✉ to ${to} ${at.slice(0, 10)} ${link.slice(0, link.indexOf("=") + 5)}…${byHand ? " (by hand)" : byVendor ? " (by HeadshotPro)" : ""}`;
}

async function run(flags: Flags): Promise<void> {
  const emulator = await startEmulator(toOptions(flags));
  console.log(`The HeadshotPro emulator listens on ${emulator.url}`);
  console.log(`Its page in a browser: ${new URL("/", emulator.url)}\n`);
  console.log(`  ${settingLine("HEADSHOTPRO_BASE_URL", emulator.url)}`);
  console.log(`  ${settingLine("HEADSHOTPRO_API_KEY", emulator.apiKey)}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void emulator.close());
}

function explain(error: NodeJS.ErrnoException, { port }: Flags): string {
  if (error.code === "EADDRINUSE") return `port ${port} is in use: choose another with --port`;
  if (error.code === "EACCES" && error.syscall === "listen")
    return `port ${port} may not be used: choose another`;
  return error.message;
}

const program = new Command("headshotpro-emulator")
  .description("The HeadshotPro invites API on this machine: nobody is e-mailed.")
  .option("--port <number>", "where to listen; 0 for any free port", portNumber, 8787)
  .option("--api-key <key>", "the key that clients must send", someText, DEFAULTS.apiKey)
  .option("--scopes <list>", `what the key may do, unless everything: ${SCOPES.join(",")}`, scopeList)
  .option("--uid <text>", "what names the organization, unless it follows from the key", someText)
  .option("--name <text>", "the organization's name", someText, DEFAULTS.name)
  .option("--credits <number>", "credits of the organization", wholeNumber, DEFAULTS.credits)
  .option("--team <id=name>", "a team; repeat it for more", addTeam)
  .addOption(
    new Option("--moves <what>", "what assigning somebody who has not signed up does")
      .choices(["ignored", "refused"])
      .default(DEFAULTS.moves),
  )
  .option("--retention-days <number>", "delete all user data so long after a shoot", wholeNumberUpTo(3650))
  .option("--next-shoot-months <number>", "invite people again so long after a shoot", wholeNumberUpTo(60))
  .option("--state-file <path>", "keep everything in this file over restarts")
  .option("--rate-limit <number>", "requests a minute; 0 for no limit", wholeNumber, 300)
  .option("--latency <ms>", "how long every answer takes", wholeNumber, 0)
  .allowExcessArguments(false)
  .exitOverride()
  .action(() => run(program.opts<Flags>()));

// Whoever read the output may go away (`| head -2`); those who use the API are still there.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

program.parseAsync().catch((error: Error) => {
  // commander has said it already.
  if (error instanceof CommanderError) process.exitCode = error.exitCode && 2;
  else {
    console.error(`error: ${explain(error, program.opts<Flags>())}`);
    process.exitCode = 1;
  }
});
