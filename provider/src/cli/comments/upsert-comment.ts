import { retryDelay } from "../../api/retry";
import { ApiError, isApiError } from "../../client/errors";
import { type Clock, sleep } from "../../clock";
import { toCode } from "../../review/markdown";
import type { ForgeComment, Target } from "./github-or-gitlab";
import { ForgeRequests, toShortText } from "./requests";

/** As many comments as both forges list at once. */
const PER_PAGE = 100;

/** The end for a forge that always has another page. */
const MOST_PAGES = 100;

/** GitHub refuses a longer comment; GitLab would take more. */
const LONGEST = 65_536;

const CUT =
  "… The comment ends here, because a longer one is refused. The job's output has all of the review.";

export interface CommentText {
  /** The first line, by which the comment is found again; readers do not see it. */
  marker: string;
  /** Begins with the marker. */
  body: string;
}

/** A review as the comment of one stack. */
export function toComment(markdown: string, stack: string | undefined): CommentText {
  const marker = `<!-- pulumi-headshotpro review${stack === undefined ? "" : ` ${encodeURIComponent(stack)}`} -->`;
  const end = stack === undefined ? "" : `\nStack: ${toCode(stack)}\n`;
  const whole = `${marker}\n${markdown}${end}`;
  if (whole.length <= LONGEST) return { marker, body: whole };
  const room = LONGEST - marker.length - CUT.length - end.length - "\n\n\n\n".length;
  // At the end of a line, so that no table or code is cut in two.
  const kept = markdown.slice(0, markdown.lastIndexOf("\n", room));
  return { marker, body: `${marker}\n${kept}\n\n${CUT}\n${end}` };
}

/**
 * Writes one comment, or updates it in place. A failure that may pass is tried again, with a line in the log.
 *
 * @throws ApiError the last one.
 */
export async function upsertComment(
  target: Target & { token: string },
  text: CommentText,
  clock: Clock,
  log: (line: string) => void,
): Promise<"created" | "updated"> {
  const requests = new ForgeRequests(target, target.token, clock);
  for (let attempt = 1; ; attempt++) {
    try {
      // Each attempt looks first: a comment whose reply was lost stands there.
      return await writeOnce(requests, text);
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
  requests: ForgeRequests,
  { marker, body }: CommentText,
): Promise<"created" | "updated"> {
  const { target } = requests;
  const { forge } = target;
  let own = await findOwn(requests, marker);
  if (own.length === 0) {
    await requests.send("POST", forge.commentsPath(target), { body });
    // Another run may have written one at the same time. Each of them looks again, and the oldest stays.
    own = await findOwn(requests, marker);
    if (own.length < 2) return "created";
  }
  const [oldest, ...others] = own;
  await requests.send(forge.updateMethod, forge.commentPath(target, oldest ?? 0), { body });
  for (const id of others)
    await requests.send("DELETE", forge.commentPath(target, id)).catch((error) => {
      // Another run may have removed it already; and if it may not be removed, the oldest is up to date all the same.
      if (!isApiError(error) || error.reason !== "rejected") throw error;
    });
  return "updated";
}

/** Our comments with the marker, the oldest first. Anybody can write the marker, so the author counts as well. */
async function findOwn(requests: ForgeRequests, marker: string): Promise<number[]> {
  const { target } = requests;
  const { forge } = target;
  const marked: ForgeComment[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const path = `${forge.commentsPath(target)}?sort=asc&per_page=${PER_PAGE}&page=${page}`;
    const { json, hasNext } = await requests.send("GET", path);
    if (!Array.isArray(json)) {
      const text = "the list of comments is no list";
      throw new ApiError({ reason: "unusable-reply", method: "GET", path, text });
    }
    // A row that cannot be read is nobody's.
    const comments = json.flatMap((row) => forge.comment.safeParse(row).data ?? []);
    marked.push(...comments.filter(({ body }) => body.startsWith(marker)));
    if (!hasNext) break;
  }
  if (marked.length === 0) return [];
  const isOwn = await authorship(requests);
  return marked.filter(isOwn).map(({ id }) => id);
}

/** An app's token (that of GitHub Actions is one) may not ask who it is; a person cannot be taken for an app. */
async function authorship(requests: ForgeRequests): Promise<(comment: ForgeComment) => boolean> {
  try {
    const { json } = await requests.send("GET", "/user");
    const user = requests.target.forge.user.safeParse(json).data;
    return ({ author }) => author === user;
  } catch (error) {
    if (isApiError(error) && error.reason === "rejected" && error.status === 403) return ({ byApp }) => byApp;
    throw error;
  }
}
