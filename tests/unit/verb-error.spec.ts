import assert from "node:assert/strict";
import { printErrorsOnce, VerbError } from "../../provider/src/runtime/verb-error";

function console_() {
  const lines: unknown[][] = [];
  const target = { error: (...parts: unknown[]) => void lines.push(parts) };
  printErrorsOnce(target);
  return { target, lines };
}

describe("VerbError", () => {
  it("is its message, with a cause and no stack frames", () => {
    const cause = new Error("why");
    const error = new VerbError("ada@acme.com was not invited", { cause });
    assert.deepEqual(
      [error.message, error.name, error.cause],
      ["ada@acme.com was not invited", "VerbError", cause],
    );
    assert.doesNotMatch(error.stack ?? "", /\n|\bat\b/);
  });
});

describe("printErrorsOnce", () => {
  it("drops the line that the SDK prints of a VerbError", () => {
    const { target, lines } = console_();
    const error = new VerbError("two\nlines");
    target.error(`${error}: ${error.stack}`);
    assert.deepEqual(lines, []);
  });

  const others: [name: string, parts: unknown[]][] = [
    ["another error, as the SDK prints it", [`${new Error("bug")}: ${new Error("bug").stack}`]],
    ["an error itself", [new VerbError("x")]],
    ["several parts", ["a %s", "b", 3]],
    ["nothing", []],
    ["a line that only speaks of the mark", ["(reported by the engine): see above"]],
  ];
  for (const [name, parts] of others) {
    it(`passes ${name}`, () => {
      const { target, lines } = console_();
      target.error(...parts);
      assert.deepEqual(lines, [parts]);
    });
  }
});
