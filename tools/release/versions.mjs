/**
 * Which places say another version than provider/package.json, where it is said once, a line each.
 *
 * @param said the version by the place that says it; undefined if it says none.
 * @example versionProblems("1.2.3", { "the plugin's schema": "1.2.2" });
 * // ["the plugin's schema has 1.2.2, and provider/package.json has 1.2.3"]
 */
export function versionProblems(version, said) {
  return Object.entries(said)
    .filter(([, other]) => other !== version)
    .map(
      ([place, other]) => `${place} has ${other ?? "no version"}, and provider/package.json has ${version}`,
    );
}
