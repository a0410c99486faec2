import assert from "node:assert/strict";
import type { Emulator } from "headshotpro-emulator";
import { settingLine } from "../../emulator/src/shell";
import { emulatorCommands } from "../support/command";
import { call } from "../support/emulators";

const INVITES = "/organization/invites";
const URL_LINE = / listens on (\S+)\n[\s\S]*\n\n[\s\S]*\n\n/;
const ask = (url: string, path: string, body?: object) =>
  call({ url, apiKey: "k" } as Emulator, body ? "POST" : "GET", path, body);

describe("emulator: command", () => {
  const run = emulatorCommands();

  it("starts, serves, tells, and ends cleanly on Ctrl-C", async () => {
    const command = run(..."--port 0 --api-key k --team u=U --team".split(" "), "t=The = team");
    const url = await command.printed(URL_LINE);
    assert.match(
      command.text.stdout,
      /^The HeadshotPro emulator listens on http:\/\/127\.0\.0\.1:\d+\/api\/v2\n/,
    );
    assert.ok(command.text.stdout.includes(`\n  ${settingLine("HEADSHOTPRO_API_KEY", "k")}\n\n`));

    const { link } = (await ask(url, INVITES, { email: "ada@acme.com", teamId: "t" })).body;
    assert.equal((await ask(url, INVITES)).body.invites[0].teamName, "The = team");

    await command.printed(/\d\d:\d\d:\d\d POST \/api\/v2\/organization\/invites 200\n/);
    await command.printed(/✉ to ada@acme\.com .*invite=[0-9a-f]{4}…\n/);
    assert.ok(!command.text.stdout.includes(link), "whoever reads the terminal must not get the link");

    command.child.kill("SIGINT");
    assert.equal((await command.ended).code, 0);
    assert.equal(command.text.stderr, "");
  });

  it("says in one line that the port is in use", async () => {
    const { port } = new URL(await run("--port", "0").printed(URL_LINE));
    const command = run("--port", port);
    assert.equal((await command.ended).code, 1);
    const said = `error: port ${port} is in use: choose another with --port\n`;
    assert.deepEqual([command.text.stderr, command.text.stdout], [said, ""]);
  });

  for (const [option, value, reason] of [
    ["--credits <number>", "-1", "It must be a whole number."],
    ["--port <number>", "65536", "It must be at most 65535."],
    ["--team <id=name>", "t", "It must be id=name."],
    ["--api-key <key>", "", "It must not be empty."],
    ["--scopes <list>", "Invites,All", "It must be some of Organization,Invites,Teams,Models,Photos."],
    ["--next-shoot-months <number>", "61", "It must be from 1 to 60."],
  ] as const)
    it(`refuses ${option}: ${value || "nothing"}`, async () => {
      const command = run(option.split(" ")[0] ?? "", value);
      assert.equal((await command.ended).code, 2);
      assert.equal(
        command.text.stderr,
        `error: option '${option}' argument '${value}' is invalid. ${reason}\n`,
      );
    });

  it("goes on when the reader of its output goes away, and refuses a wrong option in one line", async () => {
    const command = run("--port", "0");
    const url = await command.printed(URL_LINE);
    command.child.stdout?.destroy();
    // The first line finds the pipe closed; the second would be written by a process that it ended.
    for (let n = 0; n < 3; n += 1) assert.equal((await fetch(url + INVITES)).status, 401);
    command.child.kill("SIGTERM");
    assert.deepEqual([(await command.ended).code, command.text.stderr], [0, ""]);

    const wrong = run("--wat");
    assert.equal((await wrong.ended).code, 2);
    assert.deepEqual([wrong.text.stderr, wrong.text.stdout], ["error: unknown option '--wat'\n", ""]);
  });
});
