import assert from "node:assert/strict";
import { isCopyOfUserError, PartialUpdateError, UserError } from "../../provider/src/user-error";

/** As the SDK's provider process prints what a verb throws. */
const asPrinted = (error: Error) => `${error}: ${error.stack}`;

describe("UserError", () => {
  it("is its message, with a cause and no stack frames", () => {
    const cause = new Error("why");
    const error = new UserError("ada@acme.com was not invited", { cause });
    assert.deepEqual(
      [error.message, error.name, error.cause],
      ["ada@acme.com was not invited", "UserError", cause],
    );
    assert.doesNotMatch(error.stack ?? "", /\n|\bat\b/);
  });
});

describe("PartialUpdateError", () => {
  const cause = new UserError("the invite of ada@acme.com was revoked, but no new one was sent");
  const error = new PartialUpdateError(cause, "ada@acme.com", { status: "revoked" });

  it("says what failed, once, and has what is to be recorded, by the SDK's names", () => {
    const { id, properties, reasons } = error;
    assert.deepEqual(
      { id, properties, reasons },
      { id: "ada@acme.com", properties: { status: "revoked" }, reasons: [cause.message] },
    );
    assert.deepEqual([error.message, error.cause], [cause.message, cause]);
  });

  it("has no stack frames either", () => assert.ok(isCopyOfUserError(asPrinted(error))));
});

describe("isCopyOfUserError", () => {
  it("knows the line that the SDK prints of a UserError", () =>
    assert.ok(isCopyOfUserError(asPrinted(new UserError("two\nlines")))));

  it("takes nothing else for one", () => {
    const others = [asPrinted(new Error("bug")), new UserError("x"), "(reported by the engine): see above"];
    for (const line of others) assert.ok(!isCopyOfUserError(line));
  });
});
