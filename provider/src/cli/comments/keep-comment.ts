import { retryDelay } from "../../api/retry";
import { type Clock, sleep } from "../../clock";
import type { Comment, Place } from "./host";
import { HostError } from "./host-error";
import { HostRequests } from "./host-requests";

/** As many as both hosts give at once. */
const PER_PAGE = 100;

/** A host that always has another page is asked no further. */
const MOST_PAGES = 100;

/** What a comment says, and the line at its beginning by which it is found again. */
export interface MarkedText {
  mark: string;
  /** Begins with the mark. */
  body: string;
}

/**
 * Writes one comment, or updates it in place if it stands there already. What may pass by itself is tried again.
 *
 * @param say is told of each wait, in a line.
 * @throws HostError, the last one
 */
export async function keepComment(
  place: Place & { token: string },
  text: MarkedText,
  clock: Clock,
  say: (line: string) => void,
): Promise<"created" | "updated"> {
  const requests = new HostRequests(place, place.token, clock);
  for (let attempt = 1; ; attempt++) {
    try {
      // Each attempt looks first: a comment whose reply was lost stands there.
      return await writeOnce(place, text, requests);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      const delay = retryDelay(error, "read", attempt, new Date(clock.now()), Math.random());
      if (delay === undefined) throw error;
      say(
        `${place.host.name} did not answer as it should (${error.message}). Again in ${Math.ceil(delay / 1000)} s.`,
      );
      await sleep(clock, delay);
    }
  }
}

async function writeOnce(
  place: Place,
  text: MarkedText,
  requests: HostRequests,
): Promise<"created" | "updated"> {
  const { host } = place;
  const id = await ownComment(place, text.mark, requests);
  const content = { body: text.body };
  if (id === undefined) await requests.send("POST", host.commentsPath(place), content);
  else await requests.send(host.updateMethod, host.commentPath(place, id), content);
  return id === undefined ? "created" : "updated";
}

/** The oldest of ours. Anybody can write the mark, so that the author counts as well. */
async function ownComment(place: Place, mark: string, requests: HostRequests): Promise<number | undefined> {
  const { host } = place;
  let isOwn: ((comment: Comment) => boolean) | undefined;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const path = `${host.commentsPath(place)}?sort=asc&per_page=${PER_PAGE}&page=${page}`;
    const { json, hasNext } = await requests.send("GET", path);
    if (!Array.isArray(json)) throw new HostError("unusable-reply", "the list of comments is no list");
    for (const row of json) {
      const comment = host.readComment(row);
      if (!comment?.body.startsWith(mark)) continue;
      isOwn ??= await authorship(place, requests);
      if (isOwn(comment)) return comment.id;
    }
    if (!hasNext) break;
  }
  return undefined;
}

/** An app's token (that of GitHub Actions is one) may not ask who it is; a person cannot be taken for an app. */
async function authorship(place: Place, requests: HostRequests): Promise<(comment: Comment) => boolean> {
  try {
    const { json } = await requests.send("GET", "/user");
    const user = place.host.readUser(json);
    return ({ author }) => author === user;
  } catch (error) {
    if (error instanceof HostError && error.reason === "rejected" && error.status === 403)
      return ({ byApp }) => byApp;
    throw error;
  }
}
