import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Engine } from "pulumi-engine";
import { environment } from "../stack";
import { run } from "../tools";

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
    env: Record<string, string> = {},
  ): Promise<Place> {
    const project = join(folder, "project");
    await mkdir(join(folder, "state"), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(project, name)), { recursive: true });
      await writeFile(join(project, name), text);
    }
    // Nobody is asked who runs `up` without a terminal.
    const place = new Place(project, {
      ...environment(folder, engine),
      PULUMI_SKIP_CONFIRMATIONS: "true",
      ...env,
    });
    await place.type("pulumi stack init test");
    return place;
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
