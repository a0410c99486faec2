import { Command, CommanderError } from "commander";
import { version } from "../../package.json";
import { CommandError, EXIT } from "./errors";
import { reportError } from "./terminal";

/** What a command is for, and its file, which adds the options and what the command does. */
type Entry = [description: string, load: () => (command: Command) => unknown];

const COMMANDS: Record<string, Entry> = {
  status: [
    "show everyone who is invited",
    () => (require("./status") as typeof import("./status")).defineStatus,
  ],
  teams: [
    "show the organization's teams",
    () => (require("./teams") as typeof import("./teams")).defineTeams,
  ],
  export: [
    "write everyone who is invited as a roster",
    () => (require("./export") as typeof import("./export")).defineExport,
  ],
  import: [
    "import people who are invited already, and declared in this program, into its stack",
    () => (require("./import") as typeof import("./import")).defineImport,
  ],
  validate: [
    "check rosters, offline; ends with 1 if something is wrong",
    () => (require("./validate") as typeof import("./validate")).defineValidate,
  ],
  review: [
    "a preview as Markdown for a pull request; ends with 1 if a human should look",
    () => (require("./review") as typeof import("./review")).defineReview,
  ],
  doctor: [
    "look for what may be odd here; ends with 1 if something is wrong",
    () => (require("./doctor") as typeof import("./doctor")).defineDoctor,
  ],
  emulator: [
    "run HeadshotPro's API on this machine, to try a stack on: nobody is e-mailed",
    () => (require("./emulator") as typeof import("./emulator")).defineEmulator,
  ],
};

const EXIT_CODES = `
Exit codes:
  0    done, or nothing is wrong
  1    the check failed: a roster has problems, a review needs a human, the doctor found what is wrong
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
    if (args.includes(name)) load()(command);
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
