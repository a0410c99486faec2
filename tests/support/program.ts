import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Language } from "pulumi-engine";
import { PLUGIN } from "./provider-process";

/** How a test's program is written. */
export type ProgramLanguage = "typescript" | "javascript" | Language;

/** What a test's program may use without importing it. */
const NAMES =
  "getInvite, getInviteOutput, getInvites, getInvitesOutput, getTeamsOutput, HeadshotInvite, HeadshotRoster, HeadshotTeam, Provider";

/** The two ways from a program to the verbs: the SDK's dynamic provider, and the plugin. */
export const FACES = ["dynamic", "plugin"] as const;
export type Face = (typeof FACES)[number];

const SOURCES: Record<Face, string> = {
  dynamic: "pulumi-headshotpro",
  plugin: resolve(__dirname, "plugin-sdk.js"),
};

const IMPORTS = {
  typescript: (source: string) => `import * as pulumi from "@pulumi/pulumi";
import { ${NAMES} } from "${source}";
void [pulumi, ${NAMES}];
`,
  javascript: (source: string) => `const pulumi = require("@pulumi/pulumi");
const { ${NAMES} } = require("${source}");
`,
};

const GO_MODULE = resolve(__dirname, "../fixtures/go-program");

/** The host that the engine needs for a language, beside Node's. */
export function hostOf(language: ProgramLanguage): Language | undefined {
  return language === "typescript" || language === "javascript" ? undefined : language;
}

/** A project file without a program. */
export function projectFile(language: ProgramLanguage, face: Face = "dynamic"): string {
  const project = `name: people\nruntime: ${hostOf(language) ?? "nodejs"}\n`;
  return face === "plugin" ? project + PLUGINS : project;
}

/** Puts the plugin where a project file of its face has the engine look. */
export async function installPlugin(project: string): Promise<void> {
  const { name, text } = launcher(process.platform);
  await mkdir(join(project, "bin"), { recursive: true });
  await writeFile(join(project, "bin", name), text, { mode: 0o755 });
}

/** What the engine starts as the plugin: a file of that name, with this text. */
function launcher(platform: NodeJS.Platform): { name: string; text: string } {
  const name = "pulumi-resource-headshotpro";
  if (platform === "win32") return { name: `${name}.cmd`, text: `@"${process.execPath}" "${PLUGIN}" %*\r\n` };
  const start = [process.execPath, PLUGIN].map((path) => JSON.stringify(path)).join(" ");
  return { name, text: `#!/bin/sh\nexec ${start} "$@"\n` };
}

const PLUGINS = "plugins: { providers: [{ name: headshotpro, path: bin }] }\n";

/**
 * Writes a program: the text of its one file, or of what follows in a Pulumi.yaml. Where it is JavaScript or
 * TypeScript, imports of the provider and of Pulumi are added to it.
 */
export async function writeProgram(
  project: string,
  language: ProgramLanguage,
  text: string,
  face: Face = "dynamic",
): Promise<void> {
  const write = (file: string, content: string) => writeFile(join(project, file), content);
  switch (language) {
    case "typescript":
    case "javascript": {
      const main = language === "typescript" ? "index.ts" : "index.js";
      await write("package.json", JSON.stringify({ main }));
      return write(main, IMPORTS[language](SOURCES[face]) + text);
    }
    case "yaml":
      return write("Pulumi.yaml", projectFile(language, face) + text);
    case "python":
      return write("__main__.py", text);
    case "go":
      for (const file of ["go.mod", "go.sum"]) await copyFile(join(GO_MODULE, file), join(project, file));
      return write("main.go", text);
  }
}
