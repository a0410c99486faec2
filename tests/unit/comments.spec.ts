import assert from "node:assert/strict";
import {
  GITHUB,
  GITLAB,
  parseTarget,
  type Target,
  type TargetFlags,
} from "../../provider/src/cli/comments/github-or-gitlab";
import {
  classifyReply,
  explainForgeFailure,
  explainReadOnly,
  isReadOnlyRefusal,
} from "../../provider/src/cli/comments/requests";
import { toComment } from "../../provider/src/cli/comments/upsert-comment";
import type { FailureReason } from "../../provider/src/client/errors";
import { stackIn } from "../../provider/src/review/preview-json";
import { UserError } from "../../provider/src/user-error";

type Env = Record<string, string | undefined>;
const [GITHUB_API, GITLAB_API] = ["https://api.github.com", "https://gitlab.acme.com/api/v4"];
const GITHUB_ENV = { GITHUB_API_URL: GITHUB_API, GITHUB_REPOSITORY: "acme/people", GITHUB_TOKEN: "t" };
const MERGE_REQUEST = { CI_PROJECT_ID: "12", CI_MERGE_REQUEST_IID: "3" };
const GITLAB_ENV = { CI_API_V4_URL: GITLAB_API, ...MERGE_REQUEST, GITLAB_TOKEN: "t" };
const eventOf = (head: string) => {
  const base = { repo: { full_name: "acme/people" } };
  return { pull_request: { number: 3, head: { repo: { full_name: head } }, base } };
};
const EVENT = eventOf("acme/people");
const by = (login: string) => ({ ...EVENT, sender: { login } });
const there = { apiUrl: GITHUB_API, repository: "acme/people", request: 3, token: "t" };
const github = { ...there, readOnly: undefined };
const gitlab = { ...github, apiUrl: GITLAB_API, repository: "12" };
const GITLAB_FORK = {
  CI_PROJECT_ID: "99",
  CI_MERGE_REQUEST_PROJECT_ID: "12",
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "99",
};

describe("where a comment belongs", () => {
  const other = { apiUrl: "https://gitlab.com/api/v4", repository: "acme/sub/people", tokenEnv: "OTHER" };
  const cases: [what: string, flags: TargetFlags, env: Env, event: unknown, target: Partial<Target>][] = [
    ["GitHub's variables", {}, GITHUB_ENV, EVENT, { ...github, tokenEnv: "GITHUB_TOKEN" }],
    ["GitLab's variables", {}, GITLAB_ENV, undefined, { ...gitlab, tokenEnv: "GITLAB_TOKEN" }],
    ["a fork on GitHub", {}, GITHUB_ENV, eventOf("eve/people"), { ...github, readOnly: "fork" }],
    ["Dependabot's run", {}, GITHUB_ENV, by("dependabot[bot]"), { ...github, readOnly: "dependabot" }],
    ["a fork on GitLab", {}, { ...GITLAB_ENV, ...GITLAB_FORK }, undefined, { ...gitlab, readOnly: "fork" }],
    [
      "flags, before the environment",
      { host: "gitlab", pullRequest: 9, ...other },
      { ...GITHUB_ENV, ...GITLAB_ENV, OTHER: " other " },
      EVENT,
      { ...other, request: 9, token: "other" },
    ],
  ];
  for (const [what, flags, env, event, expected] of cases)
    it(what, () => {
      const target = parseTarget(flags, env, event);
      const seen = Object.fromEntries(Object.keys(expected).map((key) => [key, target[key as keyof Target]]));
      assert.deepEqual(seen, expected);
    });

  const broken = { ...GITHUB_ENV, GITHUB_TOKEN: "sec\nret" };
  const clear = { apiUrl: "http://github.acme.com" };
  const refused: [what: string, flags: TargetFlags, env: Env, event: unknown, message: RegExp][] = [
    ["nothing", {}, {}, undefined, /^There is nowhere to comment: .* --host github or --host gitlab\.$/],
    ["no address", { host: "gitlab", pullRequest: 3 }, {}, undefined, /API is not known\. Set .* --api-url/],
    ["a password", { apiUrl: "https://a:secret@github.com" }, GITHUB_ENV, EVENT, /without a password/],
    ["plain http", clear, GITHUB_ENV, EVENT, /the token unencrypted to github\.acme\.com/],
    ["a token of two lines", {}, broken, EVENT, /^The token in GITHUB_TOKEN cannot be sent: it has a space/],
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

const NOW = new Date("2026-11-28T12:00:00Z");

describe("a reply of a forge", () => {
  const inSeconds = (seconds: number) => `${NOW.getTime() / 1000 + seconds}`;
  const found = (status: number, headers: Record<string, string>, json?: unknown) =>
    classifyReply({ status, headers: new Headers(headers), json, body: "{}" }, NOW);

  it("may be a limit, which says until when", () => {
    const github = { "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": inSeconds(90) };
    assert.deepEqual(found(403, github, {})?.retryAt, new Date(NOW.getTime() + 90_000));
    const gitlab = found(429, { "RateLimit-Reset": inSeconds(45) }, {});
    assert.deepEqual([gitlab?.reason, gitlab?.retryAt], ["rate-limit", new Date(NOW.getTime() + 45_000)]);
  });

  it("may refuse the token, or be a success that is no JSON", () => {
    assert.equal(found(403, { "X-RateLimit-Remaining": "4999" }, {})?.reason, "rejected");
    assert.equal(found(200, {})?.reason, "unusable-reply");
  });
});

describe("what is said of a comment that could not be written", () => {
  type Failure = { reason: FailureReason; text: string; status?: number; retryAt?: Date };
  const rejected = (text: string, status: number): Failure => ({ reason: "rejected", text, status });
  const onGitHub = { ...there, forge: GITHUB, tokenEnv: "GITHUB_TOKEN" };
  const byJob = { ...onGitHub, forge: GITLAB, tokenEnv: "CI_JOB_TOKEN" };
  const fork = { ...onGitHub, readOnly: "fork" } as const;
  const dependabot = { ...onGitHub, readOnly: "dependabot" } as const;

  it("is whose fault it is, and what to do", () => {
    const limit = { reason: "rate-limit", text: "Too many", status: 429, retryAt: NOW } as const;
    assert.match(
      explainForgeFailure(rejected("Bad credentials", 401), onGitHub),
      /^GitHub does not accept the token in GITHUB_TOKEN \(401: Bad credentials\), .* Set a valid one\.$/,
    );
    assert.match(
      explainForgeFailure(rejected("Forbidden", 403), byJob),
      / project access token .* lets no job token comment\.$/,
    );
    assert.match(explainForgeFailure(limit, onGitHub), / until 2026-11-28T12:00:00\.000Z \(429: Too many\)/);
  });

  it("is a refusal to a run that may only read, or any other failure", () => {
    const is = (target: Target, reason: FailureReason, status: number) =>
      isReadOnlyRefusal(target, { reason, status });
    assert.ok(is(fork, "rejected", 403) && is(dependabot, "rejected", 403));
    assert.match(explainReadOnly(dependabot), /^Dependabot started this run, .* output only\.$/);
    assert.ok(!is(onGitHub, "rejected", 403) && !is(fork, "rejected", 401) && !is(fork, "rate-limit", 403));
  });
});

describe("the text of a comment", () => {
  it("has a mark that readers do not see, and the stack", () =>
    assert.deepEqual(toComment("### Review\n", "acme/people/prod"), {
      marker: "<!-- pulumi-headshotpro review acme%2Fpeople%2Fprod -->",
      body: "<!-- pulumi-headshotpro review acme%2Fpeople%2Fprod -->\n### Review\n\nStack: `acme/people/prod`\n",
    }));

  it("has a mark that ends where it should, whatever the stack is called", () => {
    const { marker } = toComment("", "--><img src=x>");
    assert.equal(marker.indexOf("-->"), marker.length - 3);
    assert.notEqual(toComment("", "a").marker, toComment("", "a b").marker);
    assert.ok(!toComment("", "ab").marker.startsWith(toComment("", "a").marker));
  });
});

it("the stack of a preview is that of its steps, or of what failed", () => {
  const urn = "urn:pulumi:prod::people::pulumi:pulumi:Stack::people-prod";
  const error = { severity: "error", message: "no" };
  assert.equal(stackIn({ steps: [], diagnostics: [error] }), undefined);
  assert.equal(stackIn({ steps: [], diagnostics: [error, { ...error, urn }] }), "people/prod");
  const step = { op: "same", urn, diffReasons: [], replaceReasons: [] };
  assert.equal(stackIn({ steps: [step], diagnostics: [] }), "people/prod");
});
