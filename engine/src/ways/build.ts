import { chmod, copyFile, link } from "node:fs/promises";
import path from "node:path";
import { directoryOf, type GoBuilder, goBuild, goEnvironment } from "../go-build";
import { findGo, type GoToolchain } from "../go-toolchain";
import type { ReadyFile } from "../recipe";
import { make } from "../store";
import type { Context, Programs, Way } from "./context";

/** Built here from Go modules, for machines that reach a module proxy but not Pulumi's own host. */
export const buildWay: Way = {
  name: "build",
  slow: true,
  take: (context: Context): Promise<Programs> =>
    make(context, "build", async (bin, scratch) => {
      const { recipe, report, heartbeatMs } = context;
      const goEnv = goEnvironment(context.env);
      const toolchain = await findGo(recipe.minimumGo, scratch, goEnv, report);
      announce(toolchain, context);
      const builder = { toolchain, env: withCaches(goEnv, toolchain, scratch), report, heartbeatMs };
      for (const target of recipe.targets) await goBuild(target, bin, builder);
      for (const file of recipe.ready) await put(file, bin, context, builder);
    }),
};

async function put(
  { name, file, goModule, how }: ReadyFile,
  bin: string,
  { recipe }: Context,
  builder: GoBuilder,
): Promise<void> {
  const place = path.join(bin, name);
  const above = goModule === undefined ? "" : await directoryOf(goModule, recipe.targets[0], builder);
  if (how === "link") return link(file, place);
  await copyFile(path.join(above, file), place);
  await chmod(place, 0o755);
}

function announce({ version, borrowed }: GoToolchain, { recipe, report }: Context): void {
  const { name, what, cost } = recipe;
  const { during, inGoCaches, left } = cost.disk;
  report(`Building ${name} with Go ${version}. If nothing is cached yet, this takes about`);
  report(`${cost.time} on 2 cores, and ${during} of disk until it is done.`);
  if (borrowed) report(`Only the ${what} itself is left behind (${left}).`);
  else
    report(`Go keeps ${inGoCaches} of it for later builds; \`go clean -modcache -cache\` gives them back.`);
}

function withCaches(env: NodeJS.ProcessEnv, { borrowed }: GoToolchain, scratch: string): NodeJS.ProcessEnv {
  const own = borrowed
    ? { GOMODCACHE: path.join(scratch, "modules"), GOCACHE: path.join(scratch, "objects") }
    : {};
  // Caches that the caller has named are used even then.
  return { ...own, ...env, GOTMPDIR: scratch };
}
