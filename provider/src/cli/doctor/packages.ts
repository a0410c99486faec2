import { type Finding, notable, well, wrong } from "./finding";
import { isOlder, releaseOf } from "./version";

/** A package that a program loads, or one of the packages that it uses. */
export interface Copy {
  version: string;
  /** Where it is: a folder, absolute. */
  folder: string;
}

const OURS = "pulumi-headshotpro";
const SDK = "@pulumi/pulumi";

/** The packages of which a program should have one copy. */
export const SINGLE_PACKAGES = [OURS, SDK] as const;

/** The copies in the program of this folder. */
export type Copies = Record<(typeof SINGLE_PACKAGES)[number], readonly Copy[]>;

/** @param running this command's own version. @param sdkRange the SDKs that it works with: `^3.216.0`. */
export function packageFindings(copies: Copies, running: string, sdkRange: string): Finding[] {
  return [ourFinding(copies[OURS], running), ...sdkFindings(copies[SDK], sdkRange)];
}

function ourFinding(copies: readonly Copy[], running: string): Finding {
  const [first] = copies;
  if (copies.length > 1) return severalCopies(OURS, copies);
  if (first === undefined || first.version === running) return well(OURS, running);
  return notable(
    OURS,
    `${running}, and ${first.version} in the program`,
    "Run `npx pulumi-headshotpro doctor` in the project's folder: it takes the program's own version.",
  );
}

/** Without a copy there is nothing to say: a program in YAML or Python has none. */
function sdkFindings(copies: readonly Copy[], range: string): Finding[] {
  const oldest = releaseOf(range);
  const old = copies.find(({ version }) => isOlder(version, oldest));
  if (old) {
    const todo = `pulumi-headshotpro needs ${oldest.join(".")} or later: \`npm install ${SDK}@latest\`.`;
    return [wrong(SDK, old.version, todo)];
  }
  if (copies.length > 1) return [severalCopies(SDK, copies)];
  return copies.map(({ version }) => well(SDK, version));
}

function severalCopies(name: string, copies: readonly Copy[]): Finding {
  const places = copies.map(({ version, folder }) => `${version} (${placeOf(folder)})`).sort();
  return notable(
    name,
    `${copies.length} copies in one program: ${places.join(", ")}`,
    "Have one: ask for the same version everywhere, then run `npm dedupe` (pnpm: `pnpm dedupe`, yarn: `yarn dedupe`).",
  );
}

/** From the first `node_modules` on, since the folders above it tell whose machine it is; so does a private scope. */
function placeOf(folder: string): string {
  const path = folder.replaceAll("\\", "/");
  const start = path.indexOf("/node_modules/");
  return start < 0
    ? "a linked folder"
    : path.slice(start + 1).replace(/(?<=\/)@(?!pulumi[/+])[\w.-]+(?=[/+])/g, "@…");
}
