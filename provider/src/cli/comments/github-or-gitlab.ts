import { z } from "zod";
import { isLoopback, keyProblem } from "../../client/endpoint";
import { UserError } from "../../user-error";

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
  /** A row of the list of comments. */
  comment: z.ZodType<ForgeComment>;
  /** Whose token it is, by the answer of `GET /user`, as `author` has it. */
  user: z.ZodType<string>;
  /** A sentence: what a token needs so that it may comment. */
  permission: string;
}

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
  comment: z
    .object({
      id: z.number(),
      body: z.string().nullish(),
      user: z.object({ login: z.string(), type: z.string() }),
    })
    .transform(({ id, body, user }) => {
      return { id, body: body ?? "", author: user.login, byApp: user.type === "Bot" };
    }),
  user: z.object({ login: z.string() }).transform(({ login }) => login),
  permission: "Give the job the permission `pull-requests: write`.",
};

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
  comment: z
    .object({ id: z.number(), body: z.string(), author: z.object({ id: z.number() }) })
    .transform(({ id, body, author }) => ({ id, body, author: String(author.id), byApp: false })),
  user: z.object({ id: z.number() }).transform(({ id }) => String(id)),
  permission:
    "Use a project access token with the scope `api` and the role Reporter: GitLab lets no job token comment.",
};

/** The options of the command line, which win over the environment. */
export interface TargetFlags {
  host?: "github" | "gitlab";
  apiUrl?: string;
  repository?: string;
  pullRequest?: number;
  tokenEnv?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where the comment belongs, by the variables that GitHub Actions and GitLab CI set.
 *
 * @param event what the file of `GITHUB_EVENT_PATH` has in it, if it can be read
 * @throws UserError
 */
export function parseTarget(flags: TargetFlags, env: Env, event: unknown): Target {
  const forge = chooseForge(flags, env);
  const run = forge === GITHUB ? onGithub(env, event) : onGitlab(env);
  const request = flags.pullRequest ?? run.request;
  if (request === undefined)
    throw new UserError(
      `This run is about no ${forge.change}, so there is nothing to comment on. Run it for one, or name it: --pull-request NUMBER.`,
    );
  const tokenEnv = flags.tokenEnv ?? forge.defaultTokenEnv;
  return {
    forge,
    apiUrl: parseApiUrl(flags.apiUrl ?? run.apiUrl, forge),
    repository: parseRepository(flags.repository ?? run.repository, forge),
    request,
    token: parseToken(env[tokenEnv]?.trim(), tokenEnv, forge, run.readOnly !== undefined),
    tokenEnv,
    readOnly: run.readOnly,
  };
}

function chooseForge({ host }: TargetFlags, env: Env): Forge {
  if (host !== undefined) return host === "github" ? GITHUB : GITLAB;
  if (env.GITHUB_REPOSITORY) return GITHUB;
  if (env.CI_PROJECT_ID) return GITLAB;
  throw new UserError(
    "There is nowhere to comment: this is neither GitHub Actions nor GitLab CI. Name the host: --host github or --host gitlab.",
  );
}

type RunVariables = Partial<Pick<Target, "apiUrl" | "repository" | "request" | "readOnly">>;

const repo = z.object({ full_name: z.string() });
const githubEvent = z.object({
  pull_request: z.object({
    number: z.number(),
    // The fork may be deleted by now.
    head: z.object({ repo: repo.nullable() }),
    base: z.object({ repo }),
  }),
  sender: z.object({ login: z.string() }).optional(),
});

function onGithub(env: Env, event: unknown): RunVariables {
  const { pull_request: change, sender } = githubEvent.safeParse(event).data ?? {};
  const isFork = change !== undefined && change.head.repo?.full_name !== change.base.repo.full_name;
  return {
    apiUrl: env.GITHUB_API_URL,
    repository: env.GITHUB_REPOSITORY,
    request: change?.number,
    // https://docs.github.com/code-security/dependabot: the token of a run that Dependabot starts may only read.
    readOnly: isFork ? "fork" : sender?.login === "dependabot[bot]" ? "dependabot" : undefined,
  };
}

function onGitlab(env: Env): RunVariables {
  const request = Number(env.CI_MERGE_REQUEST_IID);
  return {
    apiUrl: env.CI_API_V4_URL,
    // A fork's pipeline runs in the fork, and its merge request stands elsewhere.
    repository: env.CI_MERGE_REQUEST_PROJECT_ID || env.CI_PROJECT_ID,
    request: Number.isInteger(request) && request > 0 ? request : undefined,
    readOnly: env.CI_MERGE_REQUEST_SOURCE_PROJECT_ID !== env.CI_MERGE_REQUEST_PROJECT_ID ? "fork" : undefined,
  };
}

function parseApiUrl(text: string | undefined, { name }: Forge): string {
  const wanted = `Set the address of ${name}'s API with --api-url, such as https://api.github.com or https://gitlab.com/api/v4.`;
  if (!text) throw new UserError(`The address of ${name}'s API is not known. ${wanted}`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password || url.search || url.hash)
    throw new UserError(
      `The address of ${name}'s API cannot be used: it has to be a URL without a password or a query. ${wanted}`,
    );
  // The token travels in a header of every request.
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname)))
    throw new UserError(
      `The address of ${name}'s API cannot be used: it would send the token unencrypted to ${url.hostname}. ${wanted}`,
    );
  return url.origin + url.pathname.replace(/\/+$/, "");
}

function parseRepository(text: string | undefined, forge: Forge): string {
  const isOne = forge === GITHUB ? /^[\w.-]+\/[\w.-]+$/ : /^(\d+|[\w.-]+(\/[\w.-]+)+)$/;
  if (text && isOne.test(text)) return text;
  const problem = text
    ? `${JSON.stringify(text)} is no repository of ${forge.name}`
    : "The repository is not known";
  throw new UserError(`${problem}. Name it: --repository acme/people.`);
}

function parseToken(
  token: string | undefined,
  tokenEnv: string,
  forge: Forge,
  isReadOnly: boolean,
): string | undefined {
  if (!token && isReadOnly) return undefined;
  if (!token)
    throw new UserError(
      `There is no token for ${forge.name}: set ${tokenEnv} in the environment. ${forge.permission}`,
    );
  const problem = keyProblem(token);
  if (problem !== undefined) throw new UserError(`The token in ${tokenEnv} cannot be sent: ${problem}.`);
  return token;
}
