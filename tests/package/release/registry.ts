import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { run } from "../tools";
import { type Service, startService } from "./place";

const CACHE = resolve(__dirname, "../../../node_modules/.cache");

/** The newest for Node 20. */
const VERSION = "6.8.0";

/** One copy of node-fetch is enough, and a release of the 2 that every registry has. */
const MANIFEST = {
  private: true,
  dependencies: { verdaccio: VERSION },
  overrides: { "node-fetch": "2.7.0" },
};

/** The folder in which `require("verdaccio")` works: installed once, from the registry that npm is configured with. */
async function verdaccio(): Promise<string> {
  const place = join(CACHE, `verdaccio-${VERSION}`);
  if (existsSync(place)) return place;
  await mkdir(CACHE, { recursive: true });
  const staging = await mkdtemp(join(CACHE, "verdaccio-"));
  try {
    await writeFile(join(staging, "package.json"), JSON.stringify(MANIFEST));
    await run("npm", ["install", "--no-audit", "--no-fund"], { cwd: staging });
    await rename(staging, place);
  } catch (error) {
    // Another run has been quicker.
    if (!existsSync(place)) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return place;
}

/** Listens on a port that the system chooses, and says which. */
const SERVE = `require("verdaccio").runServer(JSON.parse(process.env.REGISTRY)).then((app) =>
  app.listen(0, "127.0.0.1", function () { console.log("port " + this.address().port); }));`;

/**
 * A registry on loopback that is empty at first. Whatever is not ours comes from the registry that npm is configured
 * with on this machine; ours can come from nowhere else.
 */
export class Registry {
  private constructor(
    private readonly service: Service,
    private readonly host: string,
    private readonly folder: string,
  ) {}

  /** @param folder for what it stores, and for the caches of those who ask it. */
  static async open(folder: string): Promise<Registry> {
    const cwd = await verdaccio();
    const url = (await run("npm", ["config", "get", "registry"], { cwd: folder })).trim();
    const config = {
      self_path: folder,
      storage: join(folder, "storage"),
      uplinks: { configured: { url, timeout: "2m" } },
      packages: {
        "pulumi-headshotpro": { access: "$all", publish: "$all" },
        "**": { access: "$all", proxy: "configured" },
      },
      log: { type: "stderr", level: "error" },
    };
    const service = startService(process.execPath, ["-e", SERVE], {
      cwd,
      env: { REGISTRY: JSON.stringify(config) },
    });
    return new Registry(service, `127.0.0.1:${await service.printed(/port (\d+)/)}`, folder);
  }

  /** What makes the package managers ask it, and it alone. */
  get env(): Record<string, string> {
    const url = `http://${this.host}/`;
    return {
      npm_config_registry: url,
      YARN_REGISTRY: url,
      npm_config_cache: join(this.folder, "npm-cache"),
      npm_config_store_dir: join(this.folder, "pnpm-store"),
    };
  }

  /** Publishes a tarball as the workflow does. Provenance needs the workflow's identity. */
  async publish(tarball: string): Promise<void> {
    // npm sends nothing without a token; who has it does not matter here.
    const env = { ...this.env, [`npm_config_//${this.host}/:_authToken`]: "nobody" };
    await run("npm", ["publish", tarball, "--provenance=false"], { cwd: this.folder, env });
  }

  close(): void {
    this.service.stop();
  }
}
