import type { ProgramKind } from "./cells";

/** A Pulumi project as a user would write it, by file name; and how it is built before `pulumi up`. */
export interface Program {
  files: Record<string, string>;
  packageJson: { type?: "module"; main: string; devDependencies?: Record<string, string> };
  build?: string;
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
const CLIENT = "HeadshotProClient.name";
const IMPORTS = `import { HeadshotInvite } from "pulumi-headshotpro";
import { HeadshotProClient } from "pulumi-headshotpro/client";
`;
const MODULE = `${IMPORTS}${BODY}export const client = ${CLIENT};\n`;
const COMMONJS = `const { HeadshotInvite } = require("pulumi-headshotpro");
const { HeadshotProClient } = require("pulumi-headshotpro/client");
${BODY}exports.client = ${CLIENT};
`;

const PULUMI_YAML = "name: people\nruntime: nodejs\n";
const TYPES = { "@types/node": "^20.19.0", typescript: "~5.9.3" };

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
const NODE_MODULES = { ...TSCONFIG, module: "nodenext", moduleResolution: "nodenext" };

const tsconfig = (compilerOptions: object) => JSON.stringify({ compilerOptions, files: ["index.ts"] });

/** One program, two people, in every way that it may be written. */
export const PROGRAMS: Readonly<Record<ProgramKind, Program>> = {
  typescript: {
    files: { "Pulumi.yaml": PULUMI_YAML, "index.ts": MODULE, "tsconfig.json": tsconfig(TSCONFIG) },
    packageJson: { main: "index.ts", devDependencies: TYPES },
  },
  tsc: {
    files: { "Pulumi.yaml": PULUMI_YAML, "index.ts": MODULE, "tsconfig.json": tsconfig(NODE_MODULES) },
    packageJson: { main: "bin/index.js", devDependencies: TYPES },
    build: "tsc",
  },
  commonjs: {
    files: { "Pulumi.yaml": PULUMI_YAML, "index.js": COMMONJS },
    packageJson: { main: "index.js" },
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
    build: "esbuild index.ts --bundle --platform=node --external:@pulumi/pulumi --outfile=bin/index.js",
  },
};
