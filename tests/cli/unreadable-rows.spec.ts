import assert from "node:assert/strict";
import { run } from "../support/command";
import { servedList } from "./served-list";

describe("cli: a list with rows that cannot be read", () => {
  const list = servedList([{ email: "ada@acme.com", status: "pending" }, { email: 5 }, null]);

  it("status shows those who can be read, and says how many cannot", async () => {
    const { code, stdout, stderr } = await run(["status"], list);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^ada@acme\.com +pending$/m);
    assert.equal(
      stderr,
      "1 person: 1 pending\n" +
        "2 rows of HeadshotPro's list of people cannot be read: whoever is in such a row is missing here\n",
    );
  });

  it("export claims to be everyone, so it writes nothing", async () => {
    const { code, stdout, stderr } = await run(["export"], list);
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(
      stderr,
      /^error: 2 rows of HeadshotPro's list of people cannot be read, so not everybody is known/,
    );
  });
});
