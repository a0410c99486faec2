import { type Cell, managerOf } from "./cells";

/** What is done in a cell, in this order. */
const STEPS = ["install", "up", "no-op", "no-op on another's state", "destroy", "earlier states"] as const;
export type Step = (typeof STEPS)[number];

/** One cell's line of the table, filled in as its steps are taken. */
export class Row {
  private readonly marks = new Map<Step, "✔" | "✖">();
  private milliseconds = 0;
  /** What the step that failed printed; the later ones are not taken. */
  failure?: string;

  constructor(readonly cell: Cell) {}

  async step(name: Step, work: () => Promise<void>): Promise<void> {
    if (this.failure !== undefined) return;
    const started = performance.now();
    try {
      await work();
      this.marks.set(name, "✔");
    } catch (error) {
      this.marks.set(name, "✖");
      this.failure = `${name}: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.milliseconds += performance.now() - started;
  }

  texts(): string[] {
    const { program, node, sdk } = this.cell;
    const marks = STEPS.map((step) => this.marks.get(step) ?? "–");
    return [managerOf(this.cell), program, node, sdk, ...marks, (this.milliseconds / 1000).toFixed(0)];
  }
}

/** The rows as a Markdown table with aligned columns. */
export function tableOf(rows: readonly Row[]): string {
  const head = ["manager", "program", "Node", "SDK", ...STEPS, "seconds"];
  const lines = rows.map((row) => row.texts());
  const widths = head.map((title, n) => Math.max(title.length, ...lines.map((line) => line[n]?.length ?? 0)));
  const line = (texts: string[]) => `| ${texts.map((text, n) => text.padEnd(widths[n] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...lines.map(line)].join("\n");
}
