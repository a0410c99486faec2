import { NEWEST, OLDEST, USUAL } from "./sdk-versions";

/** How the program is written, and how it comes to run. */
export type ProgramKind = "typescript" | "tsc" | "commonjs" | "esm" | "esm-typescript" | "esbuild";

/** One way in which a user may install the package and run a stack on it. */
export interface Cell {
  manager: "npm" | "pnpm" | "yarn";
  /** The stack is one package of a workspace (packages/stack), whose dependencies may be hoisted. */
  workspace?: true;
  program: ProgramKind;
  /** Major version of Node. */
  node: "20" | "22" | "24";
  /** Version of `@pulumi/pulumi`. */
  sdk: string;
}

/** Not the full product: each manager meets each Node, plain and in a workspace, and each kind of program. */
export const CELLS: readonly Cell[] = [
  { manager: "npm", program: "typescript", node: "20", sdk: USUAL },
  { manager: "pnpm", program: "esbuild", node: "20", sdk: OLDEST },
  { manager: "yarn", workspace: true, program: "commonjs", node: "20", sdk: USUAL },
  { manager: "npm", workspace: true, program: "esbuild", node: "22", sdk: USUAL },
  { manager: "pnpm", program: "tsc", node: "22", sdk: USUAL },
  { manager: "yarn", program: "esm-typescript", node: "22", sdk: USUAL },
  { manager: "npm", program: "esm", node: "24", sdk: USUAL },
  { manager: "pnpm", workspace: true, program: "typescript", node: "24", sdk: NEWEST },
  { manager: "yarn", program: "typescript", node: "24", sdk: USUAL },
];

/**
 * What a cell is called where it has no row to stand in.
 *
 * @example nameOf(CELLS[2]); // "yarn workspace, commonjs, Node 20"
 */
export function nameOf(cell: Cell): string {
  return `${managerOf(cell)}, ${cell.program}, Node ${cell.node}`;
}

export function managerOf({ manager, workspace }: Cell): string {
  return workspace ? `${manager} workspace` : manager;
}
