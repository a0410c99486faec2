import { strict as assert } from "node:assert";
import { resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

describe("the issue about a soak that failed", () => {
  let soakIssue: (log: string, run?: string) => { title: string; body: string };
  before(async () => {
    ({ soakIssue } = await import(resolve(ROOT, "tools/soak-issue.mjs")));
  });

  it("names the seed that failed, how to run it again, and the law", () => {
    const log = "seed 11 held; so far 50 scripts\nseed 12 \nlaw 3 is broken: ada@acme.com got 2 e-mails\n";
    const { title, body } = soakIssue(log, "https://example.com/runs/1");
    assert.equal(title, "The nightly soak failed: seed 12");
    assert.match(body, /^```text\nnpm run soak -- --seed 12\n```\n/);
    assert.match(body, /law 3 is broken/);
    assert.match(body, /\nhttps:\/\/example.com\/runs\/1\n$/);
  });

  it("says that there is no seed if none was begun", () => {
    const { title, body } = soakIssue("Installing dependencies failed; npm's own message is above.\n");
    assert.equal(title, "The nightly soak did not start");
    assert.match(body, /before its first seed/);
  });

  it("has the log's end only, and no fence of it closes ours", () => {
    const log = `seed 1 ${"\nearly".repeat(500)}${"\nlate".repeat(10)}\n\`\`\`\`\n`;
    const { body } = soakIssue(log);
    assert.ok(body.split("\n").length < 80);
    assert.match(body, /`````text\n[\s\S]*late\n````\n`````\n$/);
  });
});

describe("the notes of a release", () => {
  let releaseNotes: (changelog: string, version: string, tag?: string) => string;
  before(async () => {
    ({ releaseNotes } = await import(resolve(ROOT, "tools/release-assets.mjs")));
  });
  const CHANGELOG = "# Changelog\n\n## 0.2.0\n\n- New.\n\n## 0.1.0\n\n- First.\n";

  it("are the version's part of the changelog", () =>
    assert.equal(releaseNotes(CHANGELOG, "0.2.0", "v0.2.0"), "- New."));

  it("may be of a version that is not released yet, as long as there is no tag", () => {
    const changelog = CHANGELOG.replace("0.2.0", "0.2.0 (unreleased)");
    assert.equal(releaseNotes(changelog, "0.2.0"), "- New.");
    assert.throws(() => releaseNotes(changelog, "0.3.0"), { message: /begins with "0\.2\.0 \(unr/ });
  });

  for (const { what, changelog = CHANGELOG, version = "0.2.0", tag = "v0.2.0", message } of [
    { what: "a tag of another version", tag: "v0.3.0", message: /tag is v0\.3\.0.*has 0\.2\.0/ },
    { what: "a tag without its v", tag: "0.2.0", message: /tag is 0\.2\.0/ },
    {
      what: "a version that is not the newest of the changelog",
      version: "0.1.0",
      tag: "v0.1.0",
      message: /"0\.2\.0"/,
    },
    {
      what: "a heading that is not released yet",
      changelog: "# Changelog\n\n## 0.2.0 (unreleased)\n",
      message: /"0\.2\.0 \(unreleased\)".*change its heading/,
    },
    { what: "a changelog without versions", changelog: "# Changelog\n", message: /begins with ""/ },
  ])
    it(`are refused for ${what}`, () =>
      assert.throws(() => releaseNotes(changelog, version, tag), { message }));
});
