import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

const WIDTH = 80;
const INDENT = "   ";
const LABEL_WIDTH = 7;

/** Where lines go, and whether in colour. */
export interface Paper {
  write(text: string): unknown;
  colour: boolean;
}

/** Colour for a person at a terminal who did not switch it off. */
export function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return Boolean(stream.isTTY) && !env.NO_COLOR && env.TERM !== "dumb";
}

/** Lays out the demo's lines for 80 columns. */
export class Print {
  constructor(private readonly paper: Paper) {}

  title(text: string, below: string): void {
    this.line(this.style("bold", text));
    this.story(below, "");
  }

  heading(number: number, text: string): void {
    const rule = "─".repeat(WIDTH - text.length - 4);
    this.line();
    this.line(`${this.style(["bold", "cyan"], `${number}  ${text}`)} ${this.style("dim", rule)}`);
  }

  story(text: string, indent = INDENT): void {
    for (const line of wrap(text, WIDTH - indent.length)) this.line(indent + line);
  }

  command(text: string): void {
    this.line(`${INDENT}${this.style("dim", "$")} ${this.style("bold", text)}`);
  }

  /** Lines with what they are about in the margin: `API     │ …`. */
  lines(label: string, lines: string[]): void {
    const rows = lines.flatMap((line) => {
      const style = styleOf(line);
      return wrap(line, WIDTH - INDENT.length - LABEL_WIDTH - 3).map((row) => this.style(style, row));
    });
    for (const [index, row] of rows.entries()) {
      const margin = (index === 0 ? label : "").padEnd(LABEL_WIDTH);
      this.line(`${INDENT}${this.style("dim", `${margin} │`)} ${row}`);
    }
  }

  good(text: string): void {
    this.line(`${INDENT}${this.style("green", `✔ ${text}`)}`);
  }

  /** @param rows the first holds the headings. */
  table(rows: string[][]): void {
    const [heads = []] = rows;
    const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    for (const [index, row] of rows.entries()) {
      const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
      this.line(this.style(index === 0 ? "dim" : "reset", `${INDENT}${cells.join("   ")}`.trimEnd()));
    }
  }

  line(text = ""): void {
    this.paper.write(`${text}\n`);
  }

  private style(style: Style, text: string): string {
    // Whether the stream takes colours is decided already; Node's own answer differs from version to version.
    return this.paper.colour && style !== "reset" ? styleText(style, text, { validateStream: false }) : text;
  }
}

function styleOf(line: string): Style {
  if (line.startsWith("+ ")) return "green";
  if (line.startsWith("error:") || line.startsWith("- ")) return "red";
  return line.startsWith("~ ") ? "yellow" : "reset";
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}
