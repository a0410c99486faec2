import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Emulator } from "headshotpro-emulator";
import { settingLine } from "../../emulator/src/shell";
import { COMMANDS, commands, URL_LINE } from "../support/command";
import { call } from "../support/emulators";

const INVITES = "/organization/invites";
const ask = (url: string, path: string, body?: object) =>
  call({ url, apiKey: "k" } as Emulator, body ? "POST" : "GET", path, body);

describe("emulator: the line that sets a variable", () => {
  for (const [platform, line] of [
    ["linux", "export HEADSHOTPRO_API_KEY=k"],
    ["darwin", "export HEADSHOTPRO_API_KEY=k"],
    ["win32", "$env:HEADSHOTPRO_API_KEY = 'k'"],
  ] as const)
    it(`is one of the shell that people have on ${platform}`, () =>
      assert.equal(settingLine("HEADSHOTPRO_API_KEY", "k", platform), line));
});

describe("emulator: command", () => {
  const run = commands();
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "emulator-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it(`starts, serves, tells, and ends cleanly on ${signal}`, async () => {
      const flags = "--port 0 --api-key k --credits 1 --team u=U --team".split(" ");
      const command = run(...flags, "t=The = team");
      const url = await command.printed(URL_LINE);
      assert.match(
        command.out(),
        /^The HeadshotPro emulator listens on http:\/\/127\.0\.0\.1:\d+\/api\/v2\n/,
      );
      assert.ok(command.out().includes(`\n  ${settingLine("HEADSHOTPRO_API_KEY", "k")}\n\n`));

      const { link } = (await ask(url, INVITES, { email: "ada@acme.com", teamId: "t" })).body;
      assert.equal((await ask(url, INVITES)).body.invites[0].teamName, "The = team");

      await command.printed(/\d\d:\d\d:\d\d POST \/api\/v2\/organization\/invites 200\n/);
      await command.printed(/✉ to ada@acme\.com .*invite=[0-9a-f]{4}…\n/);
      assert.ok(!command.out().includes(link), "whoever reads the terminal must not get the link");

      command.child.kill(signal);
      assert.equal(await command.ended(), 0);
      assert.equal(command.err(), "");
    });
  }

  it("keeps its state over a kill -9", async () => {
    const stateFile = path.join(directory, "state.json");
    const start = () => run(..."--port 0 --api-key k --state-file".split(" "), stateFile);
    const first = start();
    await ask(await first.printed(URL_LINE), INVITES, { email: "ada@acme.com" });
    first.child.kill("SIGKILL");
    await first.ended();
    const again = await ask(await start().printed(URL_LINE), INVITES, { email: "ada@acme.com" });
    assert.equal(again.status, 400);

    writeFileSync(stateFile, "{");
    const third = start();
    assert.equal(await third.ended(), 1);
    assert.match(third.err(), /^error: the state file .* is damaged .*\n$/);
  });

  it("limits the rate as told, or not at all", async () => {
    const [limited, free] = [
      run("--port", "0", "--rate-limit", "1"),
      run("--port", "0", "--rate-limit", "0"),
    ];
    const limit = async (command: ReturnType<typeof run>) =>
      (await fetch(await command.printed(URL_LINE))).headers.get("x-ratelimit-limit");
    assert.deepEqual(await Promise.all([limit(limited), limit(free)]), ["1", null]);
  });

  it("says in one line that the port is in use, or that the state file cannot be written", async () => {
    const { port } = new URL(await run("--port", "0").printed(URL_LINE));
    const stateFile = path.join(directory, "missing", "state.json");
    const unwritable = `the state file ${stateFile} cannot be written (ENOENT): make its folder writable, or choose another file`;
    for (const [flags, said] of [
      [["--port", port], `port ${port} is in use: choose another with --port`],
      [["--port", "0", "--state-file", stateFile], unwritable],
    ] as const) {
      const command = run(...flags);
      assert.equal(await command.ended(), 1);
      assert.deepEqual([command.err(), command.out()], [`error: ${said}\n`, ""]);
    }
  });

  for (const [option, value, reason] of [
    ["--port <number>", "x", "It must be a whole number."],
    ["--port <number>", "65536", "It must be at most 65535."],
    ["--credits <number>", "-1", "It must be a whole number."],
    ["--team <id=name>", "t", "It must be id=name."],
    ["--api-key <key>", "", "It must not be empty."],
    ["--scopes <list>", "Invites,All", "It must be some of Organization,Invites,Teams,Models,Photos."],
    ["--next-shoot-months <number>", "61", "It must be from 1 to 60."],
    ["--retention-days <number>", "0", "It must be from 1 to 3650."],
  ] as const)
    it(`refuses ${option}: ${value || "nothing"}`, async () => {
      const command = run(option.split(" ")[0] ?? "", value);
      assert.equal(await command.ended(), 2);
      assert.equal(command.err(), `error: option '${option}' argument '${value}' is invalid. ${reason}\n`);
      assert.equal(command.out(), "");
    });

  it("refuses an argument, and a choice that there is not", async () => {
    const [extra, choice] = [run("wat"), run("--moves", "all")];
    assert.deepEqual(await Promise.all([extra.ended(), choice.ended()]), [2, 2]);
    assert.equal(extra.err(), "error: too many arguments. Expected 0 arguments but got 1.\n");
    assert.match(
      choice.err(),
      /^error: option '--moves <what>' .* Allowed choices are ignored, refused\.\n$/,
    );
  });

  it("is the organization, with the key and the settings that it was told", async () => {
    const flags =
      "--port 0 --api-key k --scopes Organization,Teams --uid org_1 --name Acme --retention-days 30";
    const url = await run(...`${flags} --next-shoot-months 12 --moves refused`.split(" ")).printed(URL_LINE);
    const { uid, name } = (await ask(url, "/organization")).body.organization;
    assert.deepEqual([uid, name], ["org_1", "Acme"]);
    assert.equal((await ask(url, INVITES)).status, 403);
    const members = "/organization/teams/team_xyz789/members";
    assert.equal((await ask(url, members, { emails: ["nobody@acme.com"] })).status, 400);
    const { automation } = (await ask(new URL("/", url).origin, "/_emulator/state")).body;
    assert.deepEqual(automation, { retentionDays: 30, nextShootMonths: 12 });
  });
});

for (const name of Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]) {
  describe(`emulator: command ${name}`, () => {
    const run = commands(name);

    it("goes on when the reader of its output goes away", async () => {
      const command = run("--port", "0");
      const url = await command.printed(URL_LINE);
      command.child.stdout?.destroy();
      // The first line finds the pipe closed; the second would be written by a process that it ended.
      for (let n = 0; n < 3; n += 1) assert.equal((await fetch(url + INVITES)).status, 401);
      command.child.kill("SIGTERM");
      assert.equal(await command.ended(), 0);
      assert.equal(command.err(), "");
    });

    it("refuses a wrong option in one line", async () => {
      const command = run("--wat");
      assert.equal(await command.ended(), 2);
      assert.deepEqual([command.err(), command.out()], ["error: unknown option '--wat'\n", ""]);
    });
  });
}
