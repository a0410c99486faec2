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
import { delimiter, join, resolve } from "node:path";
import { type Engine, ensureEngine, ensureLanguageHost, type Language } from "pulumi-engine";
import { devDependencies } from "../../package.json";

const ROOT = resolve(__dirname, "../..");
const CACHE = join(ROOT, "node_modules/.cache");
const OURS = join(ROOT, "examples/python/sdks/headshotpro");
const [BIN, PYTHON] = process.platform === "win32" ? ["Scripts", "python"] : ["bin", "python3"];

/**
 * The directory for PATH of a virtual environment with Pulumi's SDK for Python, of the version that Node's has here, and
 * with ours. It is made once, with the `python3` of this machine and from PyPI; beside its place and then moved there,
 * so that another run never sees a half of it.
 */
function pythonWithSdks(): string {
  const pulumi = `pulumi==${devDependencies["@pulumi/pulumi"]}`;
  const place = join(CACHE, `python-${pulumi}-${digestOf(OURS)}`);
  if (existsSync(place)) return join(place, BIN);
  mkdirSync(CACHE, { recursive: true });
  const staging = mkdtempSync(join(CACHE, "python-"));
  try {
    execFileSync(PYTHON, ["-m", "venv", staging]);
    // pip builds a package in its own folder, and leaves there what it has built.
    const ours = join(staging, "headshotpro");
    cpSync(OURS, ours, { recursive: true });
    const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"];
    execFileSync(join(staging, BIN, PYTHON), [...pip, pulumi, ours]);
    renameSync(staging, place);
  } catch (error) {
    // Another run has been quicker.
    if (!existsSync(place)) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return join(place, BIN);
}

/** Tells one version of a folder from another. */
function digestOf(folder: string): string {
  const hash = createHash("sha256");
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)));
  return hash.digest("hex").slice(0, 12);
}

let engine: Promise<Engine> | undefined;

/**
 * The engine on this machine, with the host for a language besides Node's. A machine without one fails the
 * tests: they are never skipped.
 */
export async function testEngine(host?: Language): Promise<Engine> {
  engine ??= ensureEngine();
  if (host === undefined) return engine;
  const withHost = await ensureLanguageHost(await engine, host);
  if (host !== "python") return withHost;
  return { ...withHost, path: [pythonWithSdks(), withHost.path].join(delimiter) };
}

/** What serves a program's resources: the SDK's process, or the plugin. */
const PROVIDER = /cmd\/dynamic-provider|plugin\/main\.js/;

/** The pids of the provider processes that a stack's commands started and that are still alive. */
export function providersOf(stackDirectory: string): number[] {
  return commandsAndEnvironments()
    .filter(({ text }) => PROVIDER.test(text) && text.includes(stackDirectory))
    .map(({ pid }) => pid);
}

function commandsAndEnvironments(): { pid: number; text: string }[] {
  if (!existsSync("/proc/self/environ")) {
    const lines = execFileSync("ps", ["axeww", "-o", "pid=,command="], { encoding: "utf8" }).split("\n");
    return lines.map((text) => ({ pid: Number.parseInt(text, 10), text }));
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), text: read(`/proc/${pid}/cmdline`) + read(`/proc/${pid}/environ`) }));
}

/** Empty if the process ended while we looked. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
