import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { type PreviewStep, parsePreview } from "../review/preview-json";
import { diagnosticsIn } from "../review/review";
import { UserError } from "../user-error";
import { CommandError, EXIT } from "./terminal";

/** The numbers that a version or a range begins with: 3.254 of `v3.254.1`, 20.19 of `>=20.19`. */
export type Release = readonly [major: number, minor: number];

/** The first CLI whose import files may bring a resource's outputs (pulumi/pulumi#23984). */
export const OLDEST_FOR_IMPORT: Release = [3, 254];

/** @example parseRelease("^3.216.0"); // [3, 216] */
export function parseRelease(text: string): Release {
  const [, major, minor] = /(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return [Number(major ?? 0), Number(minor ?? 0)];
}

/** @example isOlder("v3.99.0", [3, 216]); // true */
export function isOlder(version: string, than: Release): boolean {
  const [major, minor] = parseRelease(version);
  return major < than[0] || (major === than[0] && minor < than[1]);
}

/** @throws UserError if there is no `pulumi` on PATH, or one that cannot import. */
export async function requirePulumi(): Promise<void> {
  const { stdout } = await runPulumi(["version"], "read");
  if (!isOlder(stdout, OLDEST_FOR_IMPORT)) return;
  throw new UserError(
    `pulumi ${stdout.trim()} cannot import people: ${OLDEST_FOR_IMPORT.join(".")} or later is needed. ` +
      "See https://www.pulumi.com/docs/install/.",
  );
}

/**
 * The steps of a preview of the program in this folder, with what it leaves as it is.
 *
 * @param stack `--stack` and its name, or nothing for the selected one.
 * @throws UserError with the preview's own errors.
 */
export async function previewSteps(stack: readonly string[]): Promise<PreviewStep[]> {
  const args = ["preview", "--json", "--show-sames", "--non-interactive", ...stack];
  const { stdout, code } = await runPulumi(args, "read");
  const reading = parsePreview(stdout);
  // An output that is no preview is not explained: pulumi's own message is on the terminal by then.
  const preview = "preview" in reading ? reading.preview : undefined;
  if (code === 0 && preview) return preview.steps;
  const errors = preview ? diagnosticsIn(preview, "error").map(({ message }) => message) : [];
  throw new UserError(["`pulumi preview` failed.", ...new Set(errors)].join("\n"));
}

/**
 * Runs a command of Pulumi's CLI and waits for its end, also after Ctrl-C, which the CLI gets as well.
 *
 * @param output "read": returns stdout; "show": stdout goes to the terminal, as a message; "probe": returns stdout and
 * drops stderr.
 * @throws UserError if there is no `pulumi` on PATH.
 */
export async function runPulumi(
  args: readonly string[],
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
    const [status, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals];
    if (interrupted) throw new CommandError("interrupted.", EXIT.interrupted);
    return { stdout, code: status ?? 128 + constants.signals[signal] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const message = "there is no `pulumi` on PATH: see https://www.pulumi.com/docs/install/.";
    throw new UserError(message, { cause: error });
  } finally {
    process.off("SIGINT", wait);
  }
}
