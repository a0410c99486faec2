import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { PlannedStep } from "../review/import-file";
import { isOlder, type Release } from "./doctor/version";
import { Ending, EXIT } from "./exit";

/** The first CLI whose import files may bring a resource's outputs (pulumi/pulumi#23984). */
export const OLDEST_FOR_IMPORT: Release = [3, 254];

/** @throws Ending if there is no `pulumi` on PATH, or one that cannot import. */
export async function checkPulumi(): Promise<void> {
  const { stdout } = await pulumi(["version"], "read");
  if (!isOlder(stdout, OLDEST_FOR_IMPORT)) return;
  throw new Ending(
    `pulumi ${stdout.trim()} cannot import people: ${OLDEST_FOR_IMPORT.join(".")} or later is needed. ` +
      "See https://www.pulumi.com/docs/install/.",
    EXIT.failed,
  );
}

/** What the program in this folder would do, and what it leaves as it is. @throws Ending with the preview's own errors. */
export async function previewSteps(stack: string[]): Promise<PlannedStep[]> {
  const { stdout, code } = await pulumi(
    ["preview", "--json", "--show-sames", "--non-interactive", ...stack],
    "read",
  );
  const preview = parsed(stdout);
  if (code === 0 && preview.steps) return preview.steps;
  const errors = (preview.diagnostics ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message.replace(/<\{%.*?%\}>/g, "").trim());
  throw new Ending(["`pulumi preview` failed.", ...new Set(errors)].join("\n"), EXIT.failed);
}

interface Preview {
  steps?: PlannedStep[];
  diagnostics?: { severity: string; message: string }[];
}

/** Nothing is said here about text that is no JSON: pulumi's own message is on the terminal by then. */
function parsed(text: string): Preview {
  try {
    return JSON.parse(text) as Preview;
  } catch {
    return {};
  }
}

/**
 * Runs one command of the CLI and waits for its end, also after Ctrl-C, which it gets itself.
 *
 * @param output "read": stdout is returned; "show": it goes to the terminal, as talk; "probe": stdout is returned, and
 * nothing is shown of what it says beside it.
 */
export async function pulumi(
  args: string[],
  output: "read" | "show" | "probe",
): Promise<{ stdout: string; code: number }> {
  const child = spawn("pulumi", args, {
    stdio: ["ignore", output === "show" ? 2 : "pipe", output === "probe" ? "ignore" : 2],
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  let stdout = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  let interrupted = false;
  const wait = () => {
    interrupted = true;
  };
  process.on("SIGINT", wait);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status, signal) =>
        resolve(status ?? 128 + (signal ? constants.signals[signal] : 0)),
      );
    });
    if (interrupted) throw new Ending("interrupted.", EXIT.interrupted);
    return { stdout, code };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Ending("there is no `pulumi` on PATH: see https://www.pulumi.com/docs/install/.", EXIT.failed);
  } finally {
    process.off("SIGINT", wait);
  }
}
