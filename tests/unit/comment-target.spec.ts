import assert from "node:assert/strict";
import type { Target } from "../../provider/src/cli/comments/target";
import { parseTarget, type TargetFlags } from "../../provider/src/cli/comments/target";
import { UserError } from "../../provider/src/user-error";

type Env = Record<string, string | undefined>;
const GITHUB_ENV = {
  GITHUB_API_URL: "https://api.github.com",
  GITHUB_REPOSITORY: "acme/people",
  GITHUB_TOKEN: "t",
};
const GITLAB_ENV = {
  CI_API_V4_URL: "https://gitlab.acme.com/api/v4",
  CI_PROJECT_ID: "12",
  CI_MERGE_REQUEST_IID: "3",
  GITLAB_TOKEN: "t",
};
const eventOf = (head: string | null) => ({
  pull_request: {
    number: 3,
    head: { repo: head === null ? null : { full_name: head } },
    base: { repo: { full_name: "acme/people" } },
  },
});
const EVENT = eventOf("acme/people");
const github = {
  apiUrl: "https://api.github.com",
  repository: "acme/people",
  request: 3,
  token: "t",
  readOnly: undefined,
};
const gitlab = { ...github, apiUrl: "https://gitlab.acme.com/api/v4", repository: "12" };

describe("where a comment belongs", () => {
  const cases: [what: string, flags: TargetFlags, env: Env, event: unknown, target: Partial<Target>][] = [
    ["GitHub's variables", {}, GITHUB_ENV, EVENT, { ...github, tokenEnv: "GITHUB_TOKEN" }],
    ["GitLab's variables", {}, GITLAB_ENV, undefined, { ...gitlab, tokenEnv: "GITLAB_TOKEN" }],
    [
      "a slash at the end",
      { apiUrl: "https://acme.com/api/v3/" },
      GITHUB_ENV,
      EVENT,
      { apiUrl: "https://acme.com/api/v3" },
    ],
    ["loopback", { apiUrl: "http://127.0.0.1:80" }, GITHUB_ENV, EVENT, { apiUrl: "http://127.0.0.1" }],
    ["a fork on GitHub", {}, GITHUB_ENV, eventOf("eve/people"), { ...github, readOnly: "fork" }],
    ["a fork that is deleted", {}, GITHUB_ENV, eventOf(null), { readOnly: "fork" }],
    [
      "a fork without a token",
      {},
      { ...GITHUB_ENV, GITHUB_TOKEN: "" },
      eventOf("eve/people"),
      { token: undefined },
    ],
    [
      "a run that Dependabot starts",
      {},
      GITHUB_ENV,
      { ...EVENT, sender: { login: "dependabot[bot]" } },
      { ...github, readOnly: "dependabot" },
    ],
    [
      "a run of Dependabot's change that somebody else starts",
      {},
      GITHUB_ENV,
      { ...EVENT, sender: { login: "ada" } },
      { ...github, readOnly: undefined },
    ],
    [
      "a fork's pipeline on GitLab",
      {},
      {
        ...GITLAB_ENV,
        CI_PROJECT_ID: "99",
        CI_MERGE_REQUEST_PROJECT_ID: "12",
        CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "99",
      },
      undefined,
      { ...gitlab, readOnly: "fork" },
    ],
    [
      "flags, before the environment",
      {
        host: "gitlab",
        apiUrl: "https://gitlab.com/api/v4",
        repository: "acme/sub/people",
        pullRequest: 9,
        tokenEnv: "OTHER",
      },
      { ...GITHUB_ENV, ...GITLAB_ENV, OTHER: " other " },
      EVENT,
      {
        apiUrl: "https://gitlab.com/api/v4",
        repository: "acme/sub/people",
        request: 9,
        token: "other",
        tokenEnv: "OTHER",
      },
    ],
  ];
  for (const [what, flags, env, event, expected] of cases)
    it(what, () => {
      const target = parseTarget(flags, env, event);
      const seen = Object.fromEntries(Object.keys(expected).map((key) => [key, target[key as keyof Target]]));
      assert.deepEqual(seen, expected);
    });

  const refused: [what: string, flags: TargetFlags, env: Env, event: unknown, message: RegExp][] = [
    [
      "nothing is set",
      {},
      {},
      undefined,
      /^There is nowhere to comment: .* --host github or --host gitlab\.$/,
    ],
    [
      "a push to GitHub",
      {},
      GITHUB_ENV,
      { ref: "main" },
      /^This run is about no pull request, .* --pull-request NUMBER\.$/,
    ],
    [
      "a branch of GitLab",
      {},
      { ...GITLAB_ENV, CI_MERGE_REQUEST_IID: "" },
      undefined,
      /about no merge request/,
    ],
    [
      "no address",
      { host: "gitlab", pullRequest: 3 },
      {},
      undefined,
      /address of GitLab's API is not known\. Set .* --api-url/,
    ],
    ["no URL", { apiUrl: "github" }, GITHUB_ENV, EVENT, /has to be a URL/],
    ["a password", { apiUrl: "https://a:secret@github.com" }, GITHUB_ENV, EVENT, /without a password/],
    [
      "plain http",
      { apiUrl: "http://github.acme.com" },
      GITHUB_ENV,
      EVENT,
      /the token unencrypted to github\.acme\.com/,
    ],
    [
      "a repository that leads elsewhere",
      { repository: "../../user" },
      GITHUB_ENV,
      EVENT,
      /"..\/..\/user" is no repository of GitHub/,
    ],
    [
      "no token",
      {},
      { ...GITHUB_ENV, GITHUB_TOKEN: undefined },
      EVENT,
      /set GITHUB_TOKEN in the environment.*pull-requests: write/,
    ],
    [
      "a token that breaks a line",
      {},
      { ...GITHUB_ENV, GITHUB_TOKEN: "sec\nret" },
      EVENT,
      /^The token in GITHUB_TOKEN cannot be sent: it has a space/,
    ],
  ];
  for (const [what, flags, env, event, message] of refused)
    it(`${what}: refused`, () =>
      assert.throws(
        () => parseTarget(flags, env, event),
        (error: Error) => {
          assert.ok(error instanceof UserError);
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /sec\s*ret/);
          return true;
        },
      ));
});
