const RESOURCE =
  /^\s*([+~-]{1,2})\s+pulumi-nodejs:\S+:HeadshotInvite (\S+) (created?|deleted?|updated?|replaced?|\*\*.* failed\*\*)(?=\s|$)/;
const SECTION = /^(Diagnostics|Resources|Outputs|Duration)\b/;
const NOISE = /^(error: (update|preview) failed|)$/;

/** From all that a command of the CLI printed, the lines that say what happened to whom, each once. */
export function relevantLines(printed: string): string[] {
  const resources: string[] = [];
  const messages: string[] = [];
  const counts: string[] = [];
  let section = "";
  for (const line of printed.split("\n")) {
    section = SECTION.exec(line)?.[1] ?? section;
    const [, sign, name, verb] = RESOURCE.exec(line) ?? [];
    if (verb) resources.push(`${sign} ${name} ${verb.replaceAll("**", "")}`);
    else if (!/^\s/.test(line)) continue;
    else if (section === "Diagnostics" && /^\s{4}/.test(line)) messages.push(line.trim());
    else if (section === "Resources") counts.push(line.trim().replace(/^\d+ changes\. /, ""));
  }
  const summary = counts.length > 0 ? [`Resources: ${counts.join(", ")}`] : [];
  return [...new Set([...resources, ...messages, ...summary])].filter((line) => !NOISE.test(line));
}
