import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** How a test's program is written. */
export type ProgramLanguage = "typescript" | "javascript" | "yaml";

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

/** A project file without a program. */
export function projectFile(language: ProgramLanguage): string {
  return `name: people\nruntime: ${language === "yaml" ? "yaml" : "nodejs"}\n`;
}

/** Writes a program; where its language has imports, those of the provider and of Pulumi are added to it. */
export async function writeProgram(project: string, language: ProgramLanguage, text: string): Promise<void> {
  const write = (file: string, content: string) => writeFile(join(project, file), content);
  if (language === "yaml") return write("Pulumi.yaml", projectFile(language) + text);
  const [main, imports] = language === "typescript" ? ["index.ts", TYPESCRIPT] : ["index.js", JAVASCRIPT];
  await write("package.json", JSON.stringify({ main }));
  await write(main, imports + text);
}
