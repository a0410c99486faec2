import type { Command } from "commander";

/** The published package carries the emulator's compiled files; in its repository they are a package beside it. */
const PLACES = ["../emulator/dist/command.js", "headshotpro-emulator/dist/command.js"];

/** `emulator`: HeadshotPro's API on this machine. The emulator's own command reads the options. */
export function define(command: Command): void {
  command
    .argument("[options...]")
    .usage("[options]")
    .helpOption(false)
    .addHelpText("after", "\nIts options: pulumi-headshotpro emulator --help")
    .allowUnknownOption()
    .action((args: string[]) => {
      const file = PLACES.map(resolvePlace).find((path) => path !== undefined);
      if (file === undefined) throw new Error("the emulator is missing from this installation");
      // Other commands end with the reader of their output. The emulator's users do not read it.
      process.stdout.removeAllListeners("error");
      process.argv = [process.execPath, file, ...args];
      require(file);
    });
}

function resolvePlace(place: string): string | undefined {
  try {
    return require.resolve(place);
  } catch {
    return undefined;
  }
}
