// The names under which Pulumi's CLI, npm and the Registry look for what a release puts out. Said here once more, and
// not taken from what makes the files: a name that changes by mistake has to differ from something.
const PLATFORMS = ["darwin", "linux", "windows"].flatMap((os) =>
  ["amd64", "arm64"].map((arch) => `${os}-${arch}`),
);

/**
 * What is missing among the assets of a release, and what has no place there, a line each.
 *
 * @param names the files' names.
 * @example assetProblems(["pulumi-headshotpro-1.2.3.tgz"], "1.2.3")[0]; // "SHA256SUMS is missing"
 */
export function assetProblems(names, version) {
  const wanted = [
    "SHA256SUMS",
    `pulumi-headshotpro-${version}.tgz`,
    ...PLATFORMS.map((platform) => `pulumi-resource-headshotpro-v${version}-${platform}.tar.gz`),
    "sbom.spdx.json",
  ];
  return [
    ...wanted.filter((name) => !names.includes(name)).map((name) => `${name} is missing`),
    ...names.filter((name) => !wanted.includes(name)).map((name) => `${name} has no place in a release`),
  ];
}
