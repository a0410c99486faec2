import assert from "node:assert/strict";
import { BackOffs, failingLine } from "../../provider/src/api/back-off";
import { settled, VirtualClock } from "../support/virtual-clock";

describe("BackOffs", () => {
  const said: string[] = [];
  let clock: VirtualClock;
  let backOffs: BackOffs;
  beforeEach(() => {
    clock = new VirtualClock();
    said.length = 0;
    backOffs = new BackOffs((line) => said.push(line), clock);
  });

  it("the line says what is wrong, for how many, and for how long at most", () =>
    assert.equal(
      failingLine("503: Busy", 2, 161_250),
      "HeadshotPro does not answer properly (503: Busy): 2 requests are tried again, for up to 162 s",
    ));

  it("says once a minute that the API does not answer properly, counting time-outs as waits", async () => {
    void backOffs.wait(500, clock.now() - 1000, "503: Busy", 160_000);
    clock.advance(500);
    await settled();
    assert.deepEqual(said, [], "a second and a half is not long");
    for (let i = 0; i < 3; i++) void backOffs.wait(500, clock.now() - 30_000, "no complete reply", 160_000);
    clock.advance(300);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /\(no complete reply\): 3 requests are tried again, for up to 130 s$/);
    clock.advance(60_000);
    await settled();
    void backOffs.wait(500, clock.now() - 30_000, "no complete reply", 160_000);
    clock.advance(300);
    assert.equal(said.length, 2);
    assert.match(said[1] ?? "", /: 1 request is tried again/);
  });
});
