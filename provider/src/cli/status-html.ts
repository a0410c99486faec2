import { count } from "../text";
import type { StatusReport } from "./status-report";

/** The order of an invite's life, and the colours of the bars: readable in the light and in the dark. */
const COLOURS: Record<string, string> = {
  pending: "#d9a514",
  accepted: "#3b82d6",
  uploading: "#7a6ad8",
  generating: "#a35cc4",
  completed: "#2f9e63",
  deleted: "#8a8f98",
};
const OTHER = "#c0563f";

/**
 * A report as one page that needs nothing else: no script, and nothing from the network, which its policy forbids, too.
 * What others wrote is text and nothing more.
 *
 * @param headline one line about everybody.
 */
export function toHtmlReport({ teams, waiting, people }: StatusReport, headline: string, now: Date): string {
  const most = Math.max(1, ...teams.map((team) => team.people));
  const present = [...new Set(teams.flatMap(({ statuses }) => Object.keys(statuses)))].sort(byLife);
  const legend = present.map(
    (status) => `<li><i style="background:${colourOf(status)}"></i>${toText(status)}</li>`,
  );
  const bars = teams.map(({ team, people, statuses }) => {
    const parts = Object.entries(statuses)
      .sort(([a], [b]) => byLife(a, b))
      .map(
        ([status, number]) =>
          `<i style="background:${colourOf(status)};flex:${number}" title="${number} ${toText(status)}"></i>`,
      );
    const label = Object.entries(statuses)
      .map(([status, number]) => `${number} ${toText(status)}`)
      .join(", ");
    return (
      `<tr><th scope="row">${team === "" ? "<em>no team</em>" : toText(team)}</th><td>${people}</td>` +
      `<td><div class="bar" role="img" aria-label="${label}" style="width:${(100 * people) / most}%">${parts.join("")}</div></td></tr>`
    );
  });
  const rows = waiting.map(
    ({ email, team, sent, days }) =>
      `<tr><th scope="row">${toText(email)}</th><td>${toText(team)}</td><td>${toText(sent)}</td><td>${count(days, "day", "days")}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>HeadshotPro: ${toText(headline)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>HeadshotPro</h1>
<p>${toText(headline)}. As of ${now.toISOString().slice(0, 16).replace("T", " ")} UTC.</p>
${people === 0 ? "" : `<h2>Teams</h2>\n<ul class="legend">${legend.join("")}</ul>\n<table class="teams">${bars.join("\n")}</table>`}
${rows.length === 0 ? "" : `<h2>Not answered (${rows.length})</h2>\n<table><tr><th>person</th><th>team</th><th>sent</th><th>waits</th></tr>\n${rows.join("\n")}</table>`}
</main>
</body>
</html>
`;
}

/** Also right in an attribute with double quotes. Characters that cannot be seen could make a line read as another one. */
function toText(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

function colourOf(status: string): string {
  return Object.hasOwn(COLOURS, status) ? (COLOURS[status] ?? OTHER) : OTHER;
}

function byLife(one: string, other: string): number {
  const order = Object.keys(COLOURS);
  const place = (status: string) => (order.includes(status) ? order.indexOf(status) : order.length);
  return place(one) - place(other) || (one < other ? -1 : 1);
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid var(--line); font-weight: normal; overflow-wrap: anywhere; vertical-align: top; }
.teams td:last-child { width: 55%; }
.bar { display: flex; height: 1.2rem; border-radius: .25rem; overflow: hidden; min-width: .5rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; }
.legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: .2rem; margin-right: .35rem; }
@media (max-width: 30rem) { main { padding: .5rem; } th, td { padding: .3rem .25rem; font-size: .9rem; } }
`;
