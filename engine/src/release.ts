/** An archive of the CLI, as Pulumi publishes it for one platform. */
export interface Archive {
  readonly name: string;
  /** How many directories lie above the programs in it. */
  readonly depth: number;
}

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "darwin",
  linux: "linux",
  win32: "windows",
};

/**
 * The archive of a version for a platform.
 *
 * @throws Error if nothing is published for it.
 * @example
 * ```ts
 * archiveOf("3.257.0", "linux", "x64").name; // pulumi-v3.257.0-linux-x64.tar.gz
 * ```
 */
export function archiveOf(version: string, platform: NodeJS.Platform, arch: NodeJS.Architecture): Archive {
  const system = SYSTEMS[platform];
  if (system === undefined || !["x64", "arm64"].includes(arch)) {
    throw new Error(`Pulumi publishes no CLI for ${platform} on ${arch}`);
  }
  const stem = `pulumi-v${version}-${system}-${arch}`;
  return platform === "win32" ? { name: `${stem}.zip`, depth: 2 } : { name: `${stem}.tar.gz`, depth: 1 };
}

/** The file with the SHA-256 of every archive of a version. */
export function checksumsOf(version: string): string {
  return `pulumi-${version}-checksums.txt`;
}

/**
 * The SHA-256 that a checksums file has for an archive: lines of `sha256sum`, with a star before the name of a
 * file read as binary.
 *
 * @throws Error if it has none, or more than one.
 */
export function digestIn(checksums: string, archive: string): string {
  const digests = checksums.split(/\r?\n/).flatMap((line) => {
    const [, digest, name] = /^([0-9a-f]{64}) [ *](\S+)$/i.exec(line.trim()) ?? [];
    return digest !== undefined && name === archive ? [digest.toLowerCase()] : [];
  });
  const [digest, ...others] = new Set(digests);
  if (digest === undefined) throw new Error(`the published checksums have none for ${archive}`);
  if (others.length > 0) throw new Error(`the published checksums have several for ${archive}`);
  return digest;
}
