import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { Command, InvalidArgumentError, Option } from "commander";
import { stackOf } from "../review/comment-text";
import { decoded } from "../review/decoded";
import { headlineOf, needsHuman } from "../review/headline";
import { markdownOf } from "../review/markdown";
import { readPreview } from "../review/preview";
import { reviewOf } from "../review/review";
import { Ending, EXIT } from "./exit";
import { type CommentFlags, comment, withComment } from "./review-comment";
import { print, printJson } from "./terminal";

/** `review`: a preview as a comment for a pull request; HeadshotPro is not asked, and no key is needed. */
export function reviewCommand(): Command {
  const command = new Command("review")
    .description("a preview as Markdown for a pull request; ends with 1 if a human should look")
    .argument("[file]", "the output of `pulumi preview --json`; without it, or with -: stdin")
    .addOption(
      new Option(
        "--max-removals <number>",
        "how many people may lose their invite before a human should look; without it, a quarter of the stack's, and " +
          "at least 3",
      ).argParser(wholeNumber),
    )
    .option("--json", "the findings as JSON, for programs");
  return withComment(command).addHelpText("after", HELP).action(review);
}

const HELP = `
Ends with 1 if somebody has headshots that are deleted or that stop \`pulumi up\`, if too many people lose their
invite, or if the preview failed; with 2 if there is no preview to read; with 3 if the comment cannot be written.

The comment's place and token come from the variables that GitHub Actions and GitLab CI set; an option wins over them.

Examples:
  pulumi preview --json --show-sames | pulumi-headshotpro review
  pulumi-headshotpro review preview.json > comment.md
  pulumi-headshotpro review preview.json --comment`;

interface ReviewFlags extends CommentFlags {
  maxRemovals?: number;
  json?: true;
}

async function review(file: string | undefined, flags: ReviewFlags): Promise<void> {
  const reading = readPreview(decoded(await bytesOf(file)));
  if ("problem" in reading) throw new Ending(reading.problem, EXIT.usage);
  const { preview } = reading;
  const found = reviewOf(preview, new Date(), flags.maxRemovals);
  const markdown = markdownOf(found);
  if (flags.json) printJson({ headline: headlineOf(found), needsHuman: needsHuman(found), ...found });
  else print(markdown);
  if (flags.comment) await comment(markdown, stackOf(preview), flags);
  // Why is in the text: nothing more is to be said.
  if (needsHuman(found)) process.exitCode = EXIT.no;
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number.");
}

async function bytesOf(file = "-"): Promise<Uint8Array> {
  if (file !== "-")
    return readFile(file).catch((error: Error) => {
      throw new Ending(`${file} cannot be read: ${error.message}.`, EXIT.usage);
    });
  if (process.stdin.isTTY)
    throw new Ending(
      "There is no preview: pipe `pulumi preview --json` into it, or name a file.",
      EXIT.usage,
    );
  return buffer(process.stdin);
}
