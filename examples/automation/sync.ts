// Brings the organization in line with people.csv. Run it on a schedule, without anybody at the terminal.
// It stops if more people would lose their invites than MAY_LEAVE.
import { join } from "node:path";
import { LocalWorkspace, type OpMap } from "@pulumi/pulumi/automation";
import { HeadshotRoster } from "pulumi-headshotpro";

/** More people than this leave only by hand: a broken export must not empty the organization. */
const MAY_LEAVE = Number(process.env.MAY_LEAVE ?? 2);

async function program() {
  // Cron starts this in another folder.
  const people = new HeadshotRoster("people", { file: join(__dirname, "people.csv") });
  return { summary: people.summary };
}

async function sync(): Promise<void> {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: process.env.STACK ?? "dev", projectName: "headshotpro-automation", program },
    // The folder where the package is installed: the engine looks for the provider there.
    { workDir: __dirname },
  );
  const { changeSummary } = await stack.preview({ refresh: true });
  const leaving = leave(changeSummary);
  if (leaving > MAY_LEAVE)
    throw new Error(
      `${leaving} people would lose their invites, more than ${MAY_LEAVE}. Look at people.csv.`,
    );
  const { summary, outputs } = await stack.up({ refresh: true });
  console.log(JSON.stringify({ changes: summary.resourceChanges, people: outputs.summary?.value }));
}

/** A replacement (another address or organization) takes an invite away as well; a change of team is an update. */
function leave(changes: OpMap): number {
  return (changes.delete ?? 0) + (changes.replace ?? 0);
}

sync().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
