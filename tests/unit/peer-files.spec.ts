import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { PeerFiles } from "../../provider/src/dynamic/peer-files";
import { personOf } from "../../provider/src/invite/email";
import { providerAt } from "../support/in-process";

const [ada, bob] = [personOf("ada@acme.com"), personOf("bob@acme.com")];

describe("PeerFiles", () => {
  const RUN = "127.0.0.1:40001";
  let temporary: string;
  beforeEach(() => {
    temporary = fs.mkdtempSync(join(tmpdir(), "headshotpro-peers-"));
  });
  afterEach(() => {
    mock.restoreAll();
    fs.rmSync(temporary, { recursive: true, force: true });
  });

  const peers = (run = RUN) => new PeerFiles(run, temporary);
  const runs = () => join(temporary, `pulumi-headshotpro-${process.getuid?.() ?? "user"}`);
  const folder = (run = RUN) => join(runs(), run.replace(":", "_"));
  const files = (run = RUN) => (fs.existsSync(folder(run)) ? fs.readdirSync(folder(run)) : []);

  /** One that declares Ada. */
  function declaring(how: { key?: string; forceDestroy?: boolean; run?: string } = {}) {
    const { key = "key", forceDestroy, run = RUN } = how;
    const made = peers(run);
    made.identify({ provider: "", key });
    made.declare(ada, { forceDestroy });
    return made;
  }

  /** As {@link declaring}, by a process that has ended. @returns its file */
  function declaredByDead(run = RUN): string {
    const before = files(run);
    declaring({ key: "dead", run });
    const name = files(run).find((one) => !before.includes(one)) ?? "";
    const dead = join(folder(run), `${spawnSync(process.execPath, ["--version"]).pid}-1-01234567`);
    fs.renameSync(join(folder(run), name), dead);
    return dead;
  }

  const keysFor = (asker: PeerFiles) => asker.declarationsOf(ada).map(({ organization }) => organization.key);

  it("two of one run read what the other declares, and not what they declare themselves", () => {
    const one = declaring({ key: "one", forceDestroy: false });
    const other = declaring({ key: "other" });
    const declared = (key: string, forceDestroy?: boolean) => [
      { organization: { provider: "", key }, forceDestroy },
    ];
    assert.deepEqual(one.declarationsOf(ada), declared("other"));
    assert.deepEqual(other.declarationsOf(ada), declared("one", false));
    assert.deepEqual(one.declarationsOf(bob), []);
  });

  it("what is declared or known later counts from then on", () => {
    const other = declaring({ forceDestroy: true });
    const asker = peers();
    const seen = () => asker.declarationsOf(ada)[0];
    assert.deepEqual(seen(), { organization: { provider: "", key: "key" }, forceDestroy: true });
    other.declare(ada, { forceDestroy: false });
    other.identify({ provider: "", key: "key", uid: "uid" });
    assert.deepEqual(seen(), { organization: { provider: "", key: "key", uid: "uid" }, forceDestroy: false });
    other.declare(bob, {});
    assert.equal(asker.declarationsOf(bob).length, 1);
  });

  it("a process that died in this run has still told", () => {
    const one = declaring({ key: "one" });
    declaredByDead();
    declaring({ key: "three" });
    assert.deepEqual(keysFor(one).sort(), ["dead", "three"]);
    assert.deepEqual(keysFor(peers()).sort(), ["dead", "one", "three"]);
  });

  it("half a last line says nothing, and the lines before it hold", () => {
    const one = declaring({ key: "one" });
    const dead = declaredByDead();
    fs.appendFileSync(dead, '{"person":"0123');
    assert.deepEqual(keysFor(one), ["dead"]);
    fs.writeFileSync(dead, '{"organ');
    assert.deepEqual(keysFor(one), []);
  });

  it("files of an earlier run at the same address say nothing, and go with the first declaration", () => {
    const stale = declaredByDead();
    const asker = peers();
    assert.deepEqual(keysFor(asker), []);
    asker.identify({ provider: "", key: "key" });
    asker.declare(bob, {});
    assert.ok(!fs.existsSync(stale));
    assert.deepEqual(keysFor(asker), []);
  });

  it("files of another run say nothing", () => {
    declaring({ run: "127.0.0.1:400011" });
    assert.deepEqual(keysFor(declaring()), []);
  });

  it("what other runs left goes after a day, unless a process of theirs lives", async () => {
    const [young, old, living] = ["127.0.0.1:60001", "127.0.0.1:60002", "127.0.0.1:60003"] as const;
    declaredByDead(young);
    declaredByDead(old);
    declaring({ run: living });
    declaredByDead(living);
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    for (const run of [old, living]) fs.utimesSync(folder(run), yesterday, yesterday);
    await declaring().swept;
    const left = [RUN, young, living].map((run) => run.replace(":", "_"));
    assert.deepEqual(fs.readdirSync(runs()).sort(), left.sort());
    assert.equal(files(living).length, 2);
  });

  it("a folder that belongs to another user is refused, to read and to write", function () {
    if (process.platform === "win32") this.skip();
    const stranger = fs.statSync(temporary).uid + 1;
    mock.method(process as { getuid(): number }, "getuid", () => stranger);
    fs.mkdirSync(runs());
    for (const act of [() => declaring(), () => keysFor(peers())])
      assert.throws(
        act,
        /^UserError: The providers of this run cannot tell each other whom they manage: .*belongs to another user\. Set TMPDIR to a folder/,
      );
  });

  it("the files hold no address and no key, are this user's only, and have other hashes in another run", async () => {
    const key = "hp_live_theKey";
    const { provider } = providerAt({ url: "http://127.0.0.1:1/api/v2", key, peers: peers() });
    await provider.check({}, { email: ada });
    declaring({ run: "127.0.0.1:40002" });
    const texts = [RUN, "127.0.0.1:40002"].map((run) =>
      fs.readFileSync(join(folder(run), files(run)[0] ?? ""), "utf8"),
    );
    const [people, others] = texts.map((text) => text.match(/"person":"\w+"/)?.[0]);
    assert.ok(people && others && people !== others);
    assert.doesNotMatch(texts.join(), /ada|acme|@|hp_|theKey/);
    if (process.platform === "win32") return;
    const modes = [runs(), folder(), join(folder(), files()[0] ?? "")].map(
      (path) => fs.statSync(path).mode & 0o777,
    );
    assert.deepEqual(modes, [0o700, 0o700, 0o600]);
  });
});
