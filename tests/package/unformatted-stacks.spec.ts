import assert from "node:assert/strict";
import { leaveStacksUnformatted } from "../../provider/src/sdk/pulumi-internals";
import { inOwnProcess } from "./own-process";

const FORMATTED = /\n {4}at .*unformatted-stacks\.spec\.ts:\d+/;

describe("a stack that is read while a resource is constructed", () => {
  const limit = Error.stackTraceLimit;
  beforeEach(() => {
    // As in a program: mocha takes the limit away.
    Error.stackTraceLimit = 10;
  });
  afterEach(() => {
    Error.stackTraceLimit = limit;
    delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
  });

  const during = (run: () => void) => {
    const formatAgain = leaveStacksUnformatted();
    try {
      run();
    } finally {
      formatAgain();
    }
  };

  it("has no frames", () => {
    during(() => assert.doesNotMatch(String(new Error("unread").stack), FORMATTED));
    assert.match(String(new Error("afterwards").stack), FORMATTED);
  });

  it("has all of them if it is read later", () => {
    let error = new Error();
    during(() => {
      error = new Error("thrown");
    });
    assert.match(String(error.stack), FORMATTED);
  });

  it("has all of them where the SDK looks for the resource's place in the program", () => {
    during(() => {
      Error.stackTraceLimit = Number.POSITIVE_INFINITY;
      assert.match(String(new Error("place").stack), FORMATTED);
    });
  });

  it("has all of them under PULUMI_DEBUG_PROMISE_LEAKS, which prints them", () => {
    process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
    during(() => assert.match(String(new Error("leaked").stack), FORMATTED));
  });

  it("is V8's affair if nobody else formats stacks", () => {
    const format = Error.prepareStackTrace;
    Reflect.deleteProperty(Error, "prepareStackTrace");
    try {
      during(() => assert.match(String(new Error("plain").stack), /\n {4}at /));
      assert.equal(Error.prepareStackTrace, undefined);
    } finally {
      Error.prepareStackTrace = format;
    }
  });
});

describe("a HeadshotInvite", () => {
  it("has as many stacks formatted as a resource without outputs: none for each of them", async () => {
    const { bare, invite } = (await inOwnProcess(`
      pulumi.runtime.setMocks({ newResource: ({ inputs, name }) => ({ id: name, state: inputs }), call: () => ({}) });
      let formatted = 0;
      Error.prepareStackTrace = (error, frames) => { formatted++; return String(error) + frames.map((f) => "\\n    at " + f).join(""); };
      const during = (construct) => { const before = formatted; construct(); return formatted - before; };
      const bare = during(() => new pulumi.CustomResource("a:b:C", "bare", {}));
      const invite = during(() => new headshotpro.HeadshotInvite("ada", { email: "ada@acme.com" }));
      return { bare, invite };`)) as { bare: number; invite: number };
    assert.ok(invite > 0, "the place in the program is looked for in a stack");
    assert.ok(invite <= bare, `${invite} against ${bare}`);
  });
});
