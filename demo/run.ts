import { NotAsExpected, play } from "./play";
import { Print, wantsColour } from "./print";
import { Interrupted } from "./pulumi";
import { Stage } from "./stage";
import { STEPS } from "./steps";

const stop = new AbortController();
let exitCode = 0;

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)
  process.on(signal, () => interrupt(code));
// Somebody who pipes the demo into `head` wants no more of it.
process.stdout.on("error", () => interrupt(1));

function interrupt(code: number): void {
  if (stop.signal.aborted) return;
  exitCode = code;
  stop.abort();
  console.error("\nInterrupted: ending pulumi and removing the temporary files ...");
}

async function main(): Promise<void> {
  const print = new Print({
    write: (text) => process.stdout.write(text),
    colour: wantsColour(process.stdout, process.env),
  });
  print.title(
    "A team's first hour with pulumi-headshotpro",
    "The API is an emulator on this machine: nobody is really e-mailed. State and configuration are in a temporary folder, and gone afterwards.",
  );
  const stage = await Stage.open(stop.signal);
  try {
    await play(stage, STEPS, print);
  } finally {
    await stage.close();
  }
}

main()
  .catch((error: Error) => {
    if (error instanceof Interrupted) return;
    exitCode = 1;
    console.error(`\n✖ ${error.message}`);
    if (error instanceof NotAsExpected && error.printed)
      console.error(`\nAll that pulumi printed in this step:\n\n${error.printed}`);
  })
  .finally(() => {
    process.exitCode = exitCode;
  });
