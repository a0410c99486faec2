import assert from "node:assert/strict";
import {
  classifyReply,
  explainForgeFailure,
  explainReadOnly,
  isReadOnlyRefusal,
} from "../../provider/src/cli/comments/requests";
import { GITHUB, GITLAB } from "../../provider/src/cli/comments/target";
import type { FailureReason } from "../../provider/src/client/errors";

const NOW = new Date("2026-11-28T12:00:00Z");
const SECONDS = NOW.getTime() / 1000;

function failure(status: number, headers: Record<string, string> = {}) {
  const found = classifyReply({ status, headers: new Headers(headers), json: {}, body: "{}" }, NOW);
  return (
    found && [found.reason, ...(found.retryAt ? [(found.retryAt.getTime() - NOW.getTime()) / 1000] : [])]
  );
}

describe("a reply of a forge", () => {
  const cases: [what: string, failure: unknown, expected: unknown][] = [
    ["a success", failure(201), undefined],
    ["a token that is none", failure(401), ["rejected"]],
    ["a token that may not", failure(403, { "X-RateLimit-Remaining": "4999" }), ["rejected"]],
    ["too many requests", failure(429), ["rate-limit"]],
    ["too many, with a pause", failure(429, { "Retry-After": "60" }), ["rate-limit", 60]],
    ["GitHub's second limit", failure(403, { "Retry-After": "30" }), ["rate-limit", 30]],
    [
      "GitHub's first limit",
      failure(403, { "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": `${SECONDS + 90}` }),
      ["rate-limit", 90],
    ],
    ["GitLab's limit", failure(429, { "RateLimit-Reset": `${SECONDS + 45}` }), ["rate-limit", 45]],
    ["a gateway", failure(502), ["server"]],
    ["a redirect", failure(301), ["rejected"]],
  ];
  for (const [what, seen, expected] of cases) it(what, () => assert.deepEqual(seen, expected));

  it("that is a success, but no JSON, is of no use", () => {
    const reply = { status: 200, headers: new Headers(), json: undefined, body: "<p>" };
    assert.equal(classifyReply(reply, NOW)?.reason, "unusable-reply");
  });
});

describe("what is said of a comment that could not be written", () => {
  const failed = (reason: FailureReason, text: string, status?: number, retryAt?: Date) => ({
    reason,
    text,
    status,
    retryAt,
  });
  const target = {
    forge: GITHUB,
    apiUrl: "https://api.github.com",
    repository: "acme/people",
    request: 3,
    token: "t",
    tokenEnv: "GITHUB_TOKEN",
  };
  const cases: [what: string, said: string, expected: RegExp][] = [
    [
      "a wrong token",
      explainForgeFailure(failed("rejected", "Bad credentials", 401), target),
      /^GitHub does not accept the token in GITHUB_TOKEN \(401: Bad credentials\), .* Set a valid one\.$/,
    ],
    [
      "a token that may only read",
      explainForgeFailure(failed("rejected", "Resource not accessible", 403), target),
      /does not let the token in GITHUB_TOKEN comment on pull request 3 of acme\/people .*`pull-requests: write`\.$/,
    ],
    [
      "a job token",
      explainForgeFailure(failed("rejected", "Forbidden", 403), {
        ...target,
        forge: GITLAB,
        tokenEnv: "CI_JOB_TOKEN",
      }),
      /the token in CI_JOB_TOKEN comment on merge request 3 .* project access token .* lets no job token comment\.$/,
    ],
    [
      "another repository",
      explainForgeFailure(failed("rejected", "Not Found", 404), target),
      /^GitHub has no pull request 3 of acme\/people that the token .* Correct --repository and --pull-request/,
    ],
    [
      "a long limit",
      explainForgeFailure(failed("rate-limit", "Too many", 429, NOW), target),
      /accepts no more requests .* until 2026-11-28T12:00:00\.000Z \(429: Too many\), .* Run the job again later\.$/,
    ],
    [
      "no network",
      explainForgeFailure(failed("no-reply", "getaddrinfo ENOTFOUND"), target),
      /\(getaddrinfo ENOTFOUND\)\. Run the job again; .* check https:\/\/api\.github\.com\.$/,
    ],
  ];
  for (const [what, said, expected] of cases) it(what, () => assert.match(said, expected));

  it("is another thing if the run may only read", () => {
    const refused = failed("rejected", "", 403);
    assert.equal(isReadOnlyRefusal({ ...target, readOnly: "fork" }, refused), true);
    assert.equal(isReadOnlyRefusal({ ...target, readOnly: "dependabot" }, refused), true);
    assert.equal(isReadOnlyRefusal(target, refused), false);
    assert.match(
      explainReadOnly({ ...target, readOnly: "fork" }),
      /^The pull request comes from a fork, whose runs may not comment on GitHub: the review is in the job's output/,
    );
    assert.match(
      explainReadOnly({ ...target, readOnly: "dependabot" }),
      /^Dependabot started this run, .* output only\.$/,
    );
    assert.equal(isReadOnlyRefusal({ ...target, readOnly: "fork" }, failed("rejected", "", 401)), false);
    assert.equal(isReadOnlyRefusal({ ...target, readOnly: "fork" }, failed("rate-limit", "", 403)), false);
  });
});
