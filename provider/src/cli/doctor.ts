import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import type { Command } from "commander";
import { engines, peerDependencies, version } from "../../package.json";
import { proxyFor } from "../client/proxy";
import type { Read } from "../settings";
import { UserError } from "../user-error";
import { checkAnswer, checkProxy, probeApi } from "./doctor/api-checks";
import { type Check, redact, toHeadline, toText, wrong } from "./doctor/checks";
import {
  checkNode,
  checkPackages,
  checkPlugin,
  checkPulumi,
  checkTypeScript,
  isInstalledFor,
  probeAbout,
  probeCopies,
  probeTypeScript,
} from "./doctor/machine";
import { checkSettings, companyHosts, probeConfig } from "./doctor/settings";
import { GENERAL_KEY, type OrganizationFlags, settingsFor, withOrganization } from "./organization";
import { OLDEST_FOR_IMPORT, parseRelease } from "./pulumi";
import { colours, EXIT, Progress, print, printJson, report } from "./terminal";

interface DoctorFlags extends OrganizationFlags {
  stack?: string;
  json?: true;
}

/** `doctor`: what may be odd on this machine, in this program and at the API. */
export function define(command: Command): void {
  command
    .option("-s, --stack <name>", "the stack whose configuration is read; without it, the selected one")
    .option("--json", "the findings as JSON, for programs");
  withOrganization(command, EXAMPLES, EXPLANATION).action(doctor);
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
  const checks = await progress.during(examine(flags));
  if (flags.json) printJson(checks);
  else print(toText(checks, { well: colours.green, notable: colours.yellow, wrong: colours.red }));
  report(toHeadline(checks));
  // The lines say what is wrong: there is no message beside them.
  if (checks.some(({ level }) => level === "wrong")) process.exitCode = EXIT.no;
}

async function examine({ apiKeyEnv, stack }: DoctorFlags): Promise<Check[]> {
  const about = await probeAbout();
  const project = typeof about === "object" && about.hasProject ? about : undefined;
  const config = project ? await probeConfig(stack === undefined ? [] : ["--stack", stack], process.env) : {};
  // Another organization's key comes from its variable only.
  const read = (key: string) =>
    key === "apiKey" && apiKeyEnv !== GENERAL_KEY ? undefined : config?.[key]?.text;
  const runsNode = project?.language === "nodejs";
  const checks = [
    checkNode(process.version, `${process.platform} ${process.arch}`, parseRelease(engines.node)),
    ...checkPulumi(about, OLDEST_FOR_IMPORT),
    ...checkPlugin(project?.language, readProject()),
    ...checkPackages(probeCopies(process.cwd()), version, peerDependencies["@pulumi/pulumi"], {
      runsNode,
      isMissing: runsNode && !isInstalledFor(process.cwd()),
    }),
    ...checkTypeScript(probeTypeScript(process.cwd())),
    ...checkSettings(config, process.env, apiKeyEnv),
    ...(await checkApi(apiKeyEnv, read, runsNode)),
  ];
  const apiKey = (process.env[apiKeyEnv] ?? read("apiKey"))?.trim();
  const personal = { home: homedir(), apiKey, hosts: companyHosts(process.env, read("baseUrl")) };
  return checks.map((check) => redact(check, personal));
}

/** The text of Pulumi.yaml; undefined if there is none in this folder. */
function readProject(): string | undefined {
  const file = ["Pulumi.yaml", "Pulumi.yml"].find(existsSync);
  return file && readFileSync(file, "utf8");
}

async function checkApi(apiKeyEnv: string, read: Read, runsNode: boolean): Promise<Check[]> {
  try {
    const settings = settingsFor(apiKeyEnv, read);
    return [
      ...checkProxy(proxyFor(settings.baseUrl), process.env, runsNode),
      ...checkAnswer(await probeApi(settings)),
    ];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [
      wrong(
        "configuration",
        error.message,
        "HeadshotPro was not asked. Set it in the environment or with `pulumi config set`, and run this again.",
      ),
    ];
  }
}
