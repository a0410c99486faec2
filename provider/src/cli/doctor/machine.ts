import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { UserError } from "../../user-error";
import { CommandError } from "../errors";
import { isOlder, type Release, runPulumi } from "../pulumi";
import { type Check, notable, well, wrong } from "./checks";

const INSTALL = "See https://www.pulumi.com/docs/install/.";

/** What `pulumi about` shows of the CLI and of the project in this folder. */
export interface About {
  version: string;
  /** The project's language, if its host answers: `nodejs`. */
  language?: string;
  /** What runs the program: `v20.19.5` of Node, `3.12.1` of Python. */
  runtime?: string;
  /** The project's language, if it has no host. */
  missingHost?: string;
  hasProject: boolean;
  /** Where Pulumi.yaml says that the plugin is, if there is no such folder. */
  missingFolder?: string;
}

export function checkNode(version: string, system: string, oldest: Release): Check {
  const value = `${version} on ${system}`;
  return isOlder(version, oldest)
    ? wrong("Node", value, `Install Node ${oldest.join(".")} or later: https://nodejs.org.`)
    : well("Node", value);
}

/**
 * @param about undefined: it cannot be asked; "missing": there is none on PATH.
 * @param forImport the first CLI that can import people.
 */
export function checkPulumi(about: About | "missing" | undefined, forImport: Release): Check[] {
  if (about === "missing") return [wrong("Pulumi CLI", "not found on PATH", INSTALL)];
  if (about === undefined)
    return [wrong("Pulumi CLI", "does not answer", `Run \`pulumi about\`: it says why. ${INSTALL}`)];
  return [checkCli(about.version, forImport), checkProject(about)];
}

function checkCli(version: string, forImport: Release): Check {
  return isOlder(version, forImport)
    ? notable(
        "Pulumi CLI",
        version,
        `\`pulumi-headshotpro import\` needs ${forImport.join(".")} or later. ${INSTALL}`,
      )
    : well("Pulumi CLI", version);
}

function checkProject({ language, runtime, missingHost, hasProject, missingFolder }: About): Check {
  if (!hasProject)
    return notable(
      "project",
      "none in this folder",
      "Run this in the project's folder to check its language, its packages and its stack's configuration.",
    );
  if (missingFolder)
    return wrong(
      "plugin",
      `${missingFolder} is missing, where Pulumi.yaml says that it is`,
      "Run `npm install` in the project's folder.",
    );
  if (missingHost)
    return wrong(
      "language host",
      `${missingHost}: not found`,
      `Put pulumi-language-${missingHost} beside pulumi or on PATH; the CLI's download has it. ${INSTALL}`,
    );
  if (language === undefined)
    return wrong("language host", "not known", "Run `pulumi about` in this folder: it says why.");
  return well("language host", [language, runtime].filter(Boolean).join(", "));
}

/**
 * Whether a project in another language than Node's says where the plugin is.
 *
 * @param projectFile the text of Pulumi.yaml; undefined if it cannot be read.
 */
export function checkPlugin(language: string | undefined, projectFile: string | undefined): Check[] {
  if (language === undefined || language === "nodejs" || projectFile === undefined) return [];
  const { plugins, packages } = (parseYaml(projectFile) ?? {}) as Record<string, unknown>;
  if (JSON.stringify([plugins, packages]).includes("headshotpro"))
    return [well("plugin", "named in Pulumi.yaml")];
  return [
    notable(
      "plugin",
      "Pulumi.yaml does not say where it is",
      "Unless `pulumi plugin ls` lists it, add `plugins: { providers: [{ name: headshotpro, path: node_modules/.bin }] }`.",
    ),
  ];
}

const about = z.object({
  cliAbout: z.object({ version: z.string() }),
  runtime: z.object({ language: z.string(), version: z.string().optional() }).nullish().catch(undefined),
  errors: z.array(z.string()).nullish().catch(undefined),
});

/**
 * Reads `pulumi about --json` without what else is in it: the user, the organization, the stack.
 *
 * @returns undefined if it is not what the CLI documents.
 */
export function parseAbout(json: unknown): About | undefined {
  const { data } = about.safeParse(json);
  if (!data) return undefined;
  const errors = (data.errors ?? []).join("\n");
  return {
    version: data.cliAbout.version,
    language: data.runtime?.language,
    runtime: data.runtime?.version,
    missingHost: /no language plugin 'pulumi-language-([\w-]+)' found/.exec(errors)?.[1],
    missingFolder: /parsing plugin options for 'headshotpro': no folder at path '([^']+)'/.exec(errors)?.[1],
    hasProject: !/no project file found|no Pulumi\.yaml project file found/.test(errors),
  };
}

/** Runs `pulumi about`. @returns "missing": there is no CLI; undefined: no usable answer. @throws CommandError on Ctrl-C */
export async function probeAbout(): Promise<About | "missing" | undefined> {
  try {
    return parseAbout(
      JSON.parse((await runPulumi(["about", "--json", "--non-interactive"], "probe")).stdout),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    if (error instanceof UserError && !(error instanceof CommandError)) return "missing";
    throw error;
  }
}
