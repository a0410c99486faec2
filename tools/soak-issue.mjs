// Opens an issue about a soak that has failed, with its seed and how to run it again, by GitHub's own command (`gh`).
//
//   npm run soak -- --minutes 60 2>&1 | tee soak.log || node tools/soak-issue.mjs soak.log
//   node tools/soak-issue.mjs soak.log --print   shows it, and opens none
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** What is at the end says what was broken; more than this nobody reads in an issue. */
const LAST_LINES = 60;

/**
 * @param log what the soak has printed: a line `seed N …` for each seed, and the broken law after the last.
 * @param run where the whole log is, if anywhere.
 */
export function soakIssue(log, run) {
  const seed = [...log.matchAll(/^seed (\d+) /gm)].at(-1)?.[1];
  const again = seed === undefined ? "It ended before its first seed." : `npm run soak -- --seed ${seed}`;
  const end = log.trimEnd().split("\n").slice(-LAST_LINES).join("\n");
  return {
    title: seed === undefined ? "The nightly soak did not start" : `The nightly soak failed: seed ${seed}`,
    body: `${[again, end].map(fenced).join("\n")}${run ? `\n${run}\n` : ""}`,
  };
}

/** A fence that is longer than any in the text. */
function fenced(text) {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { print: { type: "boolean" } },
  });
  const { title, body } = soakIssue(readFileSync(positionals[0], "utf8"), process.env.RUN);
  if (values.print) console.log(`${title}\n\n${body}`);
  else
    execFileSync("gh", ["issue", "create", "--title", title, "--body-file", "-"], {
      input: body,
      stdio: ["pipe", "inherit", "inherit"],
    });
}
