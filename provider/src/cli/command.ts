import { Command, CommanderError } from "commander";
import { version } from "../../package.json";
import { doctorCommand } from "./doctor";
import { emulatorCommand } from "./emulator";
import { Ending, EXIT } from "./exit";
import { exportCommand } from "./export";
import { importCommand } from "./import";
import { reviewCommand } from "./review";
import { statusCommand } from "./status";
import { teamsCommand } from "./teams";
import { talkError } from "./terminal";
import { validateCommand } from "./validate";

const EXIT_CODES = `
Exit codes:
  0    done, or nothing is wrong
  1    the answer is no: a roster has problems, a review needs a human, the doctor found what is wrong
  2    the command line, or a file that it names, cannot be used
  3    HeadshotPro, the configuration, the network or Pulumi failed
  130  Ctrl-C

Data goes to stdout, messages go to stderr. NO_COLOR and FORCE_COLOR are honoured, and so are the proxies that
HTTPS_PROXY, ALL_PROXY and NO_PROXY name.`;

async function main(): Promise<void> {
  const program = new Command("pulumi-headshotpro")
    .description("See, export, import and review who is invited to HeadshotPro.")
    .version(version)
    .addHelpText("after", EXIT_CODES)
    .exitOverride();
  for (const command of [
    statusCommand(),
    teamsCommand(),
    exportCommand(),
    importCommand(),
    validateCommand(),
    reviewCommand(),
    doctorCommand(),
    emulatorCommand(),
  ])
    program.addCommand(command.exitOverride());

  // `| head -1` has read enough: that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });

  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitCodeAfter(error);
  }
}

function exitCodeAfter(error: unknown): number {
  // commander has printed it already.
  if (error instanceof CommanderError) return error.exitCode && EXIT.usage;
  talkError(error instanceof Error ? error.message : String(error));
  return error instanceof Ending ? error.code : EXIT.failed;
}

void main();
