import { homedir } from "node:os";
import { Command } from "commander";
import { engines, peerDependencies, version } from "../../package.json";
import { proxyFor } from "../client/proxy";
import type { Read } from "../settings";
import { companyHosts } from "./doctor/address";
import { answerFindings } from "./doctor/answer";
import { type Finding, wrong } from "./doctor/finding";
import { nodeFinding, pulumiFindings } from "./doctor/machine";
import { proxyFindings } from "./doctor/network";
import { packageFindings } from "./doctor/packages";
import { pasteable } from "./doctor/pasteable";
import { settingFindings } from "./doctor/settings";
import { findingsText, headlineOf } from "./doctor/text";
import { releaseOf } from "./doctor/version";
import { Ending, EXIT } from "./exit";
import {
  apiKeyEnvOption,
  GENERAL_KEY,
  ORGANIZATION_HELP,
  type OrganizationFlags,
  settingsFor,
} from "./organization";
import { probeApi } from "./probe-api";
import { probeCopies } from "./probe-packages";
import { probeAbout, probeConfig } from "./probe-pulumi";
import { Progress } from "./progress";
import { OLDEST_FOR_IMPORT } from "./pulumi";
import { colours, print, printJson, talk } from "./terminal";

interface DoctorFlags extends OrganizationFlags {
  stack?: string;
  json?: true;
}

/** `doctor`: what may be odd on this machine, in this program and at the API. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("look for what may be odd here; ends with 1 if something is wrong")
    .option("-s, --stack <name>", "the stack whose configuration is read; without it, the selected one")
    .option("--json", "the findings as JSON, for programs")
    .addOption(apiKeyEnvOption())
    .addHelpText("after", `${EXPLANATION}\n${ORGANIZATION_HELP}\n${EXAMPLES}`)
    .action(doctor);
}

const EXPLANATION = `
Looks at Node, the Pulumi CLI and the packages, reads the stack's configuration, and asks HeadshotPro twice: who is
invited, and for the credits. Nothing is changed. What it prints can be pasted into an issue: it has no key, no e-mail
address, no name of an organization and no home folder in it.`;

const EXAMPLES = `
Examples:
  pulumi-headshotpro doctor
  pulumi-headshotpro doctor --stack dev --json`;

async function doctor(flags: DoctorFlags): Promise<void> {
  const progress = new Progress("Looking at Pulumi, the packages and HeadshotPro …");
  const findings = await progress.during(examine(flags));
  if (flags.json) printJson(findings);
  else print(findingsText(findings, { well: colours.green, notable: colours.yellow, wrong: colours.red }));
  talk(headlineOf(findings));
  // What is wrong is in the lines: nothing more is to be said.
  if (findings.some(({ level }) => level === "wrong")) process.exitCode = EXIT.no;
}

async function examine({ apiKeyEnv, stack }: DoctorFlags): Promise<Finding[]> {
  const about = await probeAbout();
  const project = typeof about === "object" && about.hasProject ? about : undefined;
  const config = project ? await probeConfig(stack === undefined ? [] : ["--stack", stack], process.env) : {};
  // Another organization's key is its variable's alone.
  const read = (key: string) =>
    key === "apiKey" && apiKeyEnv !== GENERAL_KEY ? undefined : config?.[key]?.text;
  const findings = [
    nodeFinding(process.version, `${process.platform} ${process.arch}`, releaseOf(engines.node)),
    ...pulumiFindings(about, OLDEST_FOR_IMPORT),
    ...packageFindings(probeCopies(process.cwd()), version, peerDependencies["@pulumi/pulumi"]),
    ...settingFindings(config, process.env, apiKeyEnv),
    ...(await apiFindings(apiKeyEnv, read, project?.language === "nodejs")),
  ];
  const apiKey = (process.env[apiKeyEnv] ?? read("apiKey"))?.trim();
  const personal = { home: homedir(), apiKey, hosts: companyHosts(process.env, read("baseUrl")) };
  return findings.map((finding) => pasteable(finding, personal));
}

async function apiFindings(apiKeyEnv: string, read: Read, runsNode: boolean): Promise<Finding[]> {
  try {
    const settings = settingsFor(apiKeyEnv, read);
    return [
      ...proxyFindings(proxyFor(settings.baseUrl), process.env, runsNode),
      ...answerFindings(await probeApi(settings)),
    ];
  } catch (error) {
    if (!(error instanceof Ending)) throw error;
    return [
      wrong(
        "configuration",
        error.message,
        "HeadshotPro was not asked. Set it in the environment or with `pulumi config set`, and run this again.",
      ),
    ];
  }
}
