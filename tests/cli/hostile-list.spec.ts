import assert from "node:assert/strict";
import { run } from "../support/command";
import { servedList } from "./served-list";

/** What would wipe a terminal, colour it, ring, or write a line of its own. */
const CONTROL = /[^\P{C}\n]|\u2028|\u2029/u;

describe("cli: a list whose text would steer a terminal", () => {
  const STEERING = "\u001b]0;title\u0007\u001b[2J\u202e";
  const list = servedList([
    { email: `${STEERING}x@acme.com`, status: "pending" },
    {
      email: `y@acme.com\nerror: fake`,
      status: `done${STEERING}`,
      teamId: `t${STEERING}`,
      createdAt: STEERING,
    },
    { email: " Zoe@acme.com\n", status: "pending", teamName: STEERING },
  ]);

  for (const args of [["status"], ["status", "--json"], ["export"], ["export", "--format", "yaml"]])
    it(`${args.join(" ")} prints text only`, async () => {
      const { code, stdout, stderr } = await run(args, list);
      assert.equal(code, 0, stderr);
      assert.doesNotMatch(stdout + stderr, CONTROL);
      assert.doesNotMatch(stdout, /^error/m);
      assert.match(stdout, /zoe@acme\.com/);
      assert.match(stdout, /x@acme\.com/);
      assert.match(stdout, /y@acme\.com error: fake/);
    });
});
