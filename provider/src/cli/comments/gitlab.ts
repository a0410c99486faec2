import { z } from "zod";
import type { Host } from "./host";

const note = z.object({ id: z.number(), body: z.string(), author: z.object({ id: z.number() }) });
const user = z.object({ id: z.number() });

/** https://docs.gitlab.com/api/notes/#merge-requests */
export const GITLAB: Host = {
  name: "GitLab",
  change: "merge request",
  defaultTokenEnv: "GITLAB_TOKEN",
  headers: (token) => ({ "PRIVATE-TOKEN": token, Accept: "application/json" }),
  commentsPath: ({ repository, request }) =>
    `/projects/${encodeURIComponent(repository)}/merge_requests/${request}/notes`,
  commentPath: (place, id) => `${GITLAB.commentsPath(place)}/${id}`,
  updateMethod: "PUT",
  readComment(row) {
    const { data } = note.safeParse(row);
    return data && { id: data.id, body: data.body, author: String(data.author.id), byApp: false };
  },
  readUser(json) {
    const { data } = user.safeParse(json);
    return data && String(data.id);
  },
  permission:
    "Use a project access token with the scope `api` and the role Reporter: GitLab lets no job token comment.",
};
