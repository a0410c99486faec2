import { z } from "zod";

/** Where a review is discussed: one pull request of GitHub, or one merge request of GitLab. */
export interface Target {
  forge: Forge;
  /** Without a slash at its end: `https://api.github.com`, `https://gitlab.com/api/v4`. */
  apiUrl: string;
  /** `acme/people`; on GitLab also the project's number. */
  repository: string;
  /** The pull request's number; on GitLab the merge request's `iid`. */
  request: number;
  /** Undefined: the run has none, as in a fork. */
  token: string | undefined;
  /** The variable that holds the token, for messages. */
  tokenEnv: string;
  /** Why the run's token may only read, as far as the runner says it: such a run may not comment. */
  readOnly?: "fork" | "dependabot";
}

/** A comment of a pull request, as far as it is read. */
export interface ForgeComment {
  id: number;
  body: string;
  author: string;
  /** Whether an app wrote it, which cannot ask who it is. */
  byApp: boolean;
}

/** What differs between the APIs of GitHub and GitLab. */
export interface Forge {
  name: string;
  /** What a change is called there. */
  change: string;
  defaultTokenEnv: string;
  headers(token: string): Record<string, string>;
  /** The list of comments, and where a new one is posted. */
  commentsPath(target: Target): string;
  commentPath(target: Target, id: number): string;
  updateMethod: "PATCH" | "PUT";
  /** Undefined if the row cannot be read. */
  parseComment(row: unknown): ForgeComment | undefined;
  /** Whose token it is, by the answer of `GET /user`, as `author` has it. */
  parseUser(json: unknown): string | undefined;
  /** A sentence: what a token needs so that it may comment. */
  permission: string;
}

const githubComment = z.object({
  id: z.number(),
  body: z.string().nullish(),
  user: z.object({ login: z.string(), type: z.string() }),
});
const githubUser = z.object({ login: z.string() });

/** https://docs.github.com/rest/issues/comments: a pull request's comments are those of its issue, oldest first. */
export const GITHUB: Forge = {
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
  parseComment(row) {
    const { data } = githubComment.safeParse(row);
    return (
      data && { id: data.id, body: data.body ?? "", author: data.user.login, byApp: data.user.type === "Bot" }
    );
  },
  parseUser: (json) => githubUser.safeParse(json).data?.login,
  permission: "Give the job the permission `pull-requests: write`.",
};

const gitlabNote = z.object({ id: z.number(), body: z.string(), author: z.object({ id: z.number() }) });
const gitlabUser = z.object({ id: z.number() });

/** https://docs.gitlab.com/api/notes/#merge-requests */
export const GITLAB: Forge = {
  name: "GitLab",
  change: "merge request",
  defaultTokenEnv: "GITLAB_TOKEN",
  headers: (token) => ({ "PRIVATE-TOKEN": token, Accept: "application/json" }),
  commentsPath: ({ repository, request }) =>
    `/projects/${encodeURIComponent(repository)}/merge_requests/${request}/notes`,
  commentPath: (target, id) => `${GITLAB.commentsPath(target)}/${id}`,
  updateMethod: "PUT",
  parseComment(row) {
    const { data } = gitlabNote.safeParse(row);
    return data && { id: data.id, body: data.body, author: String(data.author.id), byApp: false };
  },
  parseUser(json) {
    const { data } = gitlabUser.safeParse(json);
    return data && String(data.id);
  },
  permission:
    "Use a project access token with the scope `api` and the role Reporter: GitLab lets no job token comment.",
};
