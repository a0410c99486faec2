import assert from "node:assert/strict";
import { isCopyOfVerbError, PartialUpdate, VerbError } from "../../provider/src/provider/verb-error";

/** As the SDK's provider process prints what a verb throws. */
const asPrinted = (error: Error) => `${error}: ${error.stack}`;

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

describe("PartialUpdate", () => {
  const cause = new VerbError("the invite of ada@acme.com was revoked, but no new one was sent");
  const error = new PartialUpdate(cause, "ada@acme.com", { status: "revoked" });

  it("says what failed, once, and has what is to be recorded, by the SDK's names", () => {
    const { id, properties, reasons } = error;
    assert.deepEqual(
      { id, properties, reasons },
      { id: "ada@acme.com", properties: { status: "revoked" }, reasons: [cause.message] },
    );
    assert.deepEqual([error.message, error.cause], [cause.message, cause]);
  });

  it("has no stack frames either", () => assert.ok(isCopyOfVerbError(asPrinted(error))));
});

describe("isCopyOfVerbError", () => {
  it("knows the line that the SDK prints of a VerbError", () =>
    assert.ok(isCopyOfVerbError(asPrinted(new VerbError("two\nlines")))));

  const others: [name: string, line: unknown][] = [
    ["another error, as the SDK prints it", asPrinted(new Error("bug"))],
    ["an error itself", new VerbError("x")],
    ["the first of several parts", "a %s"],
    ["nothing", undefined],
    ["a line that only speaks of the mark", "(reported by the engine): see above"],
  ];
  for (const [name, line] of others)
    it(`does not take ${name} for one`, () => assert.ok(!isCopyOfVerbError(line)));
});
