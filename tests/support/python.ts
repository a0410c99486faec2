import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");
const CACHE = join(ROOT, "node_modules/.cache");
const OURS = join(ROOT, "examples/python/sdks/headshotpro");
const [BIN, PYTHON] = process.platform === "win32" ? ["Scripts", "python"] : ["bin", "python3"];
const QUIETLY = ["--quiet", "--no-input", "--disable-pip-version-check"];

/**
 * A virtual environment with Pulumi's SDK for Python, of the version that Node's has here, and with ours: the
 * directory for PATH. It is made once, with the `python3` of this machine and from PyPI.
 */
export function pythonWithSdks(): string {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const pulumi = `pulumi==${devDependencies["@pulumi/pulumi"]}`;
  const place = join(CACHE, `python-${pulumi}-${digestOf(OURS)}`);
  if (!existsSync(place)) makeEnvironment(place, pulumi);
  return join(place, BIN);
}

/** Tells one version of a folder from another. */
function digestOf(folder: string): string {
  const hash = createHash("sha256");
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)));
  return hash.digest("hex").slice(0, 12);
}

/** Made beside its place and then moved there, so that another run never sees a half of it. */
function makeEnvironment(place: string, pulumi: string): void {
  mkdirSync(CACHE, { recursive: true });
  const staging = mkdtempSync(join(CACHE, "python-"));
  const python = join(staging, BIN, PYTHON);
  try {
    execFileSync(PYTHON, ["-m", "venv", staging]);
    // pip builds a package in its own folder, and leaves there what it has built.
    const ours = join(staging, "headshotpro");
    cpSync(OURS, ours, { recursive: true });
    execFileSync(python, ["-m", "pip", "install", ...QUIETLY, pulumi, ours]);
    renameSync(staging, place);
  } catch (error) {
    // Another run has been quicker.
    if (!existsSync(place)) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
