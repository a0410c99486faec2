import { Command, CommanderError } from "commander";
import { version } from "../../package.json";
import { CommandError, EXIT, reportError } from "./terminal";

/** What a command's file adds to it: the options, the help and the action. */
type Definition = { define(command: Command): void };

/** What each command is for, and what loads its file. */
const COMMANDS: Record<string, [description: string, load: () => Definition]> = {
  status: [
    "show everyone who is invited; with --older-than, ends with 1 if somebody has not answered",
    () => require("./status"),
  ],
  teams: ["show the organization's teams", () => require("./teams")],
  export: ["write everyone who is invited as a roster", () => require("./export")],
  import: [
    "import people who are invited already, and declared in this program, into its stack",
    () => require("./import"),
  ],
  validate: ["check rosters, offline; ends with 1 if something is wrong", () => require("./validate")],
  review: [
    "a preview as Markdown for a pull request; ends with 1 if a human should look",
    () => require("./review"),
  ],
  doctor: ["look for what may be odd here; ends with 1 if something is wrong", () => require("./doctor")],
  emulator: [
    "run HeadshotPro's API on this machine, to try a stack on: nobody is e-mailed",
    () => require("./emulator"),
  ],
};

const EXIT_CODES = `
Exit codes:
  0    done, or nothing is wrong
  1    the check failed: a roster has problems, a review needs a human, the doctor found what is wrong, somebody has
       not answered for as long as --older-than says
  2    the command line, or a file that it names, cannot be used
  3    HeadshotPro, the configuration, the network or Pulumi failed
  130  Ctrl-C

Data goes to stdout, messages go to stderr. NO_COLOR and FORCE_COLOR are honoured, and so are the proxies that
HTTPS_PROXY, ALL_PROXY and NO_PROXY name.`;

async function main(args: string[]): Promise<void> {
  const program = new Command("pulumi-headshotpro")
    .description("See, export, import and review who is invited to HeadshotPro.")
    .version(version)
    .addHelpText("after", EXIT_CODES)
    .exitOverride();
  for (const [name, [description, load]] of Object.entries(COMMANDS)) {
    const command = program.command(name).description(description);
    // Only what the command line names is loaded, so that `--help` is there at once.
    if (args.includes(name)) load().define(command);
  }

  // `| head -1` has read enough: that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });

  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}

/** @returns the exit code */
function reportFailure(error: unknown): number {
  // commander has printed it already.
  if (error instanceof CommanderError) return error.exitCode && EXIT.usage;
  reportError(error instanceof Error ? error.message : String(error));
  return error instanceof CommandError ? error.exitCode : EXIT.failed;
}

void main(process.argv.slice(2));
