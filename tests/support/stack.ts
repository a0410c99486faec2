import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Emulator, RequestRecord } from "headshotpro-emulator";
import type { Engine, Language } from "pulumi-engine";
import { testEngine } from "./engine";
import { type Face, hostOf, installPlugin, type ProgramLanguage, projectFile, writeProgram } from "./program";

const ROOT = resolve(__dirname, "../..");
const LIGHT_SDK = `--require ${JSON.stringify(join(__dirname, "light-sdk.js"))}`;

/** What one command of the CLI did: how it ended, all that it printed, and what came to pass at the API. */
export interface Outcome {
  code: number;
  printed: string;
  /** `POST /organization/invites` and so on, in the order of arrival. */
  requests: string[];
  /** To whom e-mails were sent. */
  emails: string[];
}

export interface StackOptions {
  /** The program, as `writeProgram` takes it; or the folder of a Pulumi project to copy. */
  program?: string;
  project?: string;
  language?: ProgramLanguage;
  /** What serves the program's resources. */
  face?: Face;
  /** The host that a copied project needs beside Node's. */
  host?: Language;
  env?: Record<string, string | undefined>;
}

let newStack: Promise<TestStack> | undefined;

/** A stack of its own: project folder, state folder and PULUMI_HOME in a temporary place, on the real engine. */
export class TestStack {
  readonly name = "test";
  /** Whether the CLI knows that this is the stack to work on. */
  private isSelected = true;

  private constructor(
    readonly directory: string,
    readonly emulator: Emulator,
    private readonly engine: Engine,
    public env: Record<string, string | undefined>,
    private language: ProgramLanguage,
    private face: Face,
  ) {}

  /** @param isFirst whether it is made anew, and selected, instead of copied. */
  static async create(emulator: Emulator, options: StackOptions, isFirst = false): Promise<TestStack> {
    const { language = "typescript", face = "dynamic", project, program, env = {} } = options;
    const directory = await mkdtemp(join(tmpdir(), "headshotpro-stack-"));
    const engine = await testEngine(options.host ?? hostOf(language));
    const stack = new TestStack(directory, emulator, engine, env, language, face);
    await mkdir(join(directory, "state"));
    if (project) await cp(project, stack.project, { recursive: true });
    else await mkdir(stack.project);
    await linkModules(join(ROOT, "node_modules"), stack.project);
    if (!project) await stack.setFace(face);
    if (program !== undefined) await stack.setProgram(program);
    if (project || isFirst) await stack.must("stack", "init", stack.name);
    else await stack.copyNew();
    return stack;
  }

  /** A new stack looks the same each time, and making one takes the CLI a second: it is made once and copied. */
  private async copyNew(): Promise<void> {
    newStack ??= TestStack.create(this.emulator, { language: "javascript" }, true).then((stack) => {
      process.once("exit", () => rmSync(stack.directory, { recursive: true, force: true }));
      return stack;
    });
    const { project, directory } = await newStack;
    await cp(join(directory, "state"), join(this.directory, "state"), { recursive: true });
    const settings = `Pulumi.${this.name}.yaml`;
    await cp(join(project, settings), join(this.project, settings));
    this.isSelected = false;
  }

  get project(): string {
    return join(this.directory, "project");
  }

  /** What serves the resources of the next programs, and what they are written in. */
  async setFace(face: Face, language: ProgramLanguage = this.language): Promise<void> {
    [this.face, this.language] = [face, language];
    await writeFile(join(this.project, "Pulumi.yaml"), projectFile(language, face));
    if (face === "plugin") await installPlugin(this.project);
  }

  /** Replaces the program, as `writeProgram` takes it. */
  setProgram(text: string): Promise<void> {
    return writeProgram(this.project, this.language, text, this.face);
  }

  up = (...args: string[]) => this.run("up", "--yes", "--skip-preview", ...args);
  preview = (...args: string[]) => this.run("preview", ...args);
  refresh = (...args: string[]) => this.run("refresh", "--yes", "--skip-preview", ...args);
  destroy = (...args: string[]) => this.run("destroy", "--yes", "--skip-preview", ...args);

  /** Runs one command of the CLI. */
  async run(...args: string[]): Promise<Outcome> {
    const requestsBefore = this.emulator.requests.length;
    const emailsBefore = this.emulator.outbox.length;
    const { code, printed } = await this.start(...args).ended;
    return {
      code,
      printed,
      requests: this.emulator.requests.slice(requestsBefore).map(line),
      emails: this.emulator.outbox.slice(emailsBefore).map((email) => email.to),
    };
  }

  /** An `up` that finds nothing to do: it succeeds, asks the API nothing and e-mails nobody. */
  async expectSettled(): Promise<void> {
    const { code, printed, requests, emails } = await this.up("--expect-no-changes");
    assert.equal(code, 0, printed);
    assert.deepEqual([requests, emails], [[], []], printed);
  }

  /** As `run`, for steps that have to succeed for the test to go on. */
  async must(...args: string[]): Promise<Outcome> {
    const outcome = await this.run(...args);
    if (outcome.code !== 0)
      throw new Error(`pulumi ${args.join(" ")} ended ${outcome.code}:\n${outcome.printed}`);
    return outcome;
  }

  /** As `up`, for one that has to succeed for the test to go on. */
  mustUp = (...args: string[]) => this.must("up", "--yes", "--skip-preview", ...args);

  /** As `mustUp`, of this program from now on. */
  async upTo(program: string, ...args: string[]): Promise<Outcome> {
    await this.setProgram(program);
    return this.mustUp(...args);
  }

  /** A command that has to fail. */
  async fails(command: "up" | "preview" | "refresh" | "destroy", ...args: string[]): Promise<Outcome> {
    const outcome = await this[command](...args);
    assert.notEqual(outcome.code, 0, outcome.printed);
    return outcome;
  }

  async export(): Promise<{ text: string; resources: ExportedResource[] }> {
    const { printed } = await this.must("stack", "export");
    const resources = JSON.parse(printed).deployment.resources ?? [];
    return {
      text: printed,
      resources: resources.filter(
        ({ type }: ExportedResource) => type.includes("headshotpro") && !type.startsWith("pulumi:providers:"),
      ),
    };
  }

  async stateFile(): Promise<string> {
    const stacks = join(this.directory, "state/.pulumi/stacks");
    const named = join(stacks, "people", `${this.name}.json`);
    return readFile(existsSync(named) ? named : join(stacks, `${this.name}.json`), "utf8");
  }

  /**
   * The file backend writes a `.attrs` file beside each state, not in one step as the state itself: a CLI that is
   * killed just then leaves an empty one, and the next command ends with "failed to load checkpoint: EOF".
   */
  async removeTornAttributes(): Promise<void> {
    const files = await readdir(join(this.directory, "state"), { recursive: true, withFileTypes: true });
    for (const { name, parentPath } of files) {
      const file = join(parentPath, name);
      if (name.endsWith(".attrs") && (await stat(file)).size === 0) await rm(file);
    }
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  /** What the CLI finds in the environment, beside what this process has. */
  environment(): Record<string, string | undefined> {
    return {
      PATH: this.engine.path,
      PULUMI_HOME: join(this.directory, "home"),
      PULUMI_BACKEND_URL: `file://${join(this.directory, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "for tests",
      ...(!this.isSelected && { PULUMI_STACK: this.name }),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      ...(this.language === "javascript" && { NODE_OPTIONS: LIGHT_SDK }),
      HEADSHOTPRO_BASE_URL: this.emulator.url,
      HEADSHOTPRO_API_KEY: this.emulator.apiKey,
      ...this.env,
    };
  }

  /** Starts one command of the CLI, to be interfered with. SIGKILL hits the CLI alone; others its group, as Ctrl-C does. */
  start(...args: string[]): { kill(signal: NodeJS.Signals): void; ended: Promise<Ended> } {
    const child = spawn(this.engine.pulumi, [...args, "--non-interactive", "--color", "never"], {
      cwd: this.project,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      env: { ...process.env, ...this.environment() },
    });
    let printed = "";
    // Whole lines: the CLI's dots of progress and its log come by two pipes, and would end up in one line.
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on("line", (text) => (printed += `${text}\n`));
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code: code ?? -1, printed }));
    });
    const pid = child.pid ?? assert.fail("the CLI did not start");
    return { kill: (signal) => process.kill(signal === "SIGKILL" ? pid : -pid, signal), ended };
  }
}

interface Ended {
  code: number;
  printed: string;
}

export interface ExportedResource {
  urn: string;
  type: string;
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** Has a project's program find these packages. */
export async function linkModules(modules: string, project: string): Promise<void> {
  // Of the two kinds of link on Windows, everybody may make this one. Elsewhere there is but one.
  await symlink(modules, join(project, "node_modules"), "junction");
}

function line(request: RequestRecord): string {
  return `${request.method} ${request.path.replace("/api/v2", "")}`;
}
