import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { digest, type Tarball } from "./tarball";
import { install, type Manager, NEWEST, type NodeVersion, OLDEST, run, type Tools, USUAL } from "./tools";

/** How the program is written, and how it comes to run. */
type ProgramKind = "typescript" | "tsc" | "esm" | "esm-typescript" | "esbuild";

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

/**
 * Not the full product: each manager, in a workspace and (but for yarn, which lays packages out as npm does) plain; each
 * kind of program once, but CommonJS, which the programs of tests/engine are; each Node, three SDKs.
 */
export const CELLS: readonly Cell[] = [
  { manager: "npm", program: "esm", node: "20", sdk: USUAL },
  { manager: "pnpm", program: "esbuild", node: "20", sdk: OLDEST },
  { manager: "yarn", workspace: true, program: "esm-typescript", node: "22", sdk: USUAL },
  { manager: "npm", workspace: true, program: "tsc", node: "24", sdk: NEWEST },
  { manager: "pnpm", workspace: true, program: "typescript", node: "24", sdk: NEWEST },
];

/**
 * What a cell is called where it has no row to stand in.
 *
 * @example nameOf(CELLS[4]); // "pnpm workspace, typescript, Node 24"
 */
export function nameOf(cell: Cell): string {
  return `${managerOf(cell)}, ${cell.program}, Node ${cell.node}`;
}

export function managerOf({ manager, workspace }: Cell): string {
  return workspace ? `${manager} workspace` : manager;
}

/** A Pulumi project as a user would write it, by file name; and the commands that build it before `pulumi up`. */
interface Program {
  files: Record<string, string>;
  packageJson: { type?: "module"; main: string; devDependencies?: Record<string, string> };
  build?: string[];
}

/**
 * Two people. Also makes sure of the Node that the cell means, and uses the package's other entry, so that types
 * and names of both are found in every kind of program.
 */
const BODY = `
if (!process.version.startsWith("v" + process.env.CELL_NODE)) throw new Error("run by Node " + process.version);
for (const email of ["ada@acme.com", "grace@acme.com"]) {
  new HeadshotInvite(email, { email, teamId: "team_xyz789" });
}
`;
const IMPORTS = `import { HeadshotInvite } from "pulumi-headshotpro";
import { HeadshotProClient } from "pulumi-headshotpro/client";
`;
const MODULE = `${IMPORTS}${BODY}export const client = HeadshotProClient.name;\n`;

const PULUMI_YAML = "name: people\nruntime: nodejs\n";
const TYPES = { "@types/node": "^20.19.0", typescript: "~5.9.3" };
/** The newest that the SDK takes; and the one after it, in Go, which only checks types here. */
const NEWER_TYPES = { ...TYPES, typescript: "~6.0.3", "typescript-7": "npm:typescript@~7.0.2" };

/** The compiler's options as `pulumi new typescript` writes them: libraries are checked, too. */
const TSCONFIG = {
  strict: true,
  outDir: "bin",
  target: "es2020",
  module: "commonjs",
  moduleResolution: "node",
  sourceMap: true,
  experimentalDecorators: true,
  pretty: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};
/** From version 6 on, the compiler takes no types but those that are named. */
const NODE_MODULES = { ...TSCONFIG, module: "nodenext", moduleResolution: "nodenext", types: ["node"] };

const tsconfig = (compilerOptions: object) => JSON.stringify({ compilerOptions, files: ["index.ts"] });

/** One program, two people, in every way that it may be written. */
const PROGRAMS: Readonly<Record<ProgramKind, Program>> = {
  typescript: {
    files: { "Pulumi.yaml": PULUMI_YAML, "index.ts": MODULE, "tsconfig.json": tsconfig(TSCONFIG) },
    packageJson: { main: "index.ts", devDependencies: TYPES },
  },
  tsc: {
    files: { "Pulumi.yaml": PULUMI_YAML, "index.ts": MODULE, "tsconfig.json": tsconfig(NODE_MODULES) },
    packageJson: { main: "bin/index.js", devDependencies: NEWER_TYPES },
    build: ["tsc", "node ../../node_modules/typescript-7/bin/tsc --noEmit"],
  },
  esm: {
    files: { "Pulumi.yaml": PULUMI_YAML, "index.js": MODULE },
    packageJson: { type: "module", main: "index.js" },
  },
  "esm-typescript": {
    files: { "Pulumi.yaml": PULUMI_YAML, "index.ts": MODULE, "tsconfig.json": tsconfig(NODE_MODULES) },
    packageJson: { type: "module", main: "index.ts", devDependencies: { ...TYPES, "ts-node": "^10.9.2" } },
  },
  esbuild: {
    files: { "Pulumi.yaml": PULUMI_YAML, "index.ts": MODULE },
    packageJson: { main: "bin/index.js", devDependencies: { ...TYPES, esbuild: "^0.28.2" } },
    build: ["esbuild index.ts --bundle --platform=node --external:@pulumi/pulumi --outfile=bin/index.js"],
  },
};

/** Writes a cell's project into an empty folder, installs its dependencies and builds it; returns the stack's folder. */
export async function makeProject(folder: string, cell: Cell, { tarball, tools }: Source): Promise<string> {
  const { files, packageJson, build = [] } = PROGRAMS[cell.program];
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
  for (const command of build) {
    const path = [
      tools.nodes[cell.node],
      join(project, "node_modules/.bin"),
      join(folder, "node_modules/.bin"),
    ];
    const [file = "", ...args] = command.split(" ");
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
