import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { organizationForEach } from "../support/organization";

const ROOT = resolve(__dirname, "../..");
const EXAMPLE = join(ROOT, "examples/pull-request");
const HEADSHOTS = readFileSync(join(ROOT, "tests/fixtures/previews/headshots.json"), "utf8");

interface Job {
  if?: string;
  permissions?: Record<string, string>;
  steps: { id?: string; name?: string; uses?: string; run?: string; env?: Record<string, string> }[];
}
const github: { permissions: object; concurrency: object; jobs: Record<"review" | "up", Job> } = parse(
  readFileSync(join(EXAMPLE, "github-workflow.yml"), "utf8"),
);
const gitlab: Record<"review" | "up", { script: string[]; resource_group?: string }> = parse(
  readFileSync(join(EXAMPLE, "gitlab-ci.yml"), "utf8"),
);
const githubReview = github.jobs.review.steps.find(({ id }) => id === "review")?.run ?? assert.fail();

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
  child.stderr.on("data", (data) => (said += data));
  child.stdout.on("data", (data) => (said += data));
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
    await stack.must("up", "--yes", "--skip-preview");
    emulator.clock.reset();
    await stack.setProgram(
      person("expired", ", maxRenewals: 0") + person("removed") + person("moved", ', teamId: "team_abc123"'),
    );
    await stack.must("up", "--yes", "--skip-preview");
    await stack.setProgram(person("expired") + person("moved", ', teamId: "team_xyz789"') + person("new"));
    const before = emulator.requests.length;
    const output = join(stack.directory, "output");
    const { code, said } = await runScript(githubReview, stack.project, {
      ...stack.environment(),
      GITHUB_OUTPUT: output,
    });
    assert.equal(code, 0, said);
    assert.equal(emulator.requests.length, before, "a preview makes no request");
    assert.equal(await readFile(output, "utf8"), "code=0\n");
    const review = await readFile(join(stack.project, "review.md"), "utf8");
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
    return { PATH: `${folder}/bin:${process.env.PATH}`, GITHUB_OUTPUT: join(folder, "output") };
  }

  it("GitHub's goes on to comment if a human is needed, and stops if there is nothing to read", async () => {
    const env = await pulumiThatWrites(HEADSHOTS);
    const needed = await runScript(githubReview, folder, env);
    assert.equal(needed.code, 0, needed.said);
    assert.equal(await readFile(join(folder, "output"), "utf8"), "code=1\n");
    assert.match(await readFile(join(folder, "review.md"), "utf8"), /headshots for good/);
    await writeFile(join(folder, "said"), "");
    const nothing = await runScript(githubReview, folder, env);
    assert.notEqual(nothing.code, 0);
    assert.match(nothing.said, /The preview is empty/);
  });

  it("GitHub's has least permissions, pinned actions, and no secret if it is not used", () => {
    assert.deepEqual(github.permissions, { contents: "read" });
    assert.deepEqual(github.jobs.review.permissions, { contents: "read", "pull-requests": "write" });
    assert.equal(github.jobs.up.permissions, undefined);
    assert.match(github.jobs.review.if ?? "", /!github\.event\.pull_request\.head\.repo\.fork/);
    assert.ok("group" in github.concurrency);
    for (const { uses, run, env } of Object.values(github.jobs).flatMap(({ steps }) => steps)) {
      if (uses) assert.match(uses, /^(actions|pulumi)\/[a-z-]+@v\d+$/);
      // An expression in a script would let a pull request's title run as one.
      assert.doesNotMatch(run ?? "", /\$\{\{/);
      if (JSON.stringify(env ?? {}).includes("secrets.")) assert.match(run ?? "", /pulumi (preview|up) /);
    }
  });

  it("GitLab's makes one comment and keeps it up to date; red if a human is needed", async () => {
    const notes: { id: number; body: string }[] = [{ id: 1, body: "Looks good" }];
    const server = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      assert.equal(request.headers["private-token"], "review-token");
      const id = Number(/notes\/(\d+)$/.exec(request.url ?? "")?.[1] ?? 0);
      if (request.method === "POST") notes.push({ id: notes.length + 1, ...JSON.parse(text) });
      if (request.method === "PUT")
        Object.assign(notes.find((note) => note.id === id) ?? {}, JSON.parse(text));
      response.end(JSON.stringify(notes));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    try {
      const env = {
        ...(await pulumiThatWrites(HEADSHOTS)),
        CI_API_V4_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        CI_PROJECT_ID: "7",
        CI_MERGE_REQUEST_IID: "3",
        REVIEW_TOKEN: "review-token",
      };
      await cp(join(EXAMPLE, "gitlab-comment.mjs"), join(folder, "gitlab-comment.mjs"));
      const script = gitlab.review.script.join("\n");
      const first = await runScript(script, folder, env);
      assert.equal(first.code, 1, first.said);
      assert.equal(notes.length, 2);
      await writeFile(join(folder, "said"), JSON.stringify({ steps: [], diagnostics: [] }));
      const second = await runScript(script, folder, env);
      assert.equal(second.code, 0, second.said);
      assert.deepEqual(notes, [
        { id: 1, body: "Looks good" },
        { id: 2, body: "<!-- pulumi-headshotpro review -->\n### HeadshotPro: No changes\n" },
      ]);
    } finally {
      server.close();
    }
  });

  it("run one up at a time, of the main branch", () => {
    assert.equal(gitlab.up.resource_group, "people");
    assert.match(github.jobs.up.if ?? "", /== 'push'/);
    for (const lines of [gitlab.up.script.join("\n"), JSON.stringify(github.jobs.up.steps)])
      assert.match(lines, /pulumi up --yes/);
  });
});
