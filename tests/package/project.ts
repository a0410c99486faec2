import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Cell } from "./cells";
import { run } from "./command";
import { PROGRAMS } from "./programs";
import { digest, type Tarball } from "./tarball";
import { install, type Tools } from "./tools";

/** Writes a cell's project into an empty folder, installs its dependencies and builds it; returns the stack's folder. */
export async function makeProject(folder: string, cell: Cell, { tarball, tools }: Source): Promise<string> {
  const { files, packageJson, build } = PROGRAMS[cell.program];
  const project = cell.workspace ? join(folder, "packages/stack") : folder;
  await mkdir(project, { recursive: true });
  const dependencies = { "@pulumi/pulumi": cell.sdk, "pulumi-headshotpro": `file:${tarball.file}` };
  const stack = { name: "stack", version: "1.0.0", private: true, ...packageJson, dependencies };
  await writeFiles(project, { ...files, "package.json": JSON.stringify(stack) });
  if (cell.workspace) await writeFiles(folder, WORKSPACE);
  await install(cell.manager, { cwd: folder, tools, node: cell.node });
  const installed = createRequire(join(project, "package.json")).resolve("pulumi-headshotpro/package.json");
  if (digest(dirname(installed), tarball.files) !== tarball.digest)
    throw new Error(`${cell.manager} installed another pulumi-headshotpro than the one that was packed`);
  if (build) {
    const path = [
      tools.nodes[cell.node],
      join(project, "node_modules/.bin"),
      join(folder, "node_modules/.bin"),
    ];
    const [file = "", ...args] = build.split(" ");
    await run(file, args, { cwd: project, path });
  }
  return project;
}

export interface Source {
  tarball: Tarball;
  tools: Tools;
}

/** npm and yarn read the workspaces from package.json, pnpm from a file of its own. */
const WORKSPACE = {
  "package.json": JSON.stringify({ name: "root", private: true, workspaces: ["packages/*"] }),
  "pnpm-workspace.yaml": 'packages: ["packages/*"]\n',
};

async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
