/** A bar of a chart: a value, and the bound that it should keep. */
export interface Bar {
  label: string;
  value: number;
  bound?: number;
}

const WIDTH = 760;
const LABELS = 330;
const LINE = 22;
const VALUES = 60;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 14px }
  .bar { fill: #2f6fdb } .over { fill: #c4314b } .bound { stroke: #1f2328; stroke-width: 2 } .one { stroke: #8b949e }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .bar { fill: #6ea8fe } .over { fill: #ff7b8b } .bound { stroke: #e6edf3 }
  }`;

/**
 * Horizontal bars in groups, as an SVG that can be read on a light page and on a dark one. A thick mark is a
 * bound, a bar beyond its own has another colour, and a thin line marks 1.
 */
export function barChart(title: string, groups: readonly { label: string; bars: readonly Bar[] }[]): string {
  const drawable = ({ value }: Bar) => Number.isFinite(value);
  const bars = groups.flatMap((group) => group.bars).filter(drawable);
  const most = Math.max(1, ...bars.flatMap(({ value, bound }) => [value, bound ?? 0]));
  const x = (value: number) => round(LABELS + (value / most) * (WIDTH - LABELS - VALUES));

  let y = 24;
  const drawn: string[] = [`<text class="title" x="8" y="${y}">${escaped(title)}</text>`];
  for (const { label, bars } of groups) {
    y += LINE + 8;
    drawn.push(`<text class="title" x="8" y="${y}">${escaped(label)}</text>`);
    for (const { label, value, bound } of bars.filter(drawable)) {
      y += LINE;
      const isOver = bound !== undefined && value > bound;
      const width = round(x(value) - LABELS);
      drawn.push(
        `<text x="24" y="${y}">${escaped(label)}</text>`,
        `<rect class="${isOver ? "over" : "bar"}" x="${LABELS}" y="${y - 12}" width="${width}" height="14" rx="2"/>`,
        `<text x="${x(value) + 6}" y="${y}">${value.toFixed(2)}</text>`,
      );
      if (bound !== undefined) drawn.push(upright("bound", x(bound), y - 15, y + 5));
    }
  }
  const height = y + 16;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}</style>`,
    upright("one", x(1), 36, height - 8),
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

function upright(kind: string, x: number, top: number, bottom: number): string {
  return `<line class="${kind}" x1="${x}" y1="${top}" x2="${x}" y2="${bottom}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
