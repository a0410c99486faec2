import { delimiter } from "node:path";
import { type Engine, ensureEngine, ensureLanguageHost, type Language } from "pulumi-engine";
import { pythonWithSdks } from "./python";

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
