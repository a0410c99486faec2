import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { digest, type Tarball } from "./tarball";
import { install, type Manager, NEWEST, type NodeVersion, OLDEST, run, type Tools, USUAL } from "./tools";

/** How the program is written, and how it comes to run. */
type ProgramKind = "esbuild" | "esm" | "tsc";

/** One way in which a user may install the package and run a stack on it. */
export interface Cell {
  manager: Manager;
  /** The stack is one package of a workspace (packages/stack), whose dependencies may be hoisted. */
  workspace?: true;
  program: ProgramKind;
  node: NodeVersion;
  /** Version of `@pulumi/pulumi`. */
  sdk: string;
}

/** Not the full product: each manager, Node, SDK and kind of program once. CommonJS is what tests/engine runs. */
export const CELLS: readonly Cell[] = [
  { manager: "npm", program: "esbuild", node: "20", sdk: OLDEST },
  { manager: "yarn", workspace: true, program: "esm", node: "22", sdk: USUAL },
  { manager: "pnpm", workspace: true, program: "tsc", node: "24", sdk: NEWEST },
];

/** @example nameOf(CELLS[2]); // "pnpm workspace, tsc, Node 24" */
export function nameOf({ manager, workspace, program, node }: Cell): string {
  return `${manager}${workspace ? " workspace" : ""}, ${program}, Node ${node}`;
}

/** A Pulumi project as a user would write it, beside its index.ts; and the commands that build it before `pulumi up`. */
interface Program {
  compilerOptions?: object;
  packageJson: { type?: "module"; main: string; devDependencies: Record<string, string> };
  build?: string[];
}

/**
 * Two people. Also makes sure of the Node that the cell means, and uses the package's other entry, so that types
 * and names of both are found in every kind of program.
 */
const PROGRAM = `import { HeadshotInvite } from "pulumi-headshotpro";
import { HeadshotProClient } from "pulumi-headshotpro/client";

if (!process.version.startsWith("v" + process.env.CELL_NODE)) throw new Error("run by Node " + process.version);
for (const email of ["ada@acme.com", "grace@acme.com"]) {
  new HeadshotInvite(email, { email, teamId: "team_xyz789" });
}
export const client = HeadshotProClient.name;
`;

const TYPES = { "@types/node": "^20.19.0", typescript: "~5.9.3" };
/** The newest that the SDK takes; and the one after it, in Go, which only checks types here. */
const NEWER_TYPES = { ...TYPES, typescript: "~6.0.3", "typescript-7": "npm:typescript@~7.0.2" };

/** As `pulumi new typescript` writes them: libraries are checked, too. */
const NODE_MODULES = {
  strict: true,
  outDir: "bin",
  target: "es2020",
  module: "nodenext",
  moduleResolution: "nodenext",
  experimentalDecorators: true,
  // From version 6 on, the compiler takes no types but those that are named.
  types: ["node"],
};

/** One program, two people, in every way that it may be written. */
const PROGRAMS: Readonly<Record<ProgramKind, Program>> = {
  esbuild: {
    packageJson: { main: "bin/index.js", devDependencies: { ...TYPES, esbuild: "^0.28.2" } },
    build: ["esbuild index.ts --bundle --platform=node --external:@pulumi/pulumi --outfile=bin/index.js"],
  },
  esm: {
    compilerOptions: NODE_MODULES,
    packageJson: {
      type: "module",
      main: "index.ts",
      devDependencies: { ...TYPES, "ts-node": "^10.9.2" },
    },
  },
  tsc: {
    compilerOptions: NODE_MODULES,
    packageJson: { main: "bin/index.js", devDependencies: NEWER_TYPES },
    build: ["tsc", "node node_modules/typescript-7/bin/tsc --noEmit"],
  },
};

export interface Source {
  tarball: Tarball;
  tools: Tools;
}

/** Writes a cell's project into an empty folder, installs its dependencies and builds it; returns the stack's folder. */
export async function makeProject(folder: string, cell: Cell, { tarball, tools }: Source): Promise<string> {
  const { compilerOptions, packageJson, build = [] } = PROGRAMS[cell.program];
  const project = cell.workspace ? join(folder, "packages/stack") : folder;
  await mkdir(project, { recursive: true });
  const dependencies = { "@pulumi/pulumi": cell.sdk, "pulumi-headshotpro": `file:${tarball.file}` };
  const stack = { name: "stack", version: "1.0.0", private: true, ...packageJson, dependencies };
  await writeFiles(project, {
    "Pulumi.yaml": "name: people\nruntime: nodejs\n",
    "index.ts": PROGRAM,
    "package.json": JSON.stringify(stack),
    ...(compilerOptions && { "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }) }),
  });
  if (cell.workspace) await writeFiles(folder, WORKSPACE);
  await install(cell.manager, { cwd: folder, tools, node: cell.node });
  const installed = createRequire(join(project, "package.json")).resolve("pulumi-headshotpro/package.json");
  if (digest(dirname(installed), tarball.files) !== tarball.digest)
    throw new Error(`${cell.manager} installed another pulumi-headshotpro than the one that was packed`);
  const bins = [project, folder].map((one) => join(one, "node_modules/.bin"));
  for (const command of build) {
    const [file = "", ...args] = command.split(" ");
    await run(file, args, { cwd: project, path: [tools.nodes[cell.node], ...bins] });
  }
  return project;
}

/** npm and yarn read the workspaces from package.json, pnpm from a file of its own. */
const WORKSPACE = {
  "package.json": JSON.stringify({ name: "root", private: true, workspaces: ["packages/*"] }),
  "pnpm-workspace.yaml": 'packages: ["packages/*"]\n',
};

async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
