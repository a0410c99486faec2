import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Engine } from "pulumi-engine";
import { run } from "../command";
import { environment } from "../stack";

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
