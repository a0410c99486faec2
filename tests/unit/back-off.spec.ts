import assert from "node:assert/strict";
import { mock } from "node:test";
import { BackOffs, failingLine } from "../../provider/src/session/back-off";

describe("BackOffs", () => {
  const said: string[] = [];
  let backOffs: BackOffs;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
    said.length = 0;
    backOffs = new BackOffs((line) => said.push(line));
  });
  afterEach(() => mock.timers.reset());

  it("the line says what is wrong, for how many, and for how long at most", () =>
    assert.equal(
      failingLine("503: Busy", 2, 161_250),
      "HeadshotPro does not answer properly (503: Busy): 2 requests are tried again, for up to 162 s",
    ));

  it("says once a minute that the API does not answer properly, counting time-outs as waits", () => {
    const end = backOffs.startFailing();
    void backOffs.wait(500, Date.now() - 1000, "503: Busy", 160_000);
    mock.timers.tick(500);
    assert.deepEqual(said, [], "a second and a half is not long");
    for (let i = 0; i < 3; i++) void backOffs.wait(500, Date.now() - 30_000, "no complete reply", 160_000);
    mock.timers.tick(300);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /\(no complete reply\): 1 request is tried again, for up to 130 s$/);
    end();
    void backOffs.wait(500, Date.now() - 30_000, "no complete reply", 160_000);
    mock.timers.tick(61_000);
    assert.equal(said.length, 1);
  });
});
