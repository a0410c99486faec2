import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startEmulator } from "headshotpro-emulator";
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

    const mistaken = await onPerson("create", "--email", "ada@acme.com", "--team", "Markting", "--yes");
    assert.match(mistaken.stderr, /no team "Markting"/);
    assert.doesNotMatch(mistaken.stderr, /sends an e-mail/);

    const created = await onPerson("create", "--email", "Ada@acme.com", "--yes", "--output", "json");
    assert.equal(created.code, 0, created.stderr);
    assert.equal(JSON.parse(created.stdout).status, "pending");
    assert.deepEqual(created.emails, ["ada@acme.com"]);

    const again = await onPerson(
      ...["create", "--email", "ada@acme.com", "--team-id", "team_abc123", "--yes", "--output", "json"],
    );
    assert.deepEqual([again.code, again.emails], [0, []], again.stderr);
    assert.match(
      again.stderr,
      /was already invited \(pending\): no e-mail sent; the invite is without a team, so `patch` moves them/,
    );
    assert.equal(JSON.parse(again.stdout).id, "ada@acme.com", "no line of ours is among the JSON");

    const moved = await onPerson("patch", "ada@acme.com", "--team-id", "team_abc123", "--yes");
    assert.deepEqual([moved.code, moved.emails], [0, ["ada@acme.com"]], moved.stderr);
    assert.match(moved.stderr, /moves to team team_abc123: this command revokes the invite \(pending\)/);
    assert.equal(emulator.invite("ada@acme.com")?.teamId, "team_abc123");

    const other = await onPerson("patch", "ada@acme.com", "--email", "eve@acme.com", "--yes");
    assert.notEqual(other.code, 0);
    assert.deepEqual(other.emails, []);
    assert.match(
      other.stderr,
      /not changed to eve@acme\.com: .* `create` invites eve@acme\.com, and `delete` takes the invite of ada/,
    );
    assert.doesNotMatch(other.stderr, /sends an e-mail/);

    const read = await onPerson("read", "ada@acme.com", "--output", "json");
    assert.equal(JSON.parse(read.stdout).teamId, "team_abc123");
    assert.equal((await onPerson("delete", "ada@acme.com", "--yes")).code, 0);
    assert.equal(emulator.invite("ada@acme.com")?.status, "revoked");
    const gone = await onPerson("read", "ada@acme.com");
    assert.match(gone.stderr, /resource "ada@acme.com" was not found/);
  });

  it("keeps headshots: a dry run says so, and only an option of the command deletes them", async () => {
    const { emulator } = organization;
    emulator.inviteByHand({ email: "ada@acme.com" });
    emulator.setStatus("ada@acme.com", "completed");
    const taken = await onPerson("create", "--email", "ada@acme.com", "--yes");
    assert.notEqual(taken.code, 0);
    assert.match(taken.stderr, /is already in the organization \(completed\), so nothing was sent/);
    const rehearsed = await onPerson("delete", "ada@acme.com", "--dry-run");
    assert.match(
      rehearsed.stderr,
      /ada@acme\.com has headshots \(completed\): a `delete` would be refused, unless --headshotpro:force-destroy/,
    );
    const refused = await onPerson("delete", "ada@acme.com", "--yes");
    assert.notEqual(refused.code, 0);
    assert.match(
      refused.stderr,
      /Nothing was revoked\. To delete them: run the same command with --headshotpro:force-/,
    );
    assert.equal(emulator.invite("ada@acme.com")?.status, "completed");
    const deleted = await onPerson("delete", "ada@acme.com", "--yes", "--headshotpro:force-destroy");
    assert.equal(deleted.code, 0, deleted.stderr);
    assert.match(deleted.stderr, /a `delete` would delete them for good \(forceDestroy\)/);
    assert.equal(emulator.invite("ada@acme.com")?.status, "revoked");
  });

  it("reaches the organization that its options name, before that of the environment", async () => {
    const other = await startEmulator({ apiKey: "hp_other_key" });
    try {
      other.inviteByHand({ email: "zoe@acme.com" });
      const there = ["read", "zoe@acme.com", "--headshotpro:base-url", other.url];
      const ways = [
        ["--headshotpro:api-key-env", "OTHER_KEY"],
        ["--headshotpro:api-key", "hp_other_key"],
      ];
      for (const way of ways) {
        const found = await pulumiDo([PERSON, ...there, ...way], { OTHER_KEY: "hp_other_key" });
        assert.equal(found.code, 0, found.stderr);
      }
      const unset = await pulumiDo([PERSON, ...there, "--headshotpro:api-key-env", "NO_KEY"]);
      assert.match(unset.stderr, /key is missing: --headshotpro:api-key-env names NO_KEY, which is not set/);
      const refused = await pulumiDo([PERSON, ...there]);
      assert.match(refused.stderr, /does not accept the API key .* Set a valid one with HEADSHOTPRO_API_KEY/);
      const wrong = ["headshotpro:getTeams", "--headshotpro:api-key-env", "OTHER_KEY"];
      const { stderr } = await pulumiDo(wrong, { OTHER_KEY: "hp_wrong_key" });
      assert.match(stderr, /does not accept the API key in OTHER_KEY \(401 .*\)\. Set a valid one there\./);
      const none = await pulumiDo([PERSON, ...there], { HEADSHOTPRO_API_KEY: undefined });
      assert.match(none.stderr, /key is missing\. Set it with HEADSHOTPRO_API_KEY in the environment, or/);
    } finally {
      await other.close();
    }
  });

  it("lists people by status and team, and says that rows cannot be read beside the JSON", async () => {
    const { emulator } = organization;
    emulator.inviteByHand({ email: "ada@acme.com", teamId: "team_abc123" });
    emulator.inviteByHand({ email: "bob@acme.com", teamId: "team_xyz789" });
    emulator.inviteByHand({ email: "cleo@acme.com", teamId: "team_abc123" });
    emulator.accept("ada@acme.com");
    const listed = async (...args: string[]) => {
      const { code, stdout, stderr } = await onPerson("list", ...args);
      assert.equal(code, 0, stderr);
      return JSON.parse(stdout).map(({ id }: { id: string }) => id);
    };
    assert.deepEqual(await listed(), ["ada@acme.com", "bob@acme.com", "cleo@acme.com"]);
    assert.deepEqual(await listed("--team-id", "team_abc123", "--status", "pending"), ["cleo@acme.com"]);
    assert.deepEqual(await listed("--count", "2"), ["ada@acme.com", "bob@acme.com"]);
    const nobody = await onPerson("list", "--status", "nonsense");
    assert.deepEqual([nobody.code, JSON.parse(nobody.stdout)], [0, []]);
    assert.match(nobody.stderr, /nobody has the status "nonsense"; there are pending, accepted, /);
    emulator.fault({ on: "list", kind: "unreadable-rows", rows: 2 });
    const odd = await onPerson("list", "--status", "accepted");
    assert.deepEqual(JSON.parse(odd.stdout), [{ id: "ada@acme.com", name: "ada@acme.com" }]);
    assert.match(odd.stderr, /2 rows of HeadshotPro's list of people cannot be read: whoever is in them/);
  });

  it("makes, renames and deletes a team, and says beforehand who is in it", async () => {
    const { emulator } = organization;
    const onTeam = (...args: string[]) => pulumiDo(["headshotpro:HeadshotTeam", ...args]);
    const made = await onTeam("create", "--name", "Design", "--yes", "--output", "json");
    assert.equal(made.code, 0, made.stderr);
    const { id } = JSON.parse(made.stdout);
    const again = await onTeam("create", "--name", "Design", "--adopt=false", "--yes");
    assert.match(again.stderr, /was not made: HeadshotPro has one already, "Design" \(\w+\)\.$/m);
    assert.equal((await onTeam("patch", "design", "--name", "Designers", "--yes")).code, 0);
    assert.equal(emulator.teams[id], "Designers");
    emulator.inviteByHand({ email: "ada@acme.com", teamId: id });
    const rehearsed = await onTeam("delete", id, "--dry-run");
    assert.match(
      rehearsed.stderr,
      /"Designers" \(\w+\) has 1 person: a `delete` would leave them in the organization/,
    );
    const listed = await onTeam("list");
    assert.ok(JSON.parse(listed.stdout).some((team: object) => "name" in team && team.name === "Designers"));
    const deleted = await onTeam("delete", "Designers", "--yes");
    assert.match(deleted.stderr, /was deleted: 1 person stays in the organ/);
    assert.equal(emulator.teams[id], undefined);
  });

  it("says of a roster that it needs a program", async () => {
    const refused = await pulumiDo(["headshotpro:HeadshotRoster", "create", "--file", "a.csv", "--yes"]);
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /A roster needs a program, .* Invite one person with headshotpro:Headshot/);
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
