import assert from "node:assert/strict";
import { readRecordedPeople } from "../../provider/src/roster/recorded-people";

const URN = "urn:pulumi:test::people::headshotpro:index:HeadshotInvite::ada";
const ANSWER = {
  outputs: {
    [URN]: { type: "headshotpro:index:HeadshotInvite", outputs: { email: "ada@acme.com" } },
    "urn:pulumi:test::people::pulumi:pulumi:Stack::people": { type: "pulumi:pulumi:Stack", outputs: {} },
  },
};
const TORN = new Error("failed to load checkpoint: EOF");

/** An engine that fails so many times before it answers, for a stack whose backend is the vendor's. */
function engineThatFails(times: number) {
  const pauses: number[] = [];
  let asked = 0;
  const read = () =>
    readRecordedPeople(
      "acme/people/test",
      async (token, args) => {
        assert.equal(token, "pulumi:pulumi:readStackResourceOutputs");
        assert.deepEqual(args, { stackName: "acme/people/test" });
        asked += 1;
        if (asked <= times) throw TORN;
        return ANSWER;
      },
      async (ms) => pauses.push(ms),
    );
  return { read, pauses };
}

describe("the people in the stack's state", () => {
  it("are the invites of either face, and nothing else", async () =>
    assert.deepEqual(await engineThatFails(0).read(), [{ urn: URN, email: "ada@acme.com" }]));

  it("are asked for again if the engine was just writing its state, after ever longer pauses", async () => {
    const { read, pauses } = engineThatFails(3);
    assert.deepEqual(await read(), [{ urn: URN, email: "ada@acme.com" }]);
    assert.deepEqual(pauses, [50, 100, 200]);
  });

  it("are not known if the engine fails each time", async () => {
    const { read, pauses } = engineThatFails(6);
    await assert.rejects(
      read(),
      /^UserError: .* nobody in the roster is touched: failed to load checkpoint: EOF$/,
    );
    assert.deepEqual(pauses, [50, 100, 200, 400, 800]);
  });

  it("are asked for by the stack's short name where a bucket of the old layout has no other", async () => {
    const asked: unknown[] = [];
    const people = await readRecordedPeople("organization/people/test", async (_, { stackName }) => {
      asked.push(stackName);
      if (stackName !== "test") throw new Error("a stack name may only contain letters, digits, - _ .");
      return ANSWER;
    });
    assert.equal(people.length, 1);
    assert.deepEqual(asked, ["organization/people/test", "test"]);
  });

  it("are not known if neither name is, for the reason of the first", () =>
    assert.rejects(
      readRecordedPeople(
        "organization/people/test",
        async (_, { stackName }) => Promise.reject(new Error(`no ${stackName}`)),
        async () => {},
      ),
      /is touched: no organization\/people\/test$/,
    ));
});
