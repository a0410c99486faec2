import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import files from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { mock } from "node:test";
import { MeetingPlace } from "../../provider/src/dynamic/meeting-place";
import type { Answer, Declared } from "../../provider/src/provider/meeting";

const RUN = "127.0.0.1:40001";
const ada = "ada@acme.com";
const FINGERPRINT = "0123456789ab";

describe("MeetingPlace", () => {
  let temporary: string;
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), "headshotpro-meeting-"));
  });
  afterEach(() => rmSync(temporary, { recursive: true, force: true }));

  const place = (run = RUN) => new MeetingPlace(run, temporary);
  const runs = () => join(temporary, `pulumi-headshotpro-${process.getuid?.() ?? "user"}`);
  /** That of a run; made if it was not used before. */
  function folder(run = RUN): string {
    const path = join(runs(), run.replace(":", "_"));
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  }
  const cards = () =>
    readdirSync(folder()).map((name) => ({ name, text: readFileSync(join(folder(), name), "utf8") }));

  /** A place that has joined, and whatever it was asked. */
  async function joined(answer: Declared | undefined | Error, run = RUN) {
    const asked: string[] = [];
    const reply: Answer = async (email, key) => {
      asked.push(`${email} ${key}`);
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const here = place(run);
    await here.join(reply);
    return { here, asked };
  }

  /** The card of a process that is gone, with a port where nobody listens. */
  async function cardOfTheDead(
    run: string,
    { pid }: { pid: number } = spawnSync(process.execPath, ["--version"]),
  ): Promise<string> {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    await new Promise((closed) => server.close(closed));
    const name = `${pid}-01234567`;
    writeFileSync(join(folder(run), name), JSON.stringify({ port, token: "none" }));
    return name;
  }

  it("two of one run tell each other what they declare, and nothing to themselves", async () => {
    const [mine, theirs]: Declared[] = [
      { key: FINGERPRINT, forceDestroy: false },
      { key: "ba9876543210", createdAt: "2026-11-01T09:00:00.000Z" },
    ] as [Declared, Declared];
    const one = await joined(mine);
    const other = await joined(theirs);
    assert.deepEqual(await one.here.ask(ada, FINGERPRINT), [theirs]);
    assert.deepEqual(await other.here.ask("bob@acme.com", "ba9876543210"), [mine]);
    assert.deepEqual([one.asked, other.asked], [["bob@acme.com ba9876543210"], [`${ada} ${FINGERPRINT}`]]);
  });

  it("of several, those answer who declare the person", async () => {
    const { here } = await joined(undefined);
    await joined(undefined);
    await joined({ key: "a" });
    await joined({ key: "b", forceDestroy: true });
    const answers = await here.ask(ada, FINGERPRINT);
    assert.deepEqual(new Set(answers.map(({ key }) => key)), new Set(["a", "b"]));
  });

  it("one who does not declare anybody yet asks all the same", async () => {
    await joined({ key: "a" });
    assert.deepEqual(await place().ask(ada, FINGERPRINT), [{ key: "a" }]);
  });

  it("alone there is nobody to ask, before and after it has joined", async () => {
    assert.deepEqual(await place().ask(ada, FINGERPRINT), []);
    const { here } = await joined({ key: "a" });
    assert.deepEqual(await here.ask(ada, FINGERPRINT), []);
  });

  for (const other of ["127.0.0.1:4000", "127.0.0.1:400011", "127.0.0.1:50001", "127.0.0.2:40001"])
    it(`one of another run is not asked: ${other}`, async () => {
      const { here } = await joined({ key: "a" });
      const foreign = await joined({ key: "b" }, other);
      assert.deepEqual(
        [await here.ask(ada, FINGERPRINT), await foreign.here.ask(ada, FINGERPRINT)],
        [[], []],
      );
      assert.deepEqual(foreign.asked, []);
    });

  it("one of this run who is gone can no longer be asked: that is said", async () => {
    const { here } = await joined({ key: "a" });
    await cardOfTheDead(RUN);
    await assert.rejects(here.ask(ada, FINGERPRINT), /ECONNREFUSED/);
  });

  it("nor can one who cannot tell, and the reason comes along", async () => {
    const { here } = await joined({ key: "a" });
    await joined(new Error("the list cannot be had"));
    await assert.rejects(here.ask(ada, FINGERPRINT), /^Error: the list cannot be had$/);
  });

  it("who is just about to join has declared nobody", async () => {
    const { here } = await joined({ key: "a" });
    writeFileSync(join(folder(), `${process.pid}-half`), '{"port":1');
    assert.deepEqual(await here.ask(ada, FINGERPRINT), []);
  });

  it("whoever joins first takes away the cards of an earlier run at the same address", async () => {
    const stale = await cardOfTheDead(RUN);
    const { here } = await joined({ key: "a" });
    assert.ok(!cards().some(({ name }) => name === stale));
    assert.deepEqual(await here.ask(ada, FINGERPRINT), []);
  });

  it("whoever joins later leaves the card of somebody who died in this run", async () => {
    const { here } = await joined({ key: "a" });
    const dead = await cardOfTheDead(RUN);
    await joined({ key: "b" });
    assert.ok(cards().some(({ name }) => name === dead));
    await assert.rejects(here.ask(ada, FINGERPRINT), /ECONNREFUSED/);
  });

  it("a run that nobody has joined is not misled by what an earlier one left", async () => {
    await cardOfTheDead(RUN);
    assert.deepEqual(await place().ask(ada, FINGERPRINT), []);
  });

  it("nor is one by a card whose process number belongs to somebody else by now", async () => {
    const stale = await cardOfTheDead(RUN, process);
    assert.deepEqual(await place().ask(ada, FINGERPRINT), []);
    const { here } = await joined({ key: "a" });
    assert.ok(!cards().some(({ name }) => name === stale));
    assert.deepEqual(await here.ask(ada, FINGERPRINT), []);
  });

  it("nor by one whose port belongs to somebody else as well", async () => {
    const stranger = createHttpServer((_, reply) => reply.writeHead(404).end());
    await once(stranger.listen(0, "127.0.0.1"), "listening");
    const { port } = stranger.address() as AddressInfo;
    const name = `${process.pid}-01234567`;
    writeFileSync(join(folder(), name), JSON.stringify({ port, token: "none" }));
    assert.deepEqual(await place().ask(ada, FINGERPRINT), []);
    stranger.close();
  });

  it("the cards of other runs go after a day, unless their process lives, and with the last one its folder", async () => {
    const addresses = ["127.0.0.1:60001", "127.0.0.1:60002", "127.0.0.1:60003"] as const;
    const [young, old, living] = addresses.map((run) => folder(run)) as [string, string, string];
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await cardOfTheDead(addresses[0]);
    for (const card of [
      join(young, await cardOfTheDead(addresses[0])),
      join(old, await cardOfTheDead(addresses[1])),
      join(living, await cardOfTheDead(addresses[2], process)),
    ])
      utimesSync(card, yesterday, yesterday);
    const { here } = await joined({ key: "b" });
    await here.swept;
    assert.ok(!readdirSync(runs()).includes(basename(old)));
    const counts = [young, living, folder()].map((path) => readdirSync(path).length);
    assert.deepEqual(counts, [1, 1, 1]);
  });

  it("a folder that another run sweeps away just before the card is written is made again", async () => {
    const { writeFile } = files;
    const sweptBefore: typeof writeFile = (...args) => {
      rmSync(folder(), { recursive: true });
      return writeFile(...args);
    };
    mock.method(files, "writeFile", sweptBefore, { times: 1 });
    await joined({ key: "a" });
    assert.equal(cards().length, 1);
  });

  it("a card holds a port and a token, and nothing of a key or a person", async () => {
    const { here } = await joined({ key: FINGERPRINT });
    await joined({ key: FINGERPRINT });
    await here.ask(ada, FINGERPRINT);
    assert.equal(cards().length, 2);
    for (const { name, text } of cards()) {
      assert.match(text, /^\{"port":\d+,"token":"[0-9a-f]{32}"\}$/);
      assert.doesNotMatch(name + text, new RegExp(`${FINGERPRINT}|acme|@`));
    }
  });

  it("only this user may read the cards", async function () {
    if (process.platform === "win32") this.skip();
    await joined({ key: "a" });
    const modes = [folder(), join(folder(), cards()[0]?.name ?? "")].map(
      (path) => statSync(path).mode & 0o777,
    );
    assert.deepEqual(modes, [0o700, 0o600]);
  });

  for (const [who, headers] of [
    ["with another token", { authorization: `Bearer ${"0".repeat(32)}` }],
    ["without one", {}],
  ] as const)
    it(`nobody is told anything ${who}`, async () => {
      const { asked } = await joined({ key: FINGERPRINT });
      const { port } = JSON.parse(cards()[0]?.text ?? "") as { port: number };
      const body = JSON.stringify({ email: ada, askersKey: FINGERPRINT });
      const reply = await fetch(`http://127.0.0.1:${port}`, { method: "POST", headers, body });
      assert.deepEqual([reply.status, await reply.text(), asked], [403, "", []]);
    });
});
