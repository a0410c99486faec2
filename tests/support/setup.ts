import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import fc from "fast-check";

/**
 * Mocha loads this before any test: some of ours run in processes of their own as users have it, compiled, and have to
 * be what stands in the sources. It takes a quarter of a second if nothing has changed.
 */
if (process.env.MOCHA_WORKER_ID === undefined) {
  const compiler = require.resolve("typescript/bin/tsc");
  // It writes in spite of type errors, which `npm run check` refuses: a test can be run amid a change.
  spawnSync(process.execPath, [compiler, "--build"], {
    cwd: resolve(__dirname, "../.."),
    stdio: ["ignore", 2, 2],
  });
}

/**
 * The seed of every random property, so that each run tries the same cases; `FUZZ_SEED=...` tries others.
 */
export const SEED = Number(process.env.FUZZ_SEED || 20_261_014);

// Mocha loads this before any test, so that no property has to think of it.
fc.configureGlobal({ seed: SEED });
