import { z } from "zod";
import type { Host } from "./host";

const comment = z.object({
  id: z.number(),
  body: z.string().nullish(),
  user: z.object({ login: z.string(), type: z.string() }),
});
const user = z.object({ login: z.string() });

/** https://docs.github.com/rest/issues/comments: a pull request's comments are those of its issue. */
export const GITHUB: Host = {
  name: "GitHub",
  change: "pull request",
  defaultTokenEnv: "GITHUB_TOKEN",
  headers: (token) => ({
    Authorization: `Bearer ${token}`,
    Accept: "application/vnd.github+json",
    "X-GitHub-Api-Version": "2022-11-28",
  }),
  commentsPath: ({ repository, request }) => `/repos/${repository}/issues/${request}/comments`,
  commentPath: ({ repository }, id) => `/repos/${repository}/issues/comments/${id}`,
  updateMethod: "PATCH",
  readComment(row) {
    const { data } = comment.safeParse(row);
    return (
      data && { id: data.id, body: data.body ?? "", author: data.user.login, byApp: data.user.type === "Bot" }
    );
  },
  readUser: (json) => user.safeParse(json).data?.login,
  permission: "Give the job the permission `pull-requests: write`.",
};
