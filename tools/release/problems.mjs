// What of a release that has been made is not as it should be.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { list } from "tar";
import { repository } from "../repository.mjs";
import { assetProblems } from "./asset-names.mjs";
import { packageFileProblems } from "./package-files.mjs";
import { metadataProblems } from "./schema-metadata.mjs";
import { versionProblems } from "./versions.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");

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
    ...(tarball
      ? packageFileProblems(filesIn(path.join(assets, tarball)), text("tools/release/package-files.txt"))
      : []),
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

function filesIn(tarball) {
  const files = [];
  list({ file: tarball, sync: true, onReadEntry: (entry) => files.push(entry.path.replace("package/", "")) });
  return files;
}

const text = (file) => readFileSync(path.join(ROOT, file), "utf8");
