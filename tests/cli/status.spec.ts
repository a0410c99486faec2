import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emulatorForAll, run, shell } from "../support/command";

describe("cli: status", () => {
  const api = emulatorForAll({
    teams: { team_a: "Marketing", team_w: "開発チーム（東京本社）と長い名前" },
    credits: 2000,
  });

  before(() => {
    const { emulator } = api;
    const invite = (at: string, email: string, teamId?: string) => {
      emulator.clock.set(at);
      emulator.inviteByHand({ email, teamId });
    };
    invite("2026-01-05T09:00:00Z", "ada@acme.com", "team_a");
    invite("2026-02-28T12:00:00Z", "Grace.Hopper@acme.com", "team_w");
    invite("2026-03-01T00:00:00Z", "+zoe@acme.eu");
    invite(
      "2026-03-01T00:00:00Z",
      "a.very.long.address.that.somebody.has@subdomain.of.a.company.example",
      "team_w",
    );
    invite("2026-03-01T00:00:00Z", "gone@acme.com");
    emulator.setStatus("ada@acme.com", "completed");
    emulator.setStatus("+zoe@acme.eu", "painting");
    emulator.revokeByHand("gone@acme.com");
    emulator.clock.reset();
  });

  for (const columns of [80, undefined]) {
    it(`is a table ${columns ? `in ${columns} columns` : "as wide as it gets in a pipe"}`, async () => {
      const { code, stdout, stderr } = await run(["status"], {
        env: { ...api.env, COLUMNS: columns?.toString() },
      });
      assert.equal(
        stdout,
        readFileSync(join(__dirname, "snapshots", `status-${columns ?? "pipe"}.txt`), "utf8"),
      );
      assert.equal(stderr, "4 people: 1 completed, 1 painting, 2 pending; 2 invites have expired\n");
      assert.equal(code, 0);
    });
  }

  it("is shown in the docs as it is", () => {
    const docs = readFileSync(join(__dirname, "../../docs/cli.md"), "utf8");
    assert.ok(docs.includes(readFileSync(join(__dirname, "snapshots/status-80.txt"), "utf8")));
  });

  it("--json: everything that is known, sorted", async () => {
    const { stdout } = await run(["status", "--json", "--team", "team_a"], api);
    const [{ modelId, createdAt, ...ada }, ...others] = JSON.parse(stdout);
    assert.ok(modelId);
    assert.match(createdAt, /^2026-01-05T09:00:00/);
    const expected = { email: "ada@acme.com", status: "completed", teamId: "team_a", teamName: "Marketing" };
    assert.deepEqual([ada, ...others], [expected]);
  });

  for (const args of [
    ["status", "--team", "team_x"],
    ["export", "--status", "pending,bogus"],
  ])
    it(`${args.join(" ")} is a mistake, and what there is instead is told`, async () => {
      const { code, stdout, stderr } = await run(args, api);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^error: nobody .* "(team_x"; people are in team_a|bogus"; there are pending)/);
    });

  /** All invites are years old by the machine's clock; whoever is completed or strange has answered. */
  const WAITING = ["a.very.long.address.that.somebody.has@", "grace.hopper@"];
  const ages: [flags: string[], code: number, emails: string[], last: RegExp][] = [
    [["--older-than", "2w"], 1, WAITING, /^error: 2 people have not answered for 14 days or more\.$/m],
    [["--older-than", "30d", "--team", "team_a"], 0, [], /^0 people \(of 4\)$/m],
    [["--json", "--markdown"], 2, [], /^error: give one of --json and --markdown\.$/m],
  ];
  for (const [flags, code, emails, last] of ages)
    it(`${flags.join(" ")} ends with ${code}`, async () => {
      const ended = await run(["status", ...flags], api);
      assert.equal(ended.code, code, ended.stderr);
      assert.deepEqual(ended.stdout.match(/^\S+@/gm) ?? [], emails);
      assert.match(ended.stderr, last);
    });

  it("--older-than counts to the end of the day that HEADSHOTPRO_TODAY says", async () => {
    const on = (HEADSHOTPRO_TODAY: string) =>
      run(["status", "--older-than", "14d"], { env: { ...api.env, HEADSHOTPRO_TODAY } });
    assert.equal((await on("2026-03-13")).code, 0);
    const { code, stdout, stderr } = await on("2026-03-14");
    assert.deepEqual([code, stdout.match(/^\S+@/gm)], [1, ["grace.hopper@"]], stderr);
    assert.doesNotMatch(stderr, /expired/);
  });

  it("--older-than --markdown: a report of who waits, and 1 for a schedule; as JSON the same people", async () => {
    const waits = ["status", "--older-than", "14d"];
    const { code, stdout } = await run([...waits, "--markdown"], api);
    assert.equal(code, 1);
    assert.match(stdout, /^### HeadshotPro: 2 people: 2 pending; 2 invites have expired\n/);
    assert.match(
      stdout,
      /#### Not answered \(2\)\n\n.*\n.*\n\| `grace\.hopper@acme\.com` .* 2026-02-28 \| \d+ days? \|/,
    );
    const json = await run([...waits, "--json"], api);
    assert.deepEqual([json.code, JSON.parse(json.stdout).length], [1, 2]);
  });

  it("--html: one page with everybody, and what is asked for beside it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "headshotpro-status-"));
    const file = join(folder, "status.html");
    try {
      const { code, stdout, stderr } = await run(["status", "--html", file], api);
      assert.deepEqual([code, stdout], [0, ""]);
      assert.ok(stderr.startsWith(`${file} was written\n4 people: `), stderr);
      const page = readFileSync(file, "utf8");
      assert.match(page, /^<!doctype html>/);
      assert.match(page, /開発チーム（東京本社）と長い名前/);
      assert.match(page, /grace\.hopper@acme\.com/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("`| head -1` reads one line of many, and nothing is wrong", async () => {
    for (let n = 0; n < 2000; n++) api.emulator.inviteByHand({ email: `person-${n}@acme.com` });
    const line = "{ cli status; echo code $? >&2; } | head -1";
    const { stdout, stderr } = await shell(line, api);
    assert.match(stdout, /^email +status.*\n$/);
    assert.match(stderr, /code 0\n$/);
    assert.doesNotMatch(stderr, /EPIPE|error/);
  });
});

describe("cli: a list with rows that cannot be read", () => {
  const list = emulatorForAll();
  before(() => list.emulator.inviteByHand({ email: "ada@acme.com" }));
  beforeEach(() => {
    list.emulator.fault({ on: "list", kind: "unreadable-rows", rows: 2 });
  });

  it("status shows those who can be read, and says how many cannot", async () => {
    const { code, stdout, stderr } = await run(["status"], list);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^ada@acme\.com +pending /m);
    assert.equal(
      stderr,
      "1 person: 1 pending\n" +
        "2 rows of HeadshotPro's list of people cannot be read: whoever is in such a row is missing here\n",
    );
  });

  it("export claims to be everyone, so it writes nothing", async () => {
    const { code, stdout, stderr } = await run(["export"], list);
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(
      stderr,
      /^error: 2 rows of HeadshotPro's list of people cannot be read, so not everybody is known/,
    );
  });
});
