import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");
const CACHE = join(ROOT, "node_modules/.cache");
const [BIN, PYTHON] = process.platform === "win32" ? ["Scripts", "python"] : ["bin", "python3"];

/**
 * A virtual environment with Pulumi's SDK for Python, of the version that Node's has here: the directory for
 * PATH. It is made once, with the `python3` of this machine and from PyPI.
 */
export function pythonWithSdk(): string {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const sdk = `pulumi==${devDependencies["@pulumi/pulumi"]}`;
  const place = join(CACHE, `python-${sdk}`);
  if (!existsSync(place)) makeEnvironment(place, sdk);
  return join(place, BIN);
}

/** Made beside its place and then moved there, so that another run never sees a half of it. */
function makeEnvironment(place: string, sdk: string): void {
  mkdirSync(CACHE, { recursive: true });
  const staging = mkdtempSync(join(CACHE, "python-"));
  try {
    execFileSync(PYTHON, ["-m", "venv", staging]);
    const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", sdk];
    execFileSync(join(staging, BIN, PYTHON), pip);
    renameSync(staging, place);
  } catch (error) {
    // Another run has been quicker.
    if (!existsSync(place)) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
