import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "../command";
import { copyOfSdk, isAtHand, runExample, type SdkTrial } from "./sdk-trial";

const QUIETLY = "--quiet --no-input --disable-pip-version-check";

/** Makes the wheel as it would go to PyPI, and runs the example with it; says what was done. */
export async function tryPython(trial: SdkTrial): Promise<string> {
  if (!isAtHand("python3")) return "– no wheel: there is no python3 on this machine";
  const source = join(trial.folder, "wheel");
  copyOfSdk("python", source);
  const pip = ["-m", "pip", ...QUIETLY.split(" ")];
  await run("python3", [...pip, "wheel", "--no-deps", "--wheel-dir", trial.sdks, source], {
    cwd: trial.folder,
  });
  const wheel = `pulumi_headshotpro-${trial.version}-py3-none-any.whl`;
  const made = readdirSync(trial.sdks).filter((name) => name.endsWith(".whl"));
  if (made.join() !== wheel) throw new Error(`the wheel is ${made.join()}, and not ${wheel}`);
  await runExample("python", "__main__.py", trial, async (place) => {
    await place.type(`python3 -m venv venv && venv/bin/pip install ${QUIETLY} ${join(trial.sdks, wheel)}`);
    return { PATH: [join(place.project, "venv/bin"), place.env.PATH].join(delimiter) };
  });
  return `✔ the example in Python, with ${wheel} and the plugin's archive`;
}
