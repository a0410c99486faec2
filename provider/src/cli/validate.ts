import { type Command, InvalidArgumentError, Option } from "commander";
import { type AllowedDomains, readAllowedDomains } from "../invite/allowed-domains";
import { columnsProblems } from "../roster/arguments";
import { findFormat, ROSTER_FORMATS, type RosterFormat } from "../roster/format";
import { readRoster } from "../roster/load";
import { domainProblems } from "../roster/preflight";
import type { AskedColumns, RosterProblem } from "../roster/validate";
import { count } from "../text";
import { CommandError, EXIT, print, printJson, readInput, report, usageError } from "./terminal";

interface ValidateFlags {
  format?: RosterFormat;
  allowEmpty?: true;
  allowedDomains?: AllowedDomains;
  column?: AskedColumns;
  json?: true;
}

export function define(command: Command): void {
  command
    .argument("<roster...>", "CSV or YAML files")
    .addOption(
      new Option("--format <format>", "the format, whatever the files' names say").choices(ROSTER_FORMATS),
    )
    .option("--allow-empty", "allow a roster without people")
    .option("--allowed-domains <list>", "the domains that may be invited: acme.com,*.acme.eu", parseDomains)
    .option(
      "--column <input=header>",
      "the column that holds an input, as columns of a roster; repeatable",
      parseColumn,
    )
    .option("--json", "the problems as JSON, for programs")
    .addHelpText("after", EXAMPLES)
    .action(validate);
}

const EXAMPLES = `
Examples:
  pulumi-headshotpro validate people.csv
  pulumi-headshotpro validate people.csv --allowed-domains acme.com,*.acme.eu
  pulumi-headshotpro validate people.csv --column team=Department
  pulumi-headshotpro validate rosters/*.yaml --json`;

async function validate(files: string[], flags: ValidateFlags): Promise<void> {
  const problems: RosterProblem[] = [];
  let members = 0;
  for (const file of files) {
    const format = flags.format ?? findFormat(file);
    if (!format)
      throw usageError(`${file}: its name does not show the format: add --format csv or --format yaml.`);
    const { allowEmpty, column: columns } = flags;
    const reading = readRoster(await readInput(file), { name: file, format, allowEmpty, columns });
    for (const note of reading.notes) report(note);
    // One by one: a call with hundreds of thousands of arguments overflows the stack.
    for (const problem of reading.problems) problems.push(problem);
    for (const problem of domainProblems(reading.members, flags.allowedDomains)) problems.push(problem);
    members += reading.members.length;
  }
  if (flags.json) printJson(problems);
  else print(problems.map((problem) => `${toLine(problem)}\n`).join(""));
  const where = files.length === 1 ? (files[0] ?? "") : `${files.length} rosters`;
  if (problems.length > 0)
    throw new CommandError(`${where}: ${count(problems.length, "problem", "problems")}.`, EXIT.no);
  report(`${where}: ${count(members, "person", "people")}, nothing is wrong`);
}

function parseDomains(text: string): AllowedDomains {
  try {
    return readAllowedDomains(text);
  } catch (error) {
    throw new InvalidArgumentError(`It ${(error as Error).message}.`);
  }
}

function parseColumn(text: string, others: AskedColumns = {}): AskedColumns {
  const [, input = "", header = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (input === "") throw new InvalidArgumentError('Expected INPUT=HEADER, as in "team=Department".');
  const columns = { ...others, [input.trim()]: header };
  const [problem] = columnsProblems(columns);
  if (problem !== undefined) throw new InvalidArgumentError(`${problem}.`);
  return columns;
}

/** As compilers do it, so that editors find the place and grep finds the file: `people.csv:3: email: …`. */
function toLine({ where, column, reason }: RosterProblem): string {
  return [where, ...(column ? [column] : []), reason].join(": ").replace(/\s+/gu, " ");
}
