import { appendFile, readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { MACHINE_CLOCK } from "../clock";
import { commentOf } from "../review/comment-text";
import { explainHost, isReadOnlyFork } from "./comments/explain-host";
import type { Place } from "./comments/host";
import { HostError } from "./comments/host-error";
import { keepComment } from "./comments/keep-comment";
import { PlaceError, type PlaceFlags, placeFrom } from "./comments/place";
import { Ending, EXIT } from "./exit";
import { talk } from "./terminal";

export interface CommentFlags extends PlaceFlags {
  comment?: true;
  stack?: string;
}

/** Each says where the comment belongs, so it asks for one. */
function placeOption(flags: string, description: string): Option {
  return new Option(flags, description).implies({ comment: true });
}

/** Adds the options of the comment. */
export function withComment(command: Command): Command {
  return command
    .option("--comment", "also write it as a comment of the pull request, one for each stack")
    .addOption(
      placeOption("--stack <name>", "what the comment calls the stack; without it, what the preview does"),
    )
    .addOption(placeOption("--host <name>", "where to comment").choices(["github", "gitlab"]))
    .addOption(placeOption("--api-url <url>", "in place of GITHUB_API_URL or CI_API_V4_URL"))
    .addOption(placeOption("--repository <name>", "in place of GITHUB_REPOSITORY or CI_PROJECT_ID"))
    .addOption(
      placeOption(
        "--pull-request <number>",
        "in place of the one in GITHUB_EVENT_PATH or CI_MERGE_REQUEST_IID",
      ).argParser(requestNumber),
    )
    .addOption(
      placeOption(
        "--token-env <name>",
        "the variable that holds the token, in place of GITHUB_TOKEN or GITLAB_TOKEN",
      ),
    );
}

function requestNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected the number of a pull request.");
}

/**
 * Puts a review where the pull request is discussed. A run of a fork may have no right to: its review stands in the
 * job's output alone.
 *
 * @throws Ending
 */
export async function comment(
  markdown: string,
  stack: string | undefined,
  flags: CommentFlags,
): Promise<void> {
  if (process.env.GITHUB_STEP_SUMMARY) await summarize(process.env.GITHUB_STEP_SUMMARY, markdown);
  const place = await placeOf(flags);
  const { host, token, request, repository } = place;
  if (token === undefined) return talk(forkNote(place));
  try {
    const done = await keepComment(
      { ...place, token },
      commentOf(markdown, flags.stack ?? stack),
      MACHINE_CLOCK,
      talk,
    );
    talk(`The comment on ${host.change} ${request} of ${repository} is ${done}.`);
  } catch (error) {
    if (error instanceof RangeError) throw new Ending(error.message, EXIT.failed);
    if (!(error instanceof HostError)) throw error;
    if (!isReadOnlyFork(place, error)) throw new Ending(explainHost(error, place), EXIT.failed);
    talk(forkNote(place));
  }
}

function forkNote({ host }: Place): string {
  return `The ${host.change} comes from a fork, whose runs may not comment on ${host.name}: the review is in the job's output only.`;
}

/** What GitHub shows on the page of the run. */
async function summarize(file: string, markdown: string): Promise<void> {
  try {
    await appendFile(file, `${markdown}\n`);
  } catch (error) {
    throw new Ending(`The summary of the job cannot be written: ${(error as Error).message}.`, EXIT.failed);
  }
}

async function placeOf(flags: CommentFlags): Promise<Place> {
  try {
    return placeFrom(flags, process.env, await event(process.env.GITHUB_EVENT_PATH));
  } catch (error) {
    if (!(error instanceof PlaceError)) throw error;
    throw new Ending(error.message, EXIT.failed);
  }
}

/** What started the run; a file that cannot be read tells of no pull request. */
async function event(file: string | undefined): Promise<unknown> {
  try {
    return file && JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}
