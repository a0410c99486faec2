/**
 * Where the npm package's files differ from the reviewed list, a line each.
 *
 * @param files as they stand in the package: "dist/index.js".
 * @param reviewed the text of package-files.txt: a file a line.
 * @example packageFileProblems(["README.md", ".env"], "README.md\n"); // [".env is in the package and not in the list"]
 */
export function packageFileProblems(files, reviewed) {
  const listed = reviewed.split("\n").filter((line) => line !== "");
  return [
    ...files
      .filter((file) => !listed.includes(file))
      .map((file) => `${file} is in the package and not in the list`),
    ...listed
      .filter((file) => !files.includes(file))
      .map((file) => `${file} is in the list and not in the package`),
  ];
}
