import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { organizationForEach } from "../support/organization";
import { commands } from "../support/reader";

const PAGE = readFileSync(resolve(__dirname, "../../docs/direct.md"), "utf8");
const PERSON = "headshotpro:HeadshotInvite";
/** What is of use only where a program is applied to a stack. */
const OF_A_STACK =
  /pulumi (up|refresh|preview|config|state)|forceDestroy:|retainOnDelete|this stack|the program|next preview/;

describe("`pulumi do`, without a program and a state", () => {
  const organization = organizationForEach({ language: "yaml", face: "plugin" });

  /** Runs one command, and finds its messages fit to be read where there is no stack. */
  async function pulumiDo(args: string[], env: Record<string, string | undefined> = {}) {
    const { stack, emulator } = organization;
    const sent = emulator.outbox.length;
    const plugin = join(stack.project, "bin/pulumi-resource-headshotpro");
    const child = spawn("pulumi", ["do", "--stateless", "--package", plugin, "--color", "never", ...args], {
      cwd: stack.project,
      env: { ...process.env, ...stack.environment(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const told = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => {
        told[name] += text;
      });
    const code = await new Promise<number | null>((done) => child.once("close", done));
    assert.doesNotMatch(told.stderr, OF_A_STACK);
    return { code, ...told, emails: emulator.outbox.slice(sent).map(({ to }) => to) };
  }

  const onPerson = (...args: string[]) => pulumiDo([PERSON, ...args]);

  it("invites, looks up, moves and revokes one person, and says beforehand who is e-mailed", async () => {
    const { emulator } = organization;
    const rehearsed = await onPerson("create", "--email", "Ada@acme.com", "--dry-run");
    assert.equal(rehearsed.code, 0, rehearsed.stderr);
    assert.match(rehearsed.stderr, /ada@acme\.com: this command sends an e-mail, unless they are invited/);
    assert.deepEqual(emulator.outbox, []);

    const created = await onPerson("create", "--email", "Ada@acme.com", "--yes", "--output", "json");
    assert.equal(created.code, 0, created.stderr);
    assert.equal(JSON.parse(created.stdout).status, "pending");
    assert.deepEqual(created.emails, ["ada@acme.com"]);

    const again = await onPerson(
      ...["create", "--email", "ada@acme.com", "--team-id", "team_abc123", "--yes", "--output", "json"],
    );
    assert.deepEqual([again.code, again.emails], [0, []], again.stderr);
    assert.match(again.stderr, /was already invited \(pending\): no e-mail sent; .* `patch` moves them/);
    assert.equal(JSON.parse(again.stdout).id, "ada@acme.com", "no line of ours is among the JSON");

    const moved = await onPerson("patch", "ada@acme.com", "--team-id", "team_abc123", "--yes");
    assert.deepEqual([moved.code, moved.emails], [0, ["ada@acme.com"]], moved.stderr);
    assert.match(moved.stderr, /moves to team team_abc123: this command revokes the invite \(pending\)/);
    assert.equal(emulator.invite("ada@acme.com")?.teamId, "team_abc123");

    const other = await onPerson("patch", "ada@acme.com", "--email", "eve@acme.com", "--yes");
    assert.notEqual(other.code, 0);
    assert.deepEqual(other.emails, []);

    const read = await onPerson("read", "ada@acme.com", "--output", "json");
    assert.equal(JSON.parse(read.stdout).teamId, "team_abc123");
    assert.equal((await onPerson("delete", "ada@acme.com", "--yes")).code, 0);
    assert.equal(emulator.invite("ada@acme.com")?.status, "revoked");
  });

  it("keeps headshots: a dry run says so, and only an option of the command deletes them", async () => {
    const { emulator } = organization;
    emulator.inviteByHand({ email: "ada@acme.com" });
    emulator.setStatus("ada@acme.com", "completed");
    const taken = await onPerson("create", "--email", "ada@acme.com", "--yes");
    assert.notEqual(taken.code, 0);
    assert.match(taken.stderr, /is already in the organization \(completed\), so nothing was sent/);
    const rehearsed = await onPerson("delete", "ada@acme.com", "--dry-run");
    assert.match(rehearsed.stderr, /would be refused, unless --headshotpro:force-destroy/);
    const refused = await onPerson("delete", "ada@acme.com", "--yes");
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /Nothing was revoked\. .* run the same command with --headshotpro:force-/);
    assert.equal(emulator.invite("ada@acme.com")?.status, "completed");
    const deleted = await onPerson("delete", "ada@acme.com", "--yes", "--headshotpro:force-destroy");
    assert.equal(deleted.code, 0, deleted.stderr);
    assert.match(deleted.stderr, /a `delete` would delete them for good \(forceDestroy\)/);
    assert.equal(emulator.invite("ada@acme.com")?.status, "revoked");
  });

  it("does what the page says, command by command", async () => {
    const { emulator } = organization;
    const direct = commands(PAGE).filter(([program, verb]) => program === "pulumi" && verb === "do");
    assert.ok(direct.length >= 8, `${direct.length}`);
    for (const [, , ...words] of direct) {
      const args = words.filter((word) => !["--stateless", "--package", '"$PLUGIN"'].includes(word));
      const asks = ["create", "patch", "delete"].includes(args[1] ?? "");
      const { code, stderr } = await pulumiDo(asks ? [...args, "--yes"] : args, {
        HEADSHOTPRO_EMEA_KEY: emulator.apiKey,
      });
      assert.equal(code, 0, `${words.join(" ")}: ${stderr}`);
    }
    assert.deepEqual(
      emulator.outbox.map(({ to }) => to),
      ["ada@acme.com", "ada@acme.com"],
    );
  });
});
