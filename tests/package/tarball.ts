import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { run } from "./tools";

const PROVIDER = resolve(__dirname, "../../provider");

/** The provider as `npm publish` would send it. */
export interface Tarball {
  file: string;
  version: string;
  files: string[];
  /** What {@link digest} makes of the files. */
  digest: string;
}

/** Packs the provider, by its prepack, into a folder. */
export async function pack(folder: string): Promise<Tarball> {
  const args = ["pack", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(await run("npm", args, { cwd: PROVIDER }));
  const { filename, version } = packed;
  const files = packed.files.map((file: { path: string }) => file.path);
  const file = join(folder, filename);
  await run("tar", ["-xzf", file, "-C", folder], { cwd: folder });
  const sum = digest(join(folder, "package"), files);
  return { file, version, files, digest: sum };
}

/** Tells whether two copies of the package are the same. */
export function digest(folder: string, files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const name of files) hash.update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

/** What is wrong with a tarball, a line each. */
export async function problemsOf({ file, files, version }: Tarball, folder: string): Promise<string[]> {
  await mkdir(folder);
  // Without the SDK: every user has it anyway, and the command must not need it.
  await run("npm", ["install", "--prefix", folder, "--legacy-peer-deps", "--no-audit", "--no-fund", file], {
    cwd: folder,
  });
  const modules = join(folder, "node_modules");
  const ours = join(modules, "pulumi-headshotpro");
  const mapped = files.filter(
    (name) =>
      name.endsWith(".js") && readFileSync(join(ours, name), "utf8").includes("//# sourceMappingURL="),
  );
  const rules = await import(resolve(PROVIDER, "../tools/release-rules.mjs"));
  return [
    ...rules.packageFileProblems(files, rules.packageFiles()),
    ...mapped.map((name) => `${name} points to a source map`),
    ...(await commandProblems(join(modules, ".bin"), version)),
  ];
}

/** The installed command, as `npx pulumi-headshotpro` finds it. */
async function commandProblems(bin: string, version: string): Promise<string[]> {
  const trials: [args: string[], expected: string][] = [
    [["--version"], version],
    [["--help"], "Usage: pulumi-headshotpro"],
    [["emulator", "--help"], "--port"],
  ];
  const problems: string[] = [];
  for (const [args, expected] of trials) {
    const printed = await run(join(bin, "pulumi-headshotpro"), args, { cwd: bin }).catch(String);
    if (!printed.includes(expected))
      problems.push(`pulumi-headshotpro ${args.join(" ")} printed: ${printed}`);
  }
  return problems;
}

/** A folder of the plugin's archives on loopback, as `--server` takes it. */
export class PluginServer {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(folder: string): Promise<PluginServer> {
    const server = createServer(async ({ url = "" }, reply) => {
      const archive = await readFile(join(folder, url)).catch(() => undefined);
      if (archive) reply.end(archive);
      else reply.writeHead(404).end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    return new PluginServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  close(): void {
    this.server.close();
  }
}
