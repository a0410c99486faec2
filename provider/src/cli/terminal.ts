import pc from "picocolors";

/** Data goes to stdout. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** What is said about the data goes to stderr. */
export function talk(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Pretty where a person looks, one line where a program reads. */
export function printJson(value: unknown): void {
  print(`${JSON.stringify(value, null, process.stdout.isTTY ? 2 : undefined)}\n`);
}

/** picocolors' own answer is yes in every CI and on Windows, even into a file. */
export function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return !/^(0|false)$/.test(env.FORCE_COLOR);
  return Boolean(stream.isTTY) && env.TERM !== "dumb";
}

/** For stdout. */
export const colours = pc.createColors(wantsColour(process.stdout, process.env));

export function talkError(message: string): void {
  const { red } = pc.createColors(wantsColour(process.stderr, process.env));
  talk(`${red("error:")} ${message}`);
}

/** How many columns a line may take; undefined: nobody is looking, so nothing is cut. */
export function terminalWidth(): number | undefined {
  return process.stdout.columns || Number(process.env.COLUMNS) || undefined;
}
