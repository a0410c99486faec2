import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import type { Engine } from "pulumi-engine";
import { environment } from "../stack";
import { type CommandOptions, run } from "../tools";

/** A command that runs until it is stopped. */
export interface Service {
  /** Waits until this is printed, and returns its first group. */
  printed(pattern: RegExp): Promise<string>;
  stop(): void;
}

function startService(file: string, args: string[], { cwd, env }: CommandOptions): Service {
  // A group of its own: npx starts the command that is meant.
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, detached: true });
  let text = "";
  const stop = () => {
    process.off("exit", stop);
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  };
  process.once("exit", stop);
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (text += data));
  return {
    stop,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text);
          if (match) resolve(match[1] ?? "");
        };
        for (const stream of [child.stdout, child.stderr]) stream.on("data", look);
        child.on("error", reject);
        child.on("close", () => reject(new Error(`${file} ended before it printed ${pattern}:\n${text}`)));
        look();
      }),
  };
}

/** An empty folder with a stack, in which somebody follows instructions by typing them into a shell. */
export class Place {
  private constructor(
    readonly project: string,
    /** What the shell has in its environment. */
    readonly env: Record<string, string>,
  ) {}

  /**
   * @param folder for the project, the state and the CLI's own folder.
   * @param files the project's, by name, `Pulumi.yaml` among them.
   */
  static async make(
    folder: string,
    engine: Engine,
    files: Record<string, string>,
    env: Record<string, string>,
  ): Promise<Place> {
    const project = join(folder, "project");
    for (const name of [project, join(folder, "state")]) await mkdir(name, { recursive: true });
    // Nobody is asked who runs `up` without a terminal.
    const place = new Place(project, {
      ...environment(folder, engine),
      PULUMI_SKIP_CONFIRMATIONS: "true",
      ...env,
    });
    await place.write(files);
    await place.type("pulumi stack init test");
    return place;
  }

  async write(files: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const file = join(this.project, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }

  /**
   * Runs a line as it stands and returns what it printed on stdout.
   *
   * @throws Error with the line and everything that it printed, if it does not end 0.
   */
  type(line: string): Promise<string> {
    return run("sh", ["-c", line], { cwd: this.project, env: this.env });
  }
}

/** The emulator that the installed package brings, as its command says where it is. */
export class InstalledEmulator {
  private constructor(
    private readonly service: Service,
    /** With the path of the API, as HEADSHOTPRO_BASE_URL has it. */
    readonly url: string,
  ) {}

  /** @param line the command that starts it, as the README has it. Its port is left to the system. */
  static async start(line: string, cwd: string, env: Record<string, string>): Promise<InstalledEmulator> {
    const service = startService("sh", ["-c", `${line} --port 0`], { cwd, env });
    return new InstalledEmulator(service, await service.printed(/export HEADSHOTPRO_BASE_URL=(\S+)/));
  }

  /** Whom it has sent e-mails, in order. */
  async emails(): Promise<string[]> {
    const reply = await fetch(new URL("/_emulator/outbox", this.url));
    const outbox = (await reply.json()) as { to: string }[];
    return outbox.map(({ to }) => to);
  }

  close(): void {
    this.service.stop();
  }
}

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

/** What an index on this machine and an upload to it need. */
const PYTHON_TOOLS = ["pypiserver==2.4.2", "twine==7.0.0"];

/** An index of Python packages on loopback, empty at first. Whatever is not ours comes from the one that pip is configured with. */
export class PythonIndex {
  private constructor(
    private readonly service: Service,
    private readonly host: string,
    private readonly folder: string,
  ) {}

  /** @param folder for what it stores, and for its tools. */
  static async open(folder: string): Promise<PythonIndex> {
    await mkdir(join(folder, "packages"), { recursive: true });
    const python = (...args: string[]) => run("python3", args, { cwd: folder });
    await python("-m", "venv", "tools");
    const pip = (...args: string[]) => run(join(folder, "tools/bin/pip"), args, { cwd: folder });
    await pip("install", "--quiet", "--disable-pip-version-check", ...PYTHON_TOOLS);
    const { PIP_INDEX_URL } = process.env;
    const configured =
      PIP_INDEX_URL ??
      (await pip("config", "get", "global.index-url").catch(() => "https://pypi.org/simple/"));
    const port = await freePort();
    const service = startService(
      join(folder, "tools/bin/pypi-server"),
      [
        ...[
          "run",
          "-vv",
          "--interface",
          "127.0.0.1",
          "--port",
          `${port}`,
          "--fallback-url",
          configured.trim(),
        ],
        // Whoever can reach it may upload.
        ...["--authenticate", ".", "--passwords", ".", "packages"],
      ],
      { cwd: folder },
    );
    await service.printed(/Listening on/);
    return new PythonIndex(service, `127.0.0.1:${port}`, folder);
  }

  /** Where pip finds packages. */
  get url(): string {
    return `http://${this.host}/simple/`;
  }

  /** Uploads a wheel, with the checks of what PyPI refuses. Trusted publishing needs the workflow's identity. */
  async upload(wheel: string): Promise<void> {
    const twine = (...args: string[]) =>
      run(join(this.folder, "tools/bin/twine"), args, { cwd: this.folder });
    await twine("check", "--strict", wheel);
    const anybody = ["--username", "nobody", "--password", "none", "--non-interactive"];
    await twine("upload", ...anybody, "--repository-url", `http://${this.host}/`, wheel);
  }

  close(): void {
    this.service.stop();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
