import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, shell } from "../support/command";
import { behindProxy, HOST, PASSWORDS } from "../support/proxy";
import { ReviewHost, runnerOf } from "../support/review-host";

const PREVIEWS = join(__dirname, "../fixtures/previews");
const review = (name: string) => readFileSync(join(PREVIEWS, `${name}.md`), "utf8");
const MARK = "<!-- pulumi-headshotpro review people%2Ftest -->";
const bodyOf = (name: string) => `${MARK}\n${review(name)}\nStack: \`people/test\`\n`;
const KINDS = ["github", "gitlab"] as const;

describe("cli: review", () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), "headshotpro-review-"));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  it("reads a preview as PowerShell writes it, from a file and from stdin", async () => {
    const preview = readFileSync(join(PREVIEWS, "first-people.json"), "utf8");
    writeFileSync(join(cwd, "preview.json"), `\ufeff${preview}`, "utf16le");
    for (const { code, stdout, stderr } of [
      await run(["review", "preview.json"], { cwd }),
      await shell("cli review < preview.json", { cwd }),
    ])
      assert.deepEqual([code, stdout, stderr], [0, review("first-people"), ""]);
  });

  it("counts the removals for programs, and ends with 1 unless so many are meant", async () => {
    const cut = ["review", join(PREVIEWS, "roster-cut.json")];
    const { code, stdout } = await run([...cut, "--json"]);
    const { needsHuman, removals } = JSON.parse(stdout);
    const counted = { leaving: 4, had: 7, allowed: 3, unseen: 0, destroyed: false, rosters: [] };
    assert.deepEqual([code, needsHuman, removals], [1, true, counted]);
    assert.equal((await run([...cut, "--max-removals", "4"])).code, 0);
  });
});

describe("cli: review --comment", () => {
  let cwd: string;
  let host: ReviewHost;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), "headshotpro-comment-"));
  });
  afterEach(async () => {
    rmSync(cwd, { recursive: true });
    await host.close();
  });

  /** Nothing that is printed has the token in it. */
  async function comment(name: string, env: Record<string, string>, ...args: string[]) {
    const ended = await run(["review", join(PREVIEWS, `${name}.json`), "--comment", ...args], { cwd, env });
    assert.ok(!(ended.stdout + ended.stderr).includes(host.token), ended.stderr);
    return ended;
  }

  for (const kind of KINDS)
    describe(kind, () => {
      const change = kind === "github" ? "pull request" : "merge request";
      beforeEach(async () => {
        host = await ReviewHost.start(kind);
      });

      it("writes one comment, and updates it in place", async () => {
        host.add("Looks good");
        const first = await comment("headshots", runnerOf(host, cwd));
        assert.deepEqual(
          [first.code, first.stdout, first.stderr],
          [1, review("headshots"), `The comment on ${change} 3 of acme/people is created.\n`],
        );
        assert.deepEqual(host.bodies, ["Looks good", bodyOf("headshots")]);
        const second = await comment("first-people", runnerOf(host, cwd));
        assert.deepEqual(
          [second.code, second.stdout, second.stderr],
          [0, review("first-people"), `The comment on ${change} 3 of acme/people is updated.\n`],
        );
        assert.deepEqual(host.bodies, ["Looks good", bodyOf("first-people")]);
      });

      it("of a fork leaves the review to the job's output, with the same exit code", async () => {
        host.mayWrite = false;
        // On GitHub a fork's token may only read, and on GitLab a fork has none.
        const env = { ...runnerOf(host, cwd, true), GITLAB_TOKEN: "" };
        const { code, stdout, stderr } = await comment("headshots", env);
        assert.deepEqual([code, stdout], [1, review("headshots")]);
        assert.match(stderr, /^The (pull|merge) request comes from a fork, whose runs may not comment on /);
        assert.deepEqual(host.comments, []);
      });
    });

  describe("everywhere", () => {
    beforeEach(async () => {
      host = await ReviewHost.start("github");
    });

    it("writes the summary of a GitHub job, whatever becomes of the comment", async () => {
      host.mayWrite = false;
      writeFileSync(join(cwd, "summary.md"), "Before\n");
      const { code, stdout, stderr } = await comment("headshots", runnerOf(host, cwd));
      assert.deepEqual([code, stdout], [3, review("headshots")]);
      assert.match(stderr, /^error: GitHub does not let the token in GITHUB_TOKEN comment/);
      assert.equal(readFileSync(join(cwd, "summary.md"), "utf8"), `Before\n${review("headshots")}\n`);
    });

    it("goes through the environment's proxy, and tells nothing of its password", async () => {
      const behind = await behindProxy(host);
      try {
        const env = { ...behind.env, ...runnerOf(host, cwd), GITHUB_API_URL: `https://${HOST}` };
        const { code, stderr } = await comment("first-people", env);
        assert.equal(code, 0, stderr);
        assert.deepEqual(host.bodies, [bodyOf("first-people")]);
        behind.options.credentials = "another:password";
        const refused = await comment("first-people", env);
        assert.equal(refused.code, 3);
        assert.match(refused.stderr, /^error: The review could not be written as a comment on .*\b407\b/);
        for (const password of PASSWORDS) assert.ok(!refused.stderr.includes(password), refused.stderr);
      } finally {
        await behind.close();
      }
    });
  });
});
