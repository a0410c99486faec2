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
  it("isKnown and valueIfKnown: always end, and tell what a preview does not know, be it in part", async () => {
    const object = pulumi.output({ a: Promise.resolve(1) });
    assert.deepEqual([await isKnown(object), await valueIfKnown(object)], [true, { a: 1 }]);
    assert.equal(await valueIfKnown(pulumi.secret("key")), "key");
    for (const output of [UNKNOWN, IN_PART])
      assert.deepEqual([await isKnown(output), await valueIfKnown(output)], [false, undefined]);
    await assert.rejects(isKnown(failed()), /lost/);
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

  it("resourceName and resourceType: as the program names a resource, and what it is of", async () => {
    const told = await inMocks(`
      const provider = new headshotpro.Provider("emea", { apiKeyEnv: "KEY" });
      const all = [new Custom("ada"), new Component("people"), provider, { urn: "a:b:Custom" }, undefined];
      return all.map((one) => [internals.resourceName(one), internals.resourceType(one)].join());`);
    const emea = "emea,pulumi:providers:pulumi-nodejs";
    assert.deepEqual(told, ["ada,a:b:Custom", "people,a:b:Component", emea, ",", ","]);
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
      const answers = [undefined, { transformations: [] }, { transformations }, { transforms: transformations },
        { parent: below }].map((opts) => internals.isTransformed(opts));
      require("@pulumi/pulumi/runtime/settings").getCallbacks();
      return [...answers, internals.isTransformed(undefined)];`);
    assert.deepEqual(told, [false, false, true, true, true, true]);
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
  });

  const during = (run: () => void) => {
    const formatAgain = leaveStacksUnformatted();
    try {
      run();
    } finally {
      formatAgain();
    }
  };

  it("has no frames, and all of them if it is read later", () => {
    let later = new Error();
    during(() => {
      assert.doesNotMatch(String(new Error("unread").stack), FORMATTED);
      later = new Error("thrown");
    });
    assert.match(String(later.stack), FORMATTED);
    assert.match(String(new Error("afterwards").stack), FORMATTED);
  });
});
