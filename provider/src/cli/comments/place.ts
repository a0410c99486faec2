import { z } from "zod";
import { isLoopback, keyProblem } from "../../client/endpoint";
import { GITHUB } from "./github";
import { GITLAB } from "./gitlab";
import type { Host, Place } from "./host";

/** What somebody says on the command line, which wins over the environment. */
export interface PlaceFlags {
  host?: "github" | "gitlab";
  apiUrl?: string;
  repository?: string;
  pullRequest?: number;
  tokenEnv?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** What is wrong with a place, and what to do: a sentence. It quotes no token. */
export class PlaceError extends Error {}

/**
 * Where the comment belongs, by the variables that GitHub Actions and GitLab CI set.
 *
 * @param event what the file of `GITHUB_EVENT_PATH` has in it, if it can be read
 * @throws PlaceError
 */
export function placeFrom(flags: PlaceFlags, env: Env, event: unknown): Place {
  const host = hostFrom(flags, env);
  const found = host === GITHUB ? onGithub(env, event) : onGitlab(env);
  const request = flags.pullRequest ?? found.request;
  if (request === undefined)
    throw new PlaceError(
      `This run is about no ${host.change}, so there is nothing to comment on. Run it for one, or name it: --pull-request NUMBER.`,
    );
  const tokenEnv = flags.tokenEnv ?? host.defaultTokenEnv;
  return {
    host,
    apiUrl: apiUrlFrom(flags.apiUrl ?? found.apiUrl, host),
    repository: repositoryFrom(flags.repository ?? found.repository, host),
    request,
    token: tokenFrom(env[tokenEnv]?.trim(), tokenEnv, host, found.fork),
    tokenEnv,
    fork: found.fork,
  };
}

function hostFrom({ host }: PlaceFlags, env: Env): Host {
  if (host !== undefined) return host === "github" ? GITHUB : GITLAB;
  if (env.GITHUB_REPOSITORY) return GITHUB;
  if (env.CI_PROJECT_ID) return GITLAB;
  throw new PlaceError(
    "There is nowhere to comment: this is neither GitHub Actions nor GitLab CI. Name the host: --host github or --host gitlab.",
  );
}

interface Found {
  apiUrl?: string;
  repository?: string;
  request?: number;
  fork: boolean;
}

const repo = z.object({ full_name: z.string() });
const githubEvent = z.object({
  pull_request: z.object({
    number: z.number(),
    // The fork may be deleted by now.
    head: z.object({ repo: repo.nullable() }),
    base: z.object({ repo }),
  }),
});

function onGithub(env: Env, event: unknown): Found {
  const change = githubEvent.safeParse(event).data?.pull_request;
  return {
    apiUrl: env.GITHUB_API_URL,
    repository: env.GITHUB_REPOSITORY,
    request: change?.number,
    fork: change !== undefined && change.head.repo?.full_name !== change.base.repo.full_name,
  };
}

function onGitlab(env: Env): Found {
  const request = Number(env.CI_MERGE_REQUEST_IID);
  return {
    apiUrl: env.CI_API_V4_URL,
    // A fork's pipeline runs in the fork, and its merge request stands elsewhere.
    repository: env.CI_MERGE_REQUEST_PROJECT_ID || env.CI_PROJECT_ID,
    request: Number.isInteger(request) && request > 0 ? request : undefined,
    fork: env.CI_MERGE_REQUEST_SOURCE_PROJECT_ID !== env.CI_MERGE_REQUEST_PROJECT_ID,
  };
}

function apiUrlFrom(text: string | undefined, { name }: Host): string {
  const wanted = `Set the address of ${name}'s API with --api-url, such as https://api.github.com or https://gitlab.com/api/v4.`;
  if (!text) throw new PlaceError(`The address of ${name}'s API is not known. ${wanted}`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password || url.search || url.hash)
    throw new PlaceError(
      `The address of ${name}'s API cannot be used: it has to be a URL without a password or a query. ${wanted}`,
    );
  // The token travels in a header of every request.
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname)))
    throw new PlaceError(
      `The address of ${name}'s API cannot be used: it would send the token unencrypted to ${url.hostname}. ${wanted}`,
    );
  return url.origin + url.pathname.replace(/\/+$/, "");
}

function repositoryFrom(text: string | undefined, host: Host): string {
  const isOne = host === GITHUB ? /^[\w.-]+\/[\w.-]+$/ : /^(\d+|[\w.-]+(\/[\w.-]+)+)$/;
  if (text && isOne.test(text)) return text;
  const said = text
    ? `${JSON.stringify(text)} is no repository of ${host.name}`
    : "The repository is not known";
  throw new PlaceError(`${said}. Name it: --repository acme/people.`);
}

function tokenFrom(
  token: string | undefined,
  tokenEnv: string,
  host: Host,
  fork: boolean,
): string | undefined {
  if (!token) {
    if (fork) return undefined;
    throw new PlaceError(
      `There is no token for ${host.name}: set ${tokenEnv} in the environment. ${host.permission}`,
    );
  }
  const problem = keyProblem(token);
  if (problem !== undefined) throw new PlaceError(`The token in ${tokenEnv} cannot be sent: ${problem}.`);
  return token;
}
