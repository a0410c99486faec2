import { randomUUID } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Emulator, type RequestRecord, startEmulator } from "headshotpro-emulator";
import { type Engine, ensureEngine } from "pulumi-engine";
import { type Ended, runPulumi, withoutUserSettings } from "./pulumi";

const ROOT = resolve(__dirname, "..");
const STACK = "demo";

/** What one command did: how it ended, and what came to pass at the API. */
export interface Outcome extends Ended {
  requests: readonly RequestRecord[];
  /** To whom e-mails were sent. */
  emails: string[];
}

/**
 * The top-level Pulumi project with an emulator in place of the API. State, PULUMI_HOME and the stack's
 * configuration are in a temporary folder, so that nothing is left in the repository or in the user's home.
 */
export class Stage {
  private engine!: Engine;
  private settings = "";
  private readonly passphrase = randomUUID();

  private constructor(
    readonly directory: string,
    readonly emulator: Emulator,
    private readonly signal: AbortSignal,
  ) {}

  static async open(signal: AbortSignal): Promise<Stage> {
    const emulator = await startEmulator();
    const directory = await mkdtemp(join(tmpdir(), "headshotpro-demo-")).catch(async (error) => {
      await emulator.close();
      throw error;
    });
    const stage = new Stage(directory, emulator, signal);
    try {
      await stage.createStack();
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  /** Writes the stack's configuration, as its user would in an editor. */
  async setPeople(people: string[]): Promise<void> {
    const config = ["config:", "  headshotpro-demo:people:", ...people.map((email) => `    - ${email}`)];
    await writeFile(this.configFile, `${this.settings}${config.join("\n")}\n`);
  }

  /** Runs a command of the CLI on the stack. */
  async run(command: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const requestsBefore = this.emulator.requests.length;
    const emailsBefore = this.emulator.outbox.length;
    const ended = await this.pulumi(
      [...command, "--stack", STACK, "--config-file", this.configFile],
      ROOT,
      env,
    );
    return {
      ...ended,
      requests: this.emulator.requests.slice(requestsBefore),
      emails: this.emulator.outbox.slice(emailsBefore).map(({ to }) => to),
    };
  }

  /** Everybody who was ever invited, and how far each is, as the emulator knows it. */
  people(): Record<string, string> {
    return Object.fromEntries(this.emulator.invites().map(({ email, status }) => [email, status]));
  }

  /** Everybody in the stack's state, and how far each is, as Pulumi knows it. */
  async state(): Promise<Record<string, string>> {
    const { code, printed } = await this.pulumi(["stack", "export", "--stack", STACK], ROOT);
    if (code !== 0) throw new Error(`pulumi stack export ended ${code}:\n${printed}`);
    const resources: { id: string; type: string; outputs: { status: string } }[] =
      JSON.parse(printed).deployment.resources ?? [];
    const invites = resources.filter(({ type }) => type.endsWith(":HeadshotInvite"));
    return Object.fromEntries(invites.map(({ id, outputs }) => [id, outputs.status]));
  }

  async close(): Promise<void> {
    await this.emulator.close();
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  private get configFile(): string {
    return join(this.directory, `Pulumi.${STACK}.yaml`);
  }

  // `stack init` takes no --config-file: it puts one beside Pulumi.yaml. So it runs on a copy of that.
  private async createStack(): Promise<void> {
    this.engine = await ensureEngine();
    for (const folder of ["state", "tmp"]) await mkdir(join(this.directory, folder));
    await copyFile(join(ROOT, "Pulumi.yaml"), join(this.directory, "Pulumi.yaml"));
    const { code, printed } = await this.pulumi(["stack", "init", STACK], this.directory);
    if (code !== 0) throw new Error(`pulumi stack init ended ${code}:\n${printed}`);
    this.settings = await readFile(this.configFile, "utf8");
  }

  private pulumi(args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const temporary = join(this.directory, "tmp");
    const own = {
      // An engine that is interrupted, and the caches of its plugins, leave files behind: here, they go, too.
      TMPDIR: temporary,
      TMP: temporary,
      TEMP: temporary,
      PULUMI_HOME: join(this.directory, "home"),
      PULUMI_BACKEND_URL: `file://${join(this.directory, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: this.passphrase,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      HEADSHOTPRO_BASE_URL: this.emulator.url,
      HEADSHOTPRO_API_KEY: this.emulator.apiKey,
    };
    const environment = { ...withoutUserSettings(process.env), ...own, ...env };
    return runPulumi(this.engine, args, { cwd, env: environment, signal: this.signal });
  }
}
