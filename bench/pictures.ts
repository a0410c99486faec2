import { type Bar, barChart } from "./chart";
import { bestSeconds } from "./compare";
import { type Command, LIFE } from "./contender";
import { pointsOf, type Results, rowsOf } from "./results";
import type { Contender } from "./stack-of";

/** The SVGs by their file names: the budgets that are ratios, each command against the floor, and the peers. */
export function picturesOf(results: Results): Record<string, string> {
  const budgets = rowsOf(results).flatMap(({ budget, value, bound }): Bar[] => {
    const isRatio = bound !== undefined && value !== undefined && bound > 1 && bound < 2;
    return isRatio ? [{ label: short(budget), value, bound }] : [];
  });
  return {
    "budgets.svg": barChart("Budgets: ours ÷ theirs; the mark is the bound", [{ label: "", bars: budgets }]),
    "floor.svg": againstAll(results, "life", "floor", "Times: ours ÷ a provider that does nothing"),
    "peers.svg": againstAll(results, "peers", "tutorial", "Times: ours ÷ the tutorials' dynamic provider"),
  };
}

function againstAll(results: Results, part: string, against: Contender, title: string): string {
  const points = pointsOf(results, part);
  const sizes = [...new Set(points.filter((p) => p.contender === against).map(({ people }) => people))];
  const groups = sizes.flatMap((people) =>
    [true, false].map((checkpoints) => ({
      label: `${people.toLocaleString("en-US")} people, checkpoints ${checkpoints ? "on" : "off"}`,
      bars: (Object.keys(LIFE) as Command[]).map((command) => {
        const which = { contender: "ours", people, checkpoints, command } as const;
        const value = bestSeconds(points, which) / bestSeconds(points, { ...which, contender: against });
        return { label: command, value };
      }),
    })),
  );
  return barChart(
    title,
    groups.filter(({ bars }) => bars.some(({ value }) => Number.isFinite(value))),
  );
}

function short(text: string): string {
  return text.length > 46 ? `${text.slice(0, 45)}…` : text;
}
