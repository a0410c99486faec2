import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { devDependencies } from "../../package.json";
import { fetchTools, install, NEWEST, OLDEST, run, type Tools } from "./tools";

const ROOT = resolve(__dirname, "../..");

/** What of the SDK is relied on beyond its public types: in the program, and in the provider's process. */
const CONTRACT = [
  "tests/package/pulumi-internals.spec.ts",
  "tests/package/without-engine.spec.ts",
  "tests/provider/check.spec.ts",
  "tests/provider/processes.spec.ts",
];
const COPIED = [
  ...["provider", "emulator"].flatMap((name) =>
    ["src", "package.json", "tsconfig.json"].map((own) => `${name}/${own}`),
  ),
  ...["tests", "tsconfig.base.json", "tsconfig.json"],
];

/** Large, and of no use to the contract. */
const OTHER_TOOLS = /arethetypeswrong|biome|chromium|cruiser|knip|playwright|publint|stryker|typedoc/;

const VERSIONS = [
  { sdk: OLDEST, node: "20" },
  { sdk: NEWEST, node: "24" },
] as const;
type Versions = (typeof VERSIONS)[number];

/** Who installs the package gets it bundled with the SDK that is used here, whatever SDK they have. */
const PLUGIN = join(ROOT, "provider/src/plugin");

/** A copy of this workspace in which everything but the SDK is as it is here; without the plugin. */
async function copyWith(sdk: string, folder: string): Promise<void> {
  for (const name of COPIED) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await cp(join(ROOT, name), join(folder, name), { recursive: true, filter: (file) => file !== PLUGIN });
  }
  const needed = Object.entries(devDependencies).filter(([name]) => !OTHER_TOOLS.test(name));
  const dependencies = { ...Object.fromEntries(needed), "@pulumi/pulumi": sdk };
  const workspace = { name: "contract", private: true, workspaces: ["provider", "emulator"], dependencies };
  await writeFile(join(folder, "package.json"), JSON.stringify(workspace));
}

/** Runs the contract in a copy. @throws Error with what was printed, if a test of it fails */
async function testWith({ sdk, node }: Versions, folder: string, tools: Tools): Promise<void> {
  const cwd = join(folder, sdk);
  await copyWith(sdk, cwd);
  await install("npm", { cwd, tools, node });
  const inCopy = (...args: string[]) => run("node", args, { cwd, path: [tools.nodes[node]] });
  const printed = await inCopy("-p", 'require("@pulumi/pulumi/package.json").version + process.version');
  if (!printed.startsWith(`${sdk}v${node}.`)) throw new Error(`it would be tested with ${printed}`);
  await inCopy("node_modules/typescript/bin/tsc", "--build", "provider", "emulator");
  await inCopy(
    "node_modules/mocha/bin/mocha.js",
    ...["--no-config", "--require", "ts-node/register", "--timeout", "60000"],
    ...["--grep", "the plugin", "--invert"],
    ...CONTRACT,
  );
}

describe("what the SDK's public types do not promise", () => {
  let folder: string;
  // Side by side: an installation mostly waits.
  let runs: PromiseSettledResult<void>[];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdk-contract-"));
    const tools = await fetchTools(folder);
    runs = await Promise.allSettled(VERSIONS.map((versions) => testWith(versions, folder, tools)));
  });
  after(() => rm(folder, { recursive: true }));

  for (const [index, { sdk, node }] of VERSIONS.entries())
    it(`holds in ${sdk}, with Node ${node}`, () => {
      const run = runs[index];
      if (run?.status === "rejected") throw run.reason;
    });
});
