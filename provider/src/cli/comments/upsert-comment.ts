import { retryDelay } from "../../api/retry";
import { ApiError, isApiError } from "../../client/errors";
import { type Clock, sleep } from "../../clock";
import { toCode } from "../../review/markdown";
import type { ForgeComment, Target } from "./forge";
import { ForgeRequests, toShortText } from "./requests";

/** As many comments as both forges list at once. */
const PER_PAGE = 100;

/** A forge that always has another page is asked no further. */
const MOST_PAGES = 100;

/** GitHub refuses a longer comment; GitLab would take more. */
const LONGEST = 65_536;

const CUT =
  "… The comment ends here, because a longer one is refused. The job's output has all of the review.";

/** The text of a comment, and the line at its beginning by which it is found again. */
export interface MarkedText {
  mark: string;
  /** Begins with the mark. */
  body: string;
}

/**
 * A review as the comment of one stack, with a mark that readers do not see.
 *
 * @param stack as the comment names it; undefined if it is not known
 * @param longest in characters
 */
export function toComment(markdown: string, stack: string | undefined, longest = LONGEST): MarkedText {
  const mark = `<!-- pulumi-headshotpro review${stack === undefined ? "" : ` ${encodeURIComponent(stack)}`} -->`;
  const ends = stack === undefined ? "" : `\nStack: ${toCode(stack)}\n`;
  const whole = `${mark}\n${markdown}${ends}`;
  if (whole.length <= longest) return { mark, body: whole };
  const room = longest - mark.length - CUT.length - ends.length - "\n\n\n\n".length;
  // At the end of a line, so that no table or code is cut in two.
  const kept = markdown.slice(0, markdown.lastIndexOf("\n", room));
  return { mark, body: `${mark}\n${kept}\n\n${CUT}\n${ends}` };
}

/**
 * Writes one comment, or updates it in place if it stands there already. A failure that may pass is tried again.
 *
 * @param log is given a line for each wait
 * @throws ApiError, the last one
 */
export async function upsertComment(
  target: Target & { token: string },
  text: MarkedText,
  clock: Clock,
  log: (line: string) => void,
): Promise<"created" | "updated"> {
  const requests = new ForgeRequests(target, target.token, clock);
  for (let attempt = 1; ; attempt++) {
    try {
      // Each attempt looks first: a comment whose reply was lost stands there.
      return await writeOnce(target, text, requests);
    } catch (error) {
      if (!isApiError(error)) throw error;
      const delay = retryDelay(error, "read", attempt, new Date(clock.now()), Math.random());
      if (delay === undefined) throw error;
      log(
        `${target.forge.name} did not answer as it should (${toShortText(error)}). Again in ${Math.ceil(delay / 1000)} s.`,
      );
      await sleep(clock, delay);
    }
  }
}

async function writeOnce(
  target: Target,
  text: MarkedText,
  requests: ForgeRequests,
): Promise<"created" | "updated"> {
  const { forge } = target;
  const id = await findOwn(target, text.mark, requests);
  const content = { body: text.body };
  if (id === undefined) await requests.send("POST", forge.commentsPath(target), content);
  else await requests.send(forge.updateMethod, forge.commentPath(target, id), content);
  return id === undefined ? "created" : "updated";
}

/** The oldest comment of ours. Anybody can write the mark, so the author counts as well. */
async function findOwn(target: Target, mark: string, requests: ForgeRequests): Promise<number | undefined> {
  const { forge } = target;
  let isOwn: ((comment: ForgeComment) => boolean) | undefined;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const path = `${forge.commentsPath(target)}?sort=asc&per_page=${PER_PAGE}&page=${page}`;
    const { json, hasNext } = await requests.send("GET", path);
    if (!Array.isArray(json))
      throw new ApiError({
        reason: "unusable-reply",
        method: "GET",
        path,
        text: "the list of comments is no list",
      });
    for (const row of json) {
      const comment = forge.parseComment(row);
      if (!comment?.body.startsWith(mark)) continue;
      isOwn ??= await authorship(target, requests);
      if (isOwn(comment)) return comment.id;
    }
    if (!hasNext) break;
  }
  return undefined;
}

/** An app's token (that of GitHub Actions is one) may not ask who it is; a person cannot be taken for an app. */
async function authorship(
  target: Target,
  requests: ForgeRequests,
): Promise<(comment: ForgeComment) => boolean> {
  try {
    const { json } = await requests.send("GET", "/user");
    const user = target.forge.parseUser(json);
    return ({ author }) => author === user;
  } catch (error) {
    if (isApiError(error) && error.reason === "rejected" && error.status === 403) return ({ byApp }) => byApp;
    throw error;
  }
}
