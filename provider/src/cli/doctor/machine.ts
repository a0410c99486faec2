import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { parseJson } from "../../text";
import { UserError } from "../../user-error";
import { isOlder, parseRelease, type Release, runPulumi } from "../pulumi";
import { CommandError } from "../terminal";
import { type Check, notable, well, wrong } from "./checks";

const INSTALL = "See https://www.pulumi.com/docs/install/.";

/**
 * What `pulumi about --json` shows of the CLI and of the project in this folder, without the user, the organization and
 * the stack.
 */
const about = z
  .object({
    cliAbout: z.object({ version: z.string() }),
    runtime: z.object({ language: z.string(), version: z.string().optional() }).nullish().catch(undefined),
    errors: z.array(z.string()).nullish().catch(undefined),
  })
  .transform(({ cliAbout, runtime, errors: lines }) => {
    const errors = (lines ?? []).join("\n");
    return {
      version: cliAbout.version,
      /** The project's language, if its host answers: `nodejs`. */
      language: runtime?.language,
      /** What runs the program: `v20.19.5` of Node, `3.12.1` of Python. */
      runtime: runtime?.version,
      /** The project's language, if it has no host. */
      missingHost: /no language plugin 'pulumi-language-([\w-]+)' found/.exec(errors)?.[1],
      /** Where Pulumi.yaml says that the plugin is, if there is no such folder. */
      missingFolder: /parsing plugin options for 'headshotpro': no folder at path '([^']+)'/.exec(
        errors,
      )?.[1],
      hasProject: !/no project file found|no Pulumi\.yaml project file found/.test(errors),
    };
  });

export type About = z.output<typeof about>;

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
  const todo = `\`pulumi-headshotpro import\` needs ${forImport.join(".")} or later. ${INSTALL}`;
  const { version } = about;
  const isOld = isOlder(version, forImport);
  return [isOld ? notable("Pulumi CLI", version, todo) : well("Pulumi CLI", version), checkProject(about)];
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

export function parseAbout(json: unknown): About | undefined {
  return about.safeParse(json).data;
}

/** Runs `pulumi about`. @returns "missing": there is no CLI; undefined: no usable answer. @throws CommandError on Ctrl-C */
export async function probeAbout(): Promise<About | "missing" | undefined> {
  try {
    const { stdout } = await runPulumi(["about", "--json", "--non-interactive"], "probe");
    return parseAbout(parseJson(stdout));
  } catch (error) {
    if (error instanceof UserError && !(error instanceof CommandError)) return "missing";
    throw error;
  }
}

export interface Copy {
  version: string;
  /** Absolute. */
  folder: string;
}

const OURS = "pulumi-headshotpro";
const SDK = "@pulumi/pulumi";

/** The copies of the packages of which a program should have one. */
export type Copies = Record<typeof OURS | typeof SDK, readonly Copy[]>;

/**
 * @param running this command's own version. @param sdkRange the SDKs that it works with: `^3.216.0`.
 * @param runsNode whether the project's program is one of Node's. @param isMissing whether the project's folder needs a
 * copy of ours that is found from there, and has none.
 */
export function checkPackages(
  copies: Copies,
  running: string,
  sdkRange: string,
  { runsNode, isMissing }: { runsNode: boolean; isMissing: boolean },
): Check[] {
  return [checkOurs(copies[OURS], running, isMissing), ...checkSdk(copies[SDK], sdkRange, runsNode)];
}

function checkOurs(copies: readonly Copy[], running: string, isMissing: boolean): Check {
  const [first] = copies;
  if (isMissing) return missing(first);
  if (copies.length > 1) return severalCopies(OURS, copies);
  if (first === undefined || first.version === running) return well(OURS, running);
  return notable(
    OURS,
    `${running}, and ${first.version} in the program`,
    "Run `npx pulumi-headshotpro doctor` in the project's folder: it takes the program's own version.",
  );
}

/**
 * The engine starts the provider in the project's folder, whatever package the program has it from: pnpm puts what only a
 * shared package needs where nobody else finds it. A `destroy` needs it there, too.
 */
function missing(elsewhere: Copy | undefined): Check {
  const other = elsewhere && ` (${elsewhere.version} in another package)`;
  return wrong(
    OURS,
    `not found from the project's folder${other ?? ""}`,
    `The engine loads ${OURS}/runtime from there, for \`destroy\` as well: run \`npm install ` +
      `${OURS}${elsewhere ? `@${elsewhere.version}` : ""}\` beside Pulumi.yaml (pnpm: \`pnpm add\`, yarn: \`yarn add\`).`,
  );
}

/** A program in YAML or Python has no copy, and then no check. */
function checkSdk(copies: readonly Copy[], range: string, runsNode: boolean): Check[] {
  if (runsNode && copies.length === 0)
    return [wrong(SDK, "not installed", `Run \`npm install ${SDK}\` beside Pulumi.yaml.`)];
  const oldest = parseRelease(range);
  const old = copies.find(({ version }) => isOlder(version, oldest));
  const todo = `pulumi-headshotpro needs ${oldest.join(".")} or later: \`npm install ${SDK}@latest\`.`;
  if (old) return [wrong(SDK, old.version, todo)];
  if (copies.length > 1) return [severalCopies(SDK, copies)];
  return copies.map(({ version }) => well(SDK, version));
}

/** The first major version of TypeScript that Pulumi's SDK cannot run programs with. */
const TOO_NEW = 7;

/** @param version of the TypeScript that the program would be compiled by; undefined if there is none. */
export function checkTypeScript(version: string | undefined): Check[] {
  if (version === undefined || Number.parseInt(version, 10) < TOO_NEW) return [];
  const todo =
    "Pulumi's SDK compiles programs with a version below 7: `npm install --save-dev typescript@5`.";
  return [wrong("typescript", version, todo)];
}

/** The version of the TypeScript that a folder's program would be compiled by. */
export function probeTypeScript(folder: string): string | undefined {
  const found = locate("typescript", folder);
  return found && manifestIn(found)?.version;
}

function severalCopies(name: string, copies: readonly Copy[]): Check {
  const places = copies.map(({ version, folder }) => `${version} (${toPlace(folder)})`).sort();
  return notable(
    name,
    `${copies.length} copies in one program: ${places.join(", ")}`,
    "Have one: ask for the same version everywhere, then run `npm dedupe` (pnpm: `pnpm dedupe`, yarn: `yarn dedupe`).",
  );
}

/** From the first `node_modules` on, without private scopes: both would show whose machine it is. */
function toPlace(folder: string): string {
  const path = folder.replaceAll("\\", "/");
  const start = path.indexOf("/node_modules/");
  return start < 0
    ? "a linked folder"
    : path.slice(start + 1).replace(/(?<=\/)@(?!pulumi[/+])[\w.-]+(?=[/+])/g, "@…");
}

interface Manifest {
  version?: string;
  dependencies?: object;
  optionalDependencies?: object;
  peerDependencies?: object;
}

/**
 * Finds copies as Node finds them: from the program's own folder, and from each package that it uses, however deep.
 *
 * @param folder the program's: absolute.
 */
export function probeCopies(folder: string): Copies {
  const copies: Record<keyof Copies, Copy[]> = { [OURS]: [], [SDK]: [] };
  const visited = new Set<string>();
  const open = [{ at: folder, uses: [OURS, SDK, ...namesIn(manifestAbove(folder))] }];
  // Entries are appended while this loop runs: each package found is searched in turn.
  for (const { at, uses } of open)
    for (const name of uses) {
      const found = locate(name, at);
      if (found === undefined || visited.has(found)) continue;
      visited.add(found);
      const manifest = manifestIn(found) ?? {};
      if (name === OURS || name === SDK)
        copies[name].push({ version: manifest.version ?? "?", folder: found });
      open.push({ at: found, uses: namesIn(manifest) });
    }
  return copies;
}

/** Whether code in this folder finds this package, as the engine's own process does. */
export function isInstalledFor(folder: string): boolean {
  return locate(OURS, folder) !== undefined;
}

function namesIn(manifest: Manifest | undefined): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = manifest ?? {};
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

/** The folder of a package, as code in another folder gets it, with links followed. */
function locate(name: string, from: string): string | undefined {
  const places = createRequire(join(from, "package.json")).resolve.paths(name) ?? [];
  const place = places.map((folder) => join(folder, name)).find(manifestIn);
  return place && realpathSync(place);
}

function manifestIn(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}

function manifestAbove(folder: string): Manifest | undefined {
  const above = dirname(folder);
  return manifestIn(folder) ?? (above === folder ? undefined : manifestAbove(above));
}
