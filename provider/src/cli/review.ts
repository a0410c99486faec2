import { appendFile, readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { type Command, InvalidArgumentError, Option } from "commander";
import { isApiError } from "../client/errors";
import { MACHINE_CLOCK } from "../clock";
import { toMarkdown } from "../review/markdown";
import { PREVIEW_COMMAND, parsePreview, stackIn } from "../review/preview-json";
import { needsHuman, toHeadline, toReview } from "../review/review";
import { parseJson } from "../text";
import { UserError } from "../user-error";
import { parseTarget, type TargetFlags } from "./comments/github-or-gitlab";
import { explainForgeFailure, explainReadOnly, isReadOnlyRefusal } from "./comments/requests";
import { toComment, upsertComment } from "./comments/upsert-comment";
import { EXIT, print, printJson, readInput, report, usageError } from "./terminal";

interface ReviewFlags extends TargetFlags {
  maxRemovals?: number;
  json?: true;
  comment?: true;
  stack?: string;
}

/** `review`: a preview as a comment for a pull request; HeadshotPro is not asked, and no key is needed. */
export function define(command: Command): void {
  command
    .argument("[file]", "the output of `pulumi preview --json`; without it, or with -: stdin")
    .option(
      "--max-removals <number>",
      "how many people may lose their invite before a human should look; without it, a quarter of the stack's, and " +
        "at least 3",
      parseWholeNumber,
    )
    .option("--json", "the findings as JSON, for programs")
    .option("--comment", "also write it as a comment of the pull request, one for each stack")
    .addOption(
      targetOption("--stack <name>", "what the comment calls the stack; without it, what the preview does"),
    )
    .addOption(targetOption("--host <name>", "where to comment").choices(["github", "gitlab"]))
    .addOption(targetOption("--api-url <url>", "in place of GITHUB_API_URL or CI_API_V4_URL"))
    .addOption(targetOption("--repository <name>", "in place of GITHUB_REPOSITORY or CI_PROJECT_ID"))
    .addOption(
      targetOption(
        "--pull-request <number>",
        "in place of the one in GITHUB_EVENT_PATH or CI_MERGE_REQUEST_IID",
      ).argParser(parseRequestNumber),
    )
    .addOption(
      targetOption(
        "--token-env <name>",
        "the variable that holds the token, in place of GITHUB_TOKEN or GITLAB_TOKEN",
      ),
    )
    .addHelpText("after", HELP)
    .action(review);
}

const HELP = `
Ends with 1 if somebody has headshots that are deleted or that stop \`pulumi up\`, if too many people lose their
invite, or if the preview failed; with 2 if there is no preview to read; with 3 if the comment cannot be written.

The comment's place and token come from the variables that GitHub Actions and GitLab CI set; an option wins over them.

Examples:
  ${PREVIEW_COMMAND} | pulumi-headshotpro review
  pulumi-headshotpro review preview.json > comment.md
  pulumi-headshotpro review preview.json --comment`;

/** An option that says where the comment belongs, so it asks for one. */
function targetOption(flags: string, description: string): Option {
  return new Option(flags, description).implies({ comment: true });
}

function parseWholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number.");
}

function parseRequestNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected the number of a pull request.");
}

async function review(file: string | undefined, flags: ReviewFlags): Promise<void> {
  const reading = parsePreview(decodeText(await readPreviewFile(file)));
  if ("problem" in reading) throw usageError(reading.problem);
  const { preview } = reading;
  const found = toReview(preview, new Date(), flags.maxRemovals);
  const markdown = toMarkdown(found);
  if (flags.json) printJson({ headline: toHeadline(found), needsHuman: needsHuman(found), ...found });
  else print(markdown);
  if (flags.comment) await comment(markdown, flags.stack ?? stackIn(preview), flags);
  // The text says why: there is no message beside it.
  if (needsHuman(found)) process.exitCode = EXIT.no;
}

async function readPreviewFile(file = "-"): Promise<Uint8Array> {
  if (file !== "-") return readInput(file);
  if (process.stdin.isTTY)
    throw usageError("There is no preview: pipe `pulumi preview --json` into it, or name a file.");
  return buffer(process.stdin);
}

/** A file's text. PowerShell's `>` writes UTF-16 with a byte order mark; anything else is UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** Writes a review as a comment, if the run's token may do that. @throws UserError */
async function comment(markdown: string, stack: string | undefined, flags: ReviewFlags): Promise<void> {
  // GitHub shows this summary on the page of the run.
  if (process.env.GITHUB_STEP_SUMMARY)
    await appendFile(process.env.GITHUB_STEP_SUMMARY, `${markdown}\n`).catch((error: Error) => {
      throw new UserError(`The summary of the job cannot be written: ${error.message}.`);
    });
  const target = parseTarget(flags, process.env, await readEvent(process.env.GITHUB_EVENT_PATH));
  const { forge, token, request, repository } = target;
  if (token === undefined) return report(explainReadOnly(target));
  try {
    const done = await upsertComment({ ...target, token }, toComment(markdown, stack), MACHINE_CLOCK, report);
    report(`The comment on ${forge.change} ${request} of ${repository} is ${done}.`);
  } catch (error) {
    if (!isApiError(error)) throw error;
    if (!isReadOnlyRefusal(target, error)) throw new UserError(explainForgeFailure(error, target));
    report(explainReadOnly(target));
  }
}

/** What started the run; undefined if the file cannot be read. */
async function readEvent(file = ""): Promise<unknown> {
  return parseJson(await readFile(file, "utf8").catch(() => ""));
}
