/** The numbers that a version or a range begins with: 3.254 of `v3.254.1`, 20.19 of `>=20.19`. */
export type Release = readonly [major: number, minor: number];

/** @example releaseOf("^3.216.0"); // [3, 216] */
export function releaseOf(text: string): Release {
  const [, major, minor] = /(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return [Number(major ?? 0), Number(minor ?? 0)];
}

/** @example isOlder("v3.99.0", [3, 216]); // true */
export function isOlder(version: string, than: Release): boolean {
  const [major, minor] = releaseOf(version);
  return major < than[0] || (major === than[0] && minor < than[1]);
}
