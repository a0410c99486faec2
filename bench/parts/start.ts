import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PluginProcess, ProviderProcess } from "../../tests/support/provider-process";
import type { PartResult } from "../results";
import type { Settings } from "../settings";
import { median } from "../statistics";

const KEY = { HEADSHOTPRO_API_KEY: "unused" };
const EMPTY = "exports.handler=()=>({check:async(olds,news)=>({inputs:news})})";

/** How long until a provider's process has answered its first check: ours in both faces, and an empty one of the SDK. */
export async function start({ quick }: Settings): Promise<PartResult> {
  const rounds = quick ? 3 : 15;
  const folder = mkdtempSync(join(tmpdir(), "headshotpro-bundle-"));
  try {
    const bundle = bundleInto(folder);
    const [ours, empty, plugin]: [number[], number[], number[]] = [[], [], []];
    // Interleaved, so that whatever else the machine does hits all of them.
    for (let round = 0; round < rounds; round++) {
      empty.push(await millisecondsToFirstCheck(() => ProviderProcess.start(KEY), { __provider: EMPTY }));
      ours.push(await millisecondsToFirstCheck(() => ProviderProcess.start(KEY)));
      plugin.push(
        await millisecondsToFirstCheck(() => PluginProcess.start(KEY, {}, undefined, "default", bundle)),
      );
    }
    const against = (times: number[]) => ({
      measured: `${median(times).toFixed(0)} ms against ${median(empty).toFixed(0)} ms (medians of ${rounds})`,
      value: median(times) / median(empty),
    });
    return {
      rows: [
        { budget: "provider process ready, against an empty provider", ...against(ours), bound: 1.3 },
        { budget: "plugin ready, against an empty provider of the SDK", ...against(plugin), bound: 0.4 },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The plugin as one file, as the npm package has it. */
function bundleInto(folder: string): string {
  const file = join(folder, "pulumi-resource-headshotpro");
  const tool = JSON.stringify(resolve(__dirname, "../../tools/bundle.mjs"));
  const script = `import(${tool}).then(({ bundle, COMMAND }) => bundle(COMMAND, ${JSON.stringify(file)}))`;
  execFileSync(process.execPath, ["--eval", script]);
  return file;
}

async function millisecondsToFirstCheck(
  launch: () => Promise<ProviderProcess | PluginProcess>,
  provided: { __provider?: string } = {},
): Promise<number> {
  const started = performance.now();
  const provider = await launch();
  await provider.check({ email: "ada@acme.com", ...provided });
  const milliseconds = performance.now() - started;
  await provider.stop();
  return milliseconds;
}
