import { join, resolve } from "node:path";
import { Place } from "./place";
import type { SdkTrial } from "./sdk-trial";

const ROOT = resolve(__dirname, "../../..");

/** Installs the plugin from its archives, and checks the schema that it tells the CLI; says what was done. */
export async function checkToldSchema({ folder, engine, version, plugins }: SdkTrial): Promise<string> {
  const { metadataProblems, versionProblems } = await import(join(ROOT, "tools/release-rules.mjs"));
  const { repository } = await import(join(ROOT, "tools/repository.mjs"));
  const place = await Place.make(
    join(folder, "plugin"),
    engine,
    { "Pulumi.yaml": "name: people\nruntime: yaml\n" },
    {},
  );
  await place.type(`pulumi plugin install resource headshotpro ${version} --server ${plugins.url}`);
  const schema = JSON.parse(await place.type(`pulumi package get-schema headshotpro@${version}`));
  const problems = [
    ...metadataProblems(schema, repository().slug),
    ...versionProblems(version, { "the plugin's schema": schema.version }),
  ];
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return "✔ the plugin, from its archive, tells the schema of this version";
}
