// What a release has to be: a rule for each of its parts, and all of them for a release that has been made.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { list } from "tar";
import { repository } from "./repository.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");

// The names under which Pulumi's CLI, npm and the Registry look for what a release puts out. Written here once more, and
// not taken from what makes the files: a name that changes by mistake has to differ from something.
const PLATFORMS = ["darwin", "linux", "windows"].flatMap((os) =>
  ["amd64", "arm64"].map((arch) => `${os}-${arch}`),
);

const isText = (value) => /\S/.test(value ?? "");
const isAddress = (value) => /^https:\/\/\S+$/.test(value ?? "");
/** What the CLI and the Registry read of a schema beside its resources, and what it has to be. */
const METADATA = {
  name: (value) => value === "headshotpro",
  displayName: isText,
  description: isText,
  publisher: isText,
  license: isText,
  homepage: isAddress,
  logoUrl: isAddress,
  repository: (value, slug) => value === `https://github.com/${slug}`,
  // Where the CLI looks for the plugin's archives.
  pluginDownloadURL: (value, slug) => value === `github://api.github.com/${slug}`,
};
const KEYWORDS = ["kind/native", "category/utility"];
const LANGUAGES = ["csharp", "go", "java", "nodejs", "python"];

/**
 * Reads the assets and what the repository says of them; a line for each problem.
 *
 * @param assets the folder of the assets.
 */
export function releaseProblems(assets, version) {
  const names = readdirSync(assets);
  const tarball = names.find((name) => name.endsWith(".tgz"));
  return [
    ...assetProblems(names, version),
    ...(tarball ? packageFileProblems(filesIn(path.join(assets, tarball)), packageFiles()) : []),
    ...metadataProblems(JSON.parse(text("provider/src/plugin/schema.json")), repository().slug),
    ...versionProblems(version, {
      "package-lock.json": JSON.parse(text("package-lock.json")).packages.provider.version,
      "the SDK for Python": /^\s*version = "(.*)"$/m.exec(
        text("examples/python/sdks/headshotpro/pyproject.toml"),
      )?.[1],
      "the SDK for Go": JSON.parse(text("examples/go/sdks/headshotpro/headshotpro/pulumi-plugin.json"))
        .version,
    }),
  ];
}

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

/**
 * Where the npm package's files differ from what belongs there, a line each.
 *
 * @param files as they stand in the package: "dist/index.js".
 * @param wanted as {@link packageFiles} lists them.
 * @example packageFileProblems(["README.md", ".env"], ["README.md"]); // [".env has no place in the package"]
 */
export function packageFileProblems(files, wanted) {
  return [
    ...files.filter((file) => !wanted.includes(file)).map((file) => `${file} has no place in the package`),
    ...wanted.filter((file) => !files.includes(file)).map((file) => `${file} is not in the package`),
  ];
}

/** What belongs into the npm package: what is compiled of today's sources, with its types, and what is written by hand. */
export function packageFiles() {
  const modules = filesBelow("provider/src").filter((name) => name.endsWith(".ts"));
  // The plugin is one file that needs nothing else.
  const published = modules.filter((name) => !name.startsWith("plugin/") || name === "plugin/main.ts");
  return [
    ...["LICENSE", "README.md", "SKILL.md", "package.json"],
    ...filesBelow("provider/bin").map((name) => `bin/${name}`),
    ...published.flatMap((name) => [".js", ".d.ts"].map((end) => `dist/${name.replace(/\.ts$/, end)}`)),
    // The emulator is only run.
    ...filesBelow("emulator/src").map((name) => `dist/emulator/dist/${name.replace(/\.ts$/, ".js")}`),
    ...filesBelow("emulator/page")
      .filter((name) => name !== "tsconfig.json")
      .map((name) => `dist/emulator/page/${name}`),
  ];
}

/**
 * What is wrong with a schema's metadata, a line each.
 *
 * @param schema as the plugin prints it, or as its file has it.
 * @param slug where the project lives: "OWNER/REPOSITORY".
 * @example metadataProblems({ ...schema, publisher: "" }, "acme/pulumi-headshotpro"); // ['the schema\'s publisher is ""']
 */
export function metadataProblems(schema, slug) {
  return [
    ...Object.entries(METADATA)
      .filter(([field, isRight]) => !isRight(schema[field], slug))
      .map(([field]) => `the schema's ${field} is ${JSON.stringify(schema[field])}`),
    ...KEYWORDS.filter((word) => !schema.keywords?.includes(word)).map(
      (word) => `the schema's keywords lack ${word}`,
    ),
    ...LANGUAGES.filter((name) => !schema.language?.[name]).map(
      (name) => `the schema says nothing of ${name}`,
    ),
  ];
}

/**
 * Which places have another version than provider/package.json, where it is written once, a line each.
 *
 * @param versions the version by the place that has it; undefined if it has none.
 * @example versionProblems("1.2.3", { "the plugin's schema": "1.2.2" });
 * // ["the plugin's schema has 1.2.2, and provider/package.json has 1.2.3"]
 */
export function versionProblems(version, versions) {
  return Object.entries(versions)
    .filter(([, other]) => other !== version)
    .map(
      ([place, other]) => `${place} has ${other ?? "no version"}, and provider/package.json has ${version}`,
    );
}

function filesIn(tarball) {
  const files = [];
  list({ file: tarball, sync: true, onReadEntry: (entry) => files.push(entry.path.replace("package/", "")) });
  return files;
}

function filesBelow(folder) {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(path.relative(ROOT, entry.parentPath), entry.name)))
    .map((name) => name.replaceAll(path.sep, "/"));
}

const text = (file) => readFileSync(path.join(ROOT, file), "utf8");
