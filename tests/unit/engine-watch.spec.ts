import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, Socket } from "node:net";
import { watchEngine } from "../../provider/src/dynamic/engine-watch";
import { settled, VirtualClock } from "../support/virtual-clock";

/** Something that listens as the engine does. */
class Engine {
  private readonly held = new Set<Socket>();
  private constructor(private readonly server: Server) {
    server.on("connection", (socket) => {
      this.held.add(socket);
      socket.once("close", () => this.held.delete(socket));
    });
  }

  static async start(): Promise<Engine> {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    return new Engine(server);
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  nextHeld(): Promise<unknown> {
    return once(this.server, "connection");
  }

  hangUp(): void {
    for (const socket of this.held) socket.destroy();
  }

  async die(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.hangUp();
    await closed;
  }
}

describe("watchEngine", () => {
  let engine: Engine;
  let clock: VirtualClock;
  /** Each connection that was tried, until it has failed or ended. */
  let tries: Promise<void>[];
  let failures: string[];
  let ended: Promise<void>;
  let ends: number;
  let end: () => void;
  beforeEach(async () => {
    engine = await Engine.start();
    clock = new VirtualClock();
    tries = [];
    failures = [];
    ends = 0;
    ended = new Promise((resolve) => {
      end = () => {
        ends++;
        resolve();
      };
    });
  });
  afterEach(() => engine.die());

  /** Connects, but fails as often as there are failures left, in the way that Node does. */
  const wires = {
    connect(to: { host: string; port: number }): Socket {
      const code = failures.shift();
      const socket = code === undefined ? connect(to) : new Socket();
      tries.push(new Promise((resolve) => socket.once("close", () => resolve())));
      if (code !== undefined)
        process.nextTick(() => socket.destroy(Object.assign(new Error(`connect ${code}`), { code })));
      return socket;
    },
    get clock() {
      return clock;
    },
  };
  const watch = (address = engine.address) => watchEngine(address, end, wires);
  const failed = async () => {
    await tries.at(-1);
    await settled();
  };

  it("ends as soon as the engine is gone, and only once", async () => {
    const held = engine.nextHeld();
    watch();
    await held;
    assert.equal(ends, 0);
    await engine.die();
    await ended;
    await settled();
    assert.equal(ends, 1);
    engine = await Engine.start();
  });

  for (const code of ["EMFILE", "ETIMEDOUT"])
    it(`${code} is not the engine's end: the connection is tried again`, async () => {
      failures = [code];
      watch();
      await failed();
      assert.deepEqual([tries.length, ends], [1, 0]);
      const held = engine.nextHeld();
      clock.advance(250);
      await held;
      assert.equal(ends, 0);
    });

  it("nor does one that fails later, while the engine lives", async () => {
    const held = engine.nextHeld();
    watch();
    await held;
    failures = ["EMFILE"];
    engine.hangUp();
    await tries[0];
    await failed();
    assert.deepEqual([tries.length, ends], [2, 0]);
    await engine.die();
    clock.advance(250);
    await ended;
    engine = await Engine.start();
  });

  it("watches nothing that is no engine's address", () => {
    for (const address of ["", "--help", "127.0.0.1:", ":1234"]) watch(address);
    assert.deepEqual(tries, []);
  });
});
