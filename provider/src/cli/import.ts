import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import {
  type ImportFile,
  type ImportPlan,
  planImport,
  programProviders,
  providerProblem,
} from "../review/import-file";
import type { PreviewStep } from "../review/preview-json";
import { count } from "../text";
import { UserError } from "../user-error";
import { writeNew } from "./export";
import { type OrganizationFlags, requireEveryone, withOrganization } from "./organization";
import { previewSteps, requirePulumi, runPulumi } from "./pulumi";
import { printJson, report, usageError } from "./terminal";

interface ImportFlags extends OrganizationFlags {
  stack?: string;
  provider?: string;
  output?: string;
  force?: true;
  json?: true;
}

/** `import`: people who are invited already and declared in the program, into the stack. */
export function define(command: Command): void {
  command
    .option("-s, --stack <name>", "the stack; without it, the selected one")
    .option("--provider <name>", 'the people of this `new Provider("name")`, with its key in --api-key-env')
    .option("-o, --output <file>", "only write the import file")
    .option("--force", "overwrite the file")
    .option("--json", "who was imported and who was not, as JSON");
  withOrganization(command, EXAMPLES, EXPLANATION).action(importPeople);
}

const EXPLANATION = `
Runs \`pulumi preview\` in this folder to learn who is declared where, asks HeadshotPro who is there, and runs
\`pulumi import\` for those who are both. Nobody is e-mailed or revoked: only the stack's state changes, and the
next preview shows no difference. People with headshots come in as well; they stay guarded.`;

const EXAMPLES = `
Examples:
  pulumi-headshotpro export --output people.csv   # then declare: new HeadshotRoster("people", { file: "people.csv" })
  pulumi-headshotpro import --stack dev
  pulumi-headshotpro import --stack dev --provider emea --api-key-env EMEA_KEY
  pulumi-headshotpro import --stack dev --output import.json`;

async function importPeople(flags: ImportFlags): Promise<void> {
  const stack = flags.stack === undefined ? [] : ["--stack", flags.stack];
  await requirePulumi();
  report("Running `pulumi preview` to learn who is declared …");
  const steps = await previewSteps(stack);
  if (flags.provider !== undefined) requireProvider(flags.provider, steps);
  const plan = planImport(steps, await requireEveryone(flags), flags.provider);
  reportPlan(plan);
  if (plan.people.length > 0) await carryOut(plan.file, flags, stack);
  if (flags.json) {
    const { people: imported, toInvite, undeclared } = plan;
    printJson({ imported, toInvite, undeclared });
  }
}

/** @throws UserError if the program or the stack does not have it. */
function requireProvider(name: string, steps: PreviewStep[]): void {
  const providers = programProviders(steps);
  const problem = providerProblem(name, providers);
  if (problem) throw usageError(problem);
  const { urn, isNew } = providers.get(name) ?? {};
  if (isNew)
    throw new UserError(`provider "${name}" is not in the stack yet. First run: pulumi up --target '${urn}'`);
}

async function carryOut(file: ImportFile, flags: ImportFlags, stack: string[]): Promise<void> {
  const text = `${JSON.stringify(file, null, 2)}\n`;
  if (flags.output !== undefined) {
    await writeNew(flags.output, text, flags.force);
    report(`Now run: pulumi ${importArguments(flags.output, stack).join(" ")}`);
    return;
  }
  const directory = await mkdtemp(join(tmpdir(), "headshotpro-import-"));
  try {
    const path = join(directory, "import.json");
    await writeFile(path, text);
    const { code } = await runPulumi(importArguments(path, stack), "show");
    if (code !== 0) throw new UserError("`pulumi import` failed; its own message is above. Run it again.");
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The code is written already, and a protected invite could not be revoked any more. */
function importArguments(file: string, stack: string[]): string[] {
  const quiet = ["--yes", "--skip-preview", "--generate-code=false", "--protect=false"];
  return ["import", "--file", file, ...stack, ...quiet];
}

function reportPlan({ people, toInvite, undeclared, notes }: ImportPlan): void {
  const size = (list: readonly string[]) => count(list.length, "person", "people");
  for (const note of notes) report(note);
  report(people.length > 0 ? `${size(people)} to import` : "Nobody is left to import");
  if (toInvite.length > 0)
    report(`${size(toInvite)} declared but not invited yet: \`pulumi up\` invites them`);
  if (undeclared.length > 0) report(`${size(undeclared)} invited but not declared here: left alone`);
}
