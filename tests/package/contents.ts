/** What the package must bring along beside its code. */
const REQUIRED = ["README.md", "LICENSE", "package.json", "dist/emulator/page/index.html"];

/** What nobody needs who installs it, and why. */
const WASTE: readonly [pattern: RegExp, reason: string][] = [
  [/\.map$/, "a source map"],
  [/(^|[/.])(spec|tests?|fixtures)[/.]/, "a test"],
  [/(?<!\.d)\.[cm]?tsx?$/, "a TypeScript source"],
  [/\.tsbuildinfo$|(^|\/)\.[^/]+$/, "a tool's own file"],
];

/**
 * What is wrong with the list of files in the tarball, a line each.
 *
 * @param sources the modules under provider/src: `runtime/create` and so on.
 * @example contentProblems(["dist/old.d.ts", "README.md", "LICENSE", "package.json"], new Set());
 * // ["dist/old.d.ts has no source (any more)"]
 */
export function contentProblems(files: readonly string[], sources: ReadonlySet<string>): string[] {
  const missing = REQUIRED.filter((file) => !files.includes(file)).map((file) => `${file} is missing`);
  const waste = files.flatMap((file) =>
    WASTE.filter(([pattern]) => pattern.test(file)).map(([, reason]) => `${file} is ${reason}`),
  );
  // The emulator is another package's output, and only run.
  const compiled = files.filter((file) => file.startsWith("dist/") && !file.startsWith("dist/emulator/"));
  const orphans = compiled
    .filter((file) => !sources.has(file.slice("dist/".length).replace(/(\.d\.ts|\.js)$/, "")))
    .map((file) => `${file} has no source (any more)`);
  const untyped = compiled
    .filter((file) => file.endsWith(".js") && !files.includes(file.replace(/js$/, "d.ts")))
    .map((file) => `${file} has no types`);
  return [...missing, ...waste, ...orphans, ...untyped];
}
