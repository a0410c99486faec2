import { Command } from "commander";

/** The published package carries the emulator's compiled files; in its repository they are a package beside it. */
const PLACES = ["../emulator/dist/command.js", "headshotpro-emulator/dist/command.js"];

/** `emulator`: HeadshotPro's API on this machine. The emulator's own command reads what follows. */
export function emulatorCommand(): Command {
  return new Command("emulator")
    .description("run HeadshotPro's API on this machine, to try a stack on: nobody is e-mailed")
    .argument("[options...]")
    .usage("[options]")
    .helpOption(false)
    .addHelpText("after", "\nIts options: pulumi-headshotpro emulator --help")
    .allowUnknownOption()
    .action((args: string[]) => {
      const file = PLACES.map(found).find((path) => path !== undefined);
      if (file === undefined) throw new Error("the emulator is missing from this installation");
      // To the other commands a reader that goes away is the end; an emulator has its users elsewhere.
      process.stdout.removeAllListeners("error");
      process.argv = [process.execPath, file, ...args];
      require(file);
    });
}

function found(place: string): string | undefined {
  try {
    return require.resolve(place);
  } catch {
    return undefined;
  }
}
