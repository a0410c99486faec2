import { copyFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Language } from "pulumi-engine";

/** How a test's program is written. */
export type ProgramLanguage = "typescript" | "javascript" | Language;

/** What a test's program may use without importing it. */
const NAMES =
  "getInvite, getInviteOutput, getInvites, getInvitesOutput, HeadshotInvite, HeadshotRoster, Provider";
const FROM_OURS = `{ ${NAMES} }`;

const TYPESCRIPT = `import * as pulumi from "@pulumi/pulumi";
import ${FROM_OURS} from "pulumi-headshotpro";
void [pulumi, ${NAMES}];
`;
const JAVASCRIPT = `const pulumi = require("@pulumi/pulumi");
const ${FROM_OURS} = require("pulumi-headshotpro");
`;

const GO_MODULE = resolve(__dirname, "../fixtures/go-program");

/** The host that the engine needs for a language, beside Node's. */
export function hostOf(language: ProgramLanguage): Language | undefined {
  return language === "typescript" || language === "javascript" ? undefined : language;
}

/** A project file without a program. */
export function projectFile(language: ProgramLanguage): string {
  return `name: people\nruntime: ${hostOf(language) ?? "nodejs"}\n`;
}

/**
 * Writes a program: the text of its one file, or of what follows in a Pulumi.yaml. Where it is JavaScript or
 * TypeScript, imports of the provider and of Pulumi are added to it.
 */
export async function writeProgram(project: string, language: ProgramLanguage, text: string): Promise<void> {
  const write = (file: string, content: string) => writeFile(join(project, file), content);
  switch (language) {
    case "typescript":
    case "javascript": {
      const [main, imports] = language === "typescript" ? ["index.ts", TYPESCRIPT] : ["index.js", JAVASCRIPT];
      await write("package.json", JSON.stringify({ main }));
      return write(main, imports + text);
    }
    case "yaml":
      return write("Pulumi.yaml", projectFile(language) + text);
    case "python":
      return write("__main__.py", text);
    case "go":
      for (const file of ["go.mod", "go.sum"]) await copyFile(join(GO_MODULE, file), join(project, file));
      return write("main.go", text);
  }
}
