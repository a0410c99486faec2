#!/usr/bin/env node
// From a bare clone to a working one; quick if everything is there already. Runs before anything is
// installed, so it uses nothing but Node itself.
//
//   node tools/setup.mjs               dependencies, compiled code and a Pulumi engine
//   node tools/setup.mjs --no-engine   the same without the engine
//   node tools/setup.mjs --hosts yaml  the same, and the engine's hosts for these languages
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const OLDEST_NODE = [20, 19];
const UNFINISHED = "unfinished";

try {
  checkNode();
  oneAtATime(() => {
    installDependencies();
    compile();
  });
  if (!process.argv.includes("--no-engine")) await findEngine();
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Error(`Node ${OLDEST_NODE.join(".")} or later is needed; this is ${process.versions.node}.`);
}

// Two commands of one clone may be started at once; npm and the compiler cannot. Whoever was killed leaves the file
// behind, with the number of a process that is no more.
function oneAtATime(work) {
  const running = path.join(ROOT, ".setup-running");
  for (let told = false; !claim(running); told = true) {
    if (!told) say("Another command sets this clone up; waiting for it ...");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    work();
  } finally {
    rmSync(running);
  }
}

function claim(running) {
  try {
    writeFileSync(running, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    // Empty: it is just being written.
    const owner = Number(textOf(running));
    if (owner && !isAlive(owner)) rmSync(running, { force: true });
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

// The stamp says which lock file is installed, or that npm was cut off: npm itself would take such a
// directory for a whole one. `npm ci` is not used: it refuses a lock file that lacks the binaries of other
// platforms, which is what a registry mirror with one platform's binaries gives. `npm install --no-save`
// installs the same locked versions and leaves the lock file alone.
function installDependencies() {
  const modules = path.join(ROOT, "node_modules");
  const stamp = path.join(modules, ".setup-lock-hash");
  const lock = readFileSync(path.join(ROOT, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  const installed = textOf(stamp);
  if (installed === wanted) return;
  say("Installing dependencies (npm install) ...");
  if (installed === UNFINISHED) rmSync(modules, { recursive: true, force: true });
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, UNFINISHED);
  const shell = process.platform === "win32"; // npm is a batch file there
  const flags = ["install", "--no-save", "--no-audit", "--no-fund"];
  run("npm", flags, "Installing dependencies failed; npm's own message is above.", { shell });
  writeFileSync(stamp, wanted);
}

function compile() {
  const tsc = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
  run(process.execPath, [tsc, "--build"], "Compiling failed; the compiler's messages are above.");
}

async function findEngine() {
  const { ensureEngine, ensureLanguageHost } = createRequire(import.meta.url)(path.join(ROOT, "engine"));
  const engine = await ensureEngine({ report: say });
  say(`engine: pulumi ${engine.version} (${engine.source})`);
  for (const language of wantedHosts()) {
    await ensureLanguageHost(engine, language, { report: say });
    say(`engine: the language host for ${language}`);
  }
}

function wantedHosts() {
  const flag = process.argv.indexOf("--hosts");
  return flag === -1 ? [] : process.argv[flag + 1].split(",");
}

// stdout stays free for whatever comes after the setup: `npm run … | jq` must work on a bare clone, too.
function run(file, args, failure, options = {}) {
  const result = spawnSync(file, args, { cwd: ROOT, stdio: ["ignore", 2, 2], ...options });
  if (result.error) throw new Error(`${file} cannot be started (${result.error.code}).`);
  if (result.status !== 0) throw new Error(failure);
}

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
