import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { parse } from "yaml";
import { organizationForEach } from "../support/organization";
import { ReviewHost, runnerOf } from "../support/review-host";

const ROOT = resolve(__dirname, "../..");
const EXAMPLE = join(ROOT, "examples/pull-request");
const HEADSHOTS = readFileSync(join(ROOT, "tests/fixtures/previews/headshots.json"), "utf8");

interface Job {
  if?: string;
  permissions?: Record<string, string>;
  steps: { uses?: string; run?: string; env?: Record<string, string> }[];
}
const github: { permissions: object; concurrency: object; jobs: Record<"review" | "up", Job> } = parse(
  readFileSync(join(EXAMPLE, "github-workflow.yml"), "utf8"),
);
const weekly: typeof github = parse(readFileSync(join(EXAMPLE, "github-weekly-report.yml"), "utf8"));
const gitlab: Record<"review" | "up", { script: string[]; resource_group?: string }> = parse(
  readFileSync(join(EXAMPLE, "gitlab-ci.yml"), "utf8"),
);
const REVIEWS = {
  github: github.jobs.review.steps.flatMap(({ run }) => run ?? []).join("\n"),
  gitlab: gitlab.review.script.join("\n"),
};
const MARK = "<!-- pulumi-headshotpro review test -->\n";

/** The command as it is compiled stands in for the installed one; what needs the network, for itself. */
const STAND_INS = `
npx() { shift; node "$COMMAND" "$@"; }
npm() { :; }
`;
const COMMAND = join(ROOT, "provider/dist/cli/command.js");

/** Runs a workflow's shell lines as its runner does. */
async function runScript(script: string, cwd: string, env: Record<string, string | undefined> = {}) {
  const child = spawn("bash", ["-e", "-c", STAND_INS + script], {
    cwd,
    env: { ...process.env, COMMAND, STACK: "test", ...env },
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (data) => (said += data));
  child.stdout.setEncoding("utf8").on("data", (data) => (said += data));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, said };
}

describe("a preview of the real engine, reviewed by the workflow's own lines", () => {
  const person = (name: string, args = "") =>
    `new HeadshotInvite("${name}", { email: "${name}@acme.com"${args} });\n`;
  const organization = organizationForEach({ program: person("expired") });

  it("tells who is invited, revoked, moved and invited again, and e-mails nobody", async () => {
    const { emulator, stack } = organization;
    emulator.clock.advance({ days: -31 });
    await stack.mustUp();
    emulator.clock.reset();
    await stack.upTo(
      person("expired", ", maxRenewals: 0") + person("removed") + person("moved", ', teamId: "team_abc123"'),
    );
    await stack.setProgram(person("expired") + person("moved", ', teamId: "team_xyz789"') + person("new"));
    const before = emulator.requests.length;
    const host = await ReviewHost.start("github");
    try {
      const env = { ...stack.environment(), ...runnerOf(host, stack.directory) };
      const { code, said } = await runScript(REVIEWS.github, stack.project, env);
      assert.equal(code, 0, said);
    } finally {
      await host.close();
    }
    const asked = emulator.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
    // Once in a run, before anybody is revoked in order to be sent again.
    assert.deepEqual(asked.sort(), ["GET /api/v2/organization", "GET /api/v2/organization/credits"]);
    const [review = ""] = host.bodies;
    assert.equal(
      `${MARK}${readFileSync(join(stack.directory, "summary.md"), "utf8")}Stack: \`test\`\n`,
      review,
    );
    assert.match(review, /: 3 people will be e-mailed, 1 loses an unused invite, nobody loses headshots\n/);
    assert.match(review, /#### Revoked \(1\)[^#]*`removed@acme\.com` \| `pending`/);
    assert.match(review, /#### Moved [^#]*`moved@acme\.com` \| `team_abc123` \| `team_xyz789`/);
    assert.match(review, /#### Invited \(1\)[^#]*`new@acme\.com`/);
    assert.match(review, /#### Sent again \(1\)[^#]*`expired@acme\.com` \| expired unused on /);
    assert.doesNotMatch(review, /secret\]|http/);
  });
});

describe("the workflows of examples/pull-request", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "headshotpro-review-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A `pulumi` that previews as it is told. */
  async function pulumiThatWrites(text: string): Promise<Record<string, string>> {
    await mkdir(join(folder, "bin"));
    await writeFile(join(folder, "said"), text);
    await writeFile(join(folder, "bin/pulumi"), '#!/bin/sh\ncat "$(dirname "$0")/../said"\nexit 1\n', {
      mode: 0o755,
    });
    return { PATH: `${folder}/bin:${process.env.PATH}` };
  }

  for (const kind of ["github", "gitlab"] as const)
    it(`${kind}'s makes one comment, and is red if a human is needed`, async () => {
      const host = await ReviewHost.start(kind);
      try {
        host.add("Looks good");
        const env = { ...(await pulumiThatWrites(HEADSHOTS)), ...runnerOf(host, folder) };
        const needed = await runScript(REVIEWS[kind], folder, env);
        assert.equal(needed.code, 1, needed.said);
        assert.deepEqual([host.bodies.length, host.bodies[1]?.startsWith(MARK)], [2, true]);
        assert.match(host.bodies[1] ?? "", /headshots for good/);
      } finally {
        await host.close();
      }
    });

  it("GitHub's have least permissions, pinned actions, and no secret if it is not used", () => {
    for (const { permissions } of [github, weekly]) assert.deepEqual(permissions, { contents: "read" });
    assert.deepEqual(github.jobs.review.permissions, { contents: "read", "pull-requests": "write" });
    assert.equal(github.jobs.up.permissions, undefined);
    assert.match(github.jobs.review.if ?? "", /!github\.event\.pull_request\.head\.repo\.fork/);
    // One `up` at a time, of the main branch.
    assert.ok("group" in github.concurrency);
    assert.equal(gitlab.up.resource_group, "people");
    assert.match(github.jobs.up.if ?? "", /== 'push'/);
    for (const { uses, run, env } of [github, weekly].flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ steps }) => steps),
    )) {
      if (uses) assert.match(uses, /^(actions|pulumi)\/[a-z-]+@v\d+$/);
      // An expression in a script would let a pull request's title run as one.
      assert.doesNotMatch(run ?? "", /\$\{\{/);
      if (JSON.stringify(env ?? {}).includes("secrets."))
        assert.match(run ?? "", /pulumi (preview|up) |headshotpro status /);
    }
  });

  it("the weekly one's summary has the drift, and who has not answered for two weeks, who turn it red", async () => {
    const emulator = await startEmulator();
    try {
      emulator.clock.set("2026-01-05T09:00:00Z");
      emulator.inviteByHand({ email: "ada@acme.com" });
      emulator.clock.reset();
      const summary = join(folder, "summary.md");
      const env = {
        ...(await pulumiThatWrites(JSON.stringify({ steps: [], changeSummary: {}, diagnostics: [] }))),
        ...{ HEADSHOTPRO_API_KEY: emulator.apiKey, HEADSHOTPRO_BASE_URL: emulator.url },
        GITHUB_STEP_SUMMARY: summary,
      };
      const lines = Object.values(weekly.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
      const ended = await runScript(lines.join("\n"), folder, env);
      assert.equal(ended.code, 1, ended.said);
      const text = readFileSync(summary, "utf8");
      assert.match(text, /^### HeadshotPro: No changes\n/);
      assert.match(text, /#### Not answered \(1\)[^#]*`ada@acme\.com`/);
    } finally {
      await emulator.close();
    }
  });
});
