import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import {
  isKnown,
  leaveStacksUnformatted,
  resourcesOf,
  settled,
  valueIfKnown,
} from "../../provider/src/sdk/pulumi-internals";
import { inOwnProcess } from "./own-process";

const UNKNOWN = pulumi.output(pulumi.unknown) as pulumi.Output<unknown>;
const IN_PART = pulumi.output({ a: 1, b: pulumi.unknown }) as pulumi.Output<unknown>;

/** Rejects all that an output has; what nobody waits for would end the process. */
const failed = () => {
  const output = pulumi.output(Promise.reject(new Error("lost")));
  const { isSecret } = output as unknown as { isSecret: Promise<boolean> };
  isSecret.catch(() => {});
  for (const one of [isKnown(output), settled(output), resourcesOf(output)]) one.catch(() => {});
  return output as pulumi.Output<unknown>;
};

/** Resources need an engine, for which mocks stand. */
const inMocks = (body: string) =>
  inOwnProcess(`
    const internals = require("./provider/dist/sdk/pulumi-internals");
    const before = internals.isMocked();
    pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) });
    class Custom extends pulumi.CustomResource {
      constructor(name, opts) { super("a:b:Custom", name, { text: "text" }, opts); }
    }
    class Component extends pulumi.ComponentResource {
      constructor(name, opts) { super("a:b:Component", name, {}, opts); }
    }
    const names = (resources) => resources.map(internals.resourceName);
    ${body}`);

describe("what is reached of the SDK's own", () => {
  it("isKnown: false for what a preview does not know, be it in part", async () => {
    assert.equal(await isKnown(pulumi.output("text")), true);
    assert.equal(await isKnown(UNKNOWN), false);
    assert.equal(await isKnown(IN_PART), false);
    await assert.rejects(isKnown(failed()), /lost/);
  });

  it("valueIfKnown: always ends, unlike apply", async () => {
    assert.deepEqual(await valueIfKnown(pulumi.output({ a: Promise.resolve(1) })), { a: 1 });
    assert.equal(await valueIfKnown(pulumi.secret("key")), "key");
    assert.equal(await valueIfKnown(UNKNOWN), undefined);
    assert.equal(await valueIfKnown(IN_PART), undefined);
    await assert.rejects(valueIfKnown(failed()), /lost/);
  });

  it("settled: ends with the output, known or not, and fails as it does", async () => {
    await settled(pulumi.output(Promise.resolve(1)));
    await settled(UNKNOWN);
    await assert.rejects(settled(failed()), /lost/);
  });

  it("resourcesOf: what an output comes from, also through others", async () => {
    const told = await inMocks(`
      const [ada, zoe] = [new Custom("ada"), new Custom("zoe")];
      const both = pulumi.all([ada.id, pulumi.output("text").apply(() => zoe.id)]);
      return [names(await internals.resourcesOf(both)), names(await internals.resourcesOf(pulumi.output(1)))];`);
    assert.deepEqual(told, [["ada", "zoe"], []]);
  });

  it("reachedBy: a component stands for its children, at any depth", async () => {
    const told = await inMocks(`
      const outer = new Component("outer");
      const inner = new Component("inner", { parent: outer });
      const ada = new Custom("ada", { parent: inner });
      new Custom("child", { parent: ada });
      const empty = new Component("empty");
      return [names(await internals.reachedBy([outer])), names(await internals.reachedBy([ada, empty]))];`);
    assert.deepEqual(told, [["ada"], ["ada"]]);
  });

  it("resourceName: as the program names a resource, be it a provider", async () => {
    const told = await inMocks(`
      return [new Custom("ada"), new Component("people"), new headshotpro.Provider("emea", { apiKeyEnv: "KEY" })]
        .map(internals.resourceName);`);
    assert.deepEqual(told, ["ada", "people", "emea"]);
  });

  it("resourceType: a resource's type token, and none of anything else", async () => {
    const told = await inMocks(`
      return [new Custom("ada"), new Component("people"), { urn: "a:b:Custom" }, undefined].map(internals.resourceType);`);
    assert.deepEqual(told, ["a:b:Custom", "a:b:Component", null, null]);
  });

  it("recordOnePlace: the SDK asks for a resource's place once, is given one frame, and then asks as before", async () => {
    const told = await inMocks(`
      const usual = pulumi.Resource.stackTrace;
      const constructed = internals.recordOnePlace();
      const during = pulumi.Resource.stackTrace;
      const given = [];
      pulumi.Resource.stackTrace = (skip) => {
        const place = during(skip);
        given.push(place.map((frame) => typeof frame.uri));
        return place;
      };
      new Custom("ada");
      constructed();
      return [given, pulumi.Resource.stackTrace === usual];`);
    assert.deepEqual(told, [[["string"]], true]);
  });

  it("endOfProgram: not before the program has run, and at once without a stack", async () => {
    const told = await inMocks(`
      await internals.endOfProgram();
      const events = [];
      await pulumi.runtime.runInPulumiStack(async () => {
        internals.endOfProgram().then(() => events.push("end"));
        await new Promise((resolve) => setTimeout(resolve, 50));
        events.push("program");
        return { later: pulumi.output(new Promise((resolve) => setTimeout(resolve, 50))).apply(() => events.push("output")) };
      });
      await internals.endOfProgram();
      return events;`);
    assert.deepEqual(told, ["program", "output", "end"]);
  });

  it("endOfProgram: fails as the program does", async () => {
    const told = await inMocks(`
      process.on("unhandledRejection", () => {});
      let end;
      await pulumi.runtime.runInPulumiStack(async () => {
        end = internals.endOfProgram().then(() => "ran", (error) => error.message);
        throw new Error("the program is wrong");
      }).catch(() => {});
      return end;`);
    assert.equal(told, "the program is wrong");
  });

  it("isTransformed: by a transform of its own, of a component above or of the stack; not without", async () => {
    const told = await inMocks(`
      const transformations = [() => undefined];
      const above = new Component("above", { transformations });
      const below = new Component("below", { parent: above });
      const plain = new Component("plain");
      const answers = [undefined, {}, { parent: plain }, { transformations: [] }, { transformations },
        { transforms: transformations }, { parent: below }].map((opts) => internals.isTransformed(opts));
      require("@pulumi/pulumi/runtime/settings").getCallbacks();
      return [...answers, internals.isTransformed(undefined)];`);
    assert.deepEqual(told, [false, false, false, false, true, true, true, true]);
  });

  it("isMocked: with mocks, in a stack or not; not without", async () => {
    const told = await inMocks(`
      const inStack = await pulumi.runtime.runInPulumiStack(async () => ({ is: internals.isMocked() }));
      return [before, internals.isMocked(), inStack.is];`);
    assert.deepEqual(told, [false, true, true]);
  });

  // That an engine is not taken for mocks is shown by every function in tests/engine.
});

const FORMATTED = /\n {4}at .*pulumi-internals\.spec\.ts:\d+/;

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
